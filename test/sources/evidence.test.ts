import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseEvidenceArgument, readEvidence } from "../../src/sources/evidence.ts";
import { FileReader } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { PathNaming } from "../../src/sources/naming.ts";
import { utf16Bom } from "../util/utf16.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-evidence-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let count = 0;

const csv = (host: string): string =>
  `Machine Name,,,,,,\r\n${host},System,Logon,{0CCE9215-69AE-11D9-BED3-505054503030},Success,,1\r\n`;
const reg = utf16Bom(
  'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\A]\r\n"n"=dword:7\r\n\r\n',
);

/** Writes files into a new folder, and reads the folder or one path below it. */
function read(files: Readonly<Record<string, string | Uint8Array>>, host: string | null = null, below = "") {
  const root = join(temp, String(count++)).replaceAll("\\", "/");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    if (content === "link") symlinkSync("nowhere", join(root, name));
    else writeFileSync(join(root, name), content);
  }
  const reader = new FileReader(fsVfs, new PathNaming(root));
  const evidence = readEvidence(reader, { host, path: below === "" ? root : `${root}/${below}` });
  return {
    evidence,
    hosts: evidence.map((item) => [
      item.file.path,
      item.host,
      [...item.state.settings.values()].map(({ value }) => value),
    ]),
    notes: reader.diagnostics.map(({ code, path, detail }) => `${code} ${path} ${detail}`.trim()),
  };
}

describe("an argument of --evidence", () => {
  it.each([
    ["DC1=dc1.csv", "DC1", "dc1.csv"],
    ["dc1.corp.example=/in/a.csv", "dc1.corp.example", "/in/a.csv"],
    ["DC1=C:\\in\\a=b.csv", "DC1", "C:\\in\\a=b.csv"],
    ["DC1=\\\\srv\\in\\a.csv", "DC1", "\\\\srv\\in\\a.csv"],
    ["C=a.csv", "C", "a.csv"],
    ["dc1.csv", null, "dc1.csv"],
    ["C:\\in\\a.csv", null, "C:\\in\\a.csv"],
    ["C:\\in\\a=b.csv", null, "C:\\in\\a=b.csv"],
    ["C:a=b.csv", null, "C:a=b.csv"],
    ["\\\\srv\\in\\a=b.csv", null, "\\\\srv\\in\\a=b.csv"],
    ["./a=b.csv", null, "./a=b.csv"],
    ["=a.csv", null, "=a.csv"],
    ["DC1=", null, "DC1="],
    ["", null, ""],
  ])("%s", (text, host, path) => {
    expect(parseEvidenceArgument(text)).toEqual({ host, path });
  });
});

describe("measured evidence", () => {
  it("of a file belongs to the host that the user names, else to the one that the file names", () => {
    const files = { "a.csv": csv("DC1"), "b.reg": reg };
    expect(read(files, null, "a.csv").hosts).toEqual([["a.csv", "DC1", [1]]]);
    expect(read(files, "DC1.corp.example", "a.csv").hosts).toEqual([["a.csv", "DC1.corp.example", [1]]]);
    expect(read(files, "DC2", "b.reg").hosts).toEqual([["b.reg", "DC2", [7]]]);
    expect(read(files, null, "b.reg").hosts).toEqual([["b.reg", null, [7]]]);
  });

  it("of another host than the one it is given for says nothing", () => {
    const { evidence, hosts, notes } = read({ "a.csv": csv("DC1") }, "DC2", "a.csv");
    expect(hosts).toEqual([["a.csv", "DC2", [null]]]);
    expect(notes).toEqual(["evidence.host-differs a.csv DC1, not DC2"]);
    expect(evidence[0]?.state).toMatchObject({ complete: false, listedKeys: new Set() });
  });

  it.each([
    ["dc1", "DC1", true],
    ["DC1.corp.example", "dc1", true],
    ["DC1.corp.example", "DC1.CORP.EXAMPLE", true],
    ["DC1.corp.example", "DC1.other.example", false],
    ["DC1", "DC10", false],
  ])("names of one host: %s and %s are %s", (named, own, same) => {
    expect(read({ "a.csv": csv(own) }, named, "a.csv").hosts).toEqual([["a.csv", named, [same ? 1 : null]]]);
  });

  it("of a folder is named by folders, by its rows, or by file names", () => {
    const { hosts, notes } = read({
      "DC1/audit.csv": csv("DC1"),
      "DC1/netlogon.reg": reg,
      "DC2.reg": reg,
      "backup.csv": csv("DC3"),
      "DC4/audit.csv": csv("DC1"),
    });
    expect(hosts).toEqual([
      ["DC1/audit.csv", "DC1", [1]],
      ["DC1/netlogon.reg", "DC1", [7]],
      ["DC2.reg", "DC2", [7]],
      ["DC4/audit.csv", "DC4", [null]],
      ["backup.csv", "DC3", [1]],
    ]);
    expect(notes).toEqual(["evidence.host-differs DC4/audit.csv DC1, not DC4"]);
  });

  it("of a folder that the user gives for one host belongs to that host", () => {
    const { hosts } = read({ "x/a.csv": csv("DC1"), "b.reg": reg }, "DC1");
    expect(hosts).toEqual([
      ["b.reg", "DC1", [7]],
      ["x/a.csv", "DC1", [1]],
    ]);
  });

  it("leaves a mark where something cannot be read", () => {
    const { hosts, notes } = read({ "DC1/sub/a.csv": csv("DC1"), "DC2.csv": "link", "notes.txt": "hello" });
    expect(hosts).toEqual([["notes.txt", "notes", []]]);
    expect(notes).toEqual([
      "file.unrecognised DC1/sub expected are the files of one computer",
      "file.link-skipped DC2.csv",
      expect.stringMatching(/^evidence.unrecognised notes.txt use auditpol/),
    ]);
    expect(read({ "a.csv": "" }, "DC1", "b.csv").notes).toEqual([
      "file.unreadable b.csv no such file or folder",
    ]);
  });

  it("keeps what an auditor needs to recognise the file", () => {
    const [item] = read({ "DC1.reg": reg }).evidence;
    expect(item?.file).toEqual({
      path: "DC1.reg",
      kind: "registry export",
      size: reg.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      encoding: "utf-16le",
      bom: true,
    });
  });
});
