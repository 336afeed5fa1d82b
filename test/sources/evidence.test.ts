import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseEvidenceArgument, readEvidence } from "../../src/sources/evidence.ts";
import { FileReader } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { PathNaming } from "../../src/sources/naming.ts";
import { measureRsop } from "../../src/sources/rsop-evidence.ts";
import { credentialValidation, logon } from "../util/domain.ts";
import { rsopReport } from "../util/measured.ts";
import { hasShared, sharedPath } from "../util/shared.ts";
import { auditSetting, declaration, section } from "../util/report-text.ts";
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
    reader,
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

  it("is among the files that were read, what is no evidence too", () => {
    const files = { "DC1/a.csv": csv("DC1"), "DC1/b.xml": gpresult(), "DC2.reg": reg, "n.txt": "hello" };
    const { evidence, reader } = read(files);
    expect(reader.files.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      "DC1/a.csv auditpol csv",
      "DC1/b.xml RSoP report",
      "DC2.reg registry export",
      "n.txt auditpol csv",
    ]);
    expect(evidence.map(({ file }) => file.kind)).toEqual([
      "auditpol csv",
      "RSoP report",
      "registry export",
      null,
    ]);
    for (const [index, { kind: _, ...file }] of evidence.map((item) => item.file).entries())
      expect(reader.files[index]).toMatchObject(file);
  });

  it.each([
    ["x.reg", "registry export"],
    ["x.inf", "security template"],
    ["x.xml", "RSoP report"],
    ["x", "auditpol csv"],
  ])("%s with nothing usable was taken for a %s", (name, kind) => {
    const { reader, notes } = read({ [name]: "<a/>" }, "DC1");
    expect(reader.files.map((file) => file.kind)).toEqual([kind]);
    expect(notes).toEqual([expect.stringMatching(/^evidence.unrecognised/)]);
  });
});

const ns = "http://www.microsoft.com/GroupPolicy";

function gpresult({ data = "LoggedData", name = "CORP\\DC1$", domain = "Corp.Example" } = {}): Uint8Array {
  const base = `xmlns="${ns}/Settings/Base"`;
  const row = auditSetting(credentialValidation.slice("audit-subcategory/".length), "3").replace(
    /(<[^/>]*AuditSetting>)/,
    `$1<GPO ${base}><Identifier xmlns="${ns}/Types">LocalGPO</Identifier></GPO><Precedence ${base}>1</Precedence>`,
  );
  const facts = `<Name>${name}</Name><Domain>${domain}</Domain>`;
  return utf16Bom(
    `${declaration}<Rsop xmlns="${ns}/Rsop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><DataType>${data}</DataType>` +
      `<ComputerResults>${facts}${section("Auditing", "AuditSettings", row)}</ComputerResults></Rsop>`,
  );
}

describe("gpresult /x", () => {
  it("measures what a computer was given", () => {
    const { evidence, notes } = read({ "x.xml": gpresult() }, null, "x.xml");
    expect(notes).toEqual([]);
    expect(evidence).toMatchObject([
      { host: "DC1.corp.example", state: { kind: "RSoP report", complete: true, listedKeys: new Set() } },
    ]);
    expect([...(evidence[0]?.state.settings ?? [])]).toEqual([
      [
        credentialValidation,
        {
          value: 3,
          type: null,
          doubt: null,
          location: { path: "x.xml", line: 1 },
          quote: expect.stringContaining("0cce923f"),
        },
      ],
    ]);
  });

  it.each([
    ["DC1", "DC1.corp.example", 3],
    ["dc1.corp.example", "dc1.corp.example", 3],
    ["CN=DC1,OU=Domain Controllers,DC=corp,DC=example", "CN=DC1,OU=Domain Controllers,DC=corp,DC=example", 3],
    ["DC1.other.example", "DC1.other.example", null],
    ["DC2", "DC2", null],
  ])("given for %s, is of %s", (named, host, value) => {
    expect(read({ "x.xml": gpresult() }, named, "x.xml").hosts).toEqual([["x.xml", host, [value]]]);
  });

  it.each([
    ["PlannedData", "the report is a simulation of Group Policy, not a measurement"],
    ["", "the report does not say whether it is a measurement or a simulation"],
  ])("with data '%s' is no measurement", (data, text) => {
    const { evidence, notes } = read({ "x.xml": gpresult({ data }) }, null, "x.xml");
    expect(notes).toEqual([`evidence.planned x.xml ${text}`]);
    expect(evidence[0]?.state.complete).toBe(false);
    expect(evidence[0]?.state.settings.get(credentialValidation)).toMatchObject({
      value: null,
      doubt: { code: "evidence.planned", text },
    });
  });

  it("that breaks off is in doubt as a whole", () => {
    const { evidence } = read({ "x.xml": gpresult().slice(0, -40) }, null, "x.xml");
    expect(evidence[0]?.state.complete).toBe(false);
    expect(evidence[0]?.state.settings.get(credentialValidation)).toMatchObject({
      value: null,
      doubt: { code: "xml.malformed" },
    });
  });

  const opaque = { code: "report.policies-opaque", text: "not shown" };
  const lost = { code: "report.section-lost", text: "lost" };
  it.each([
    ["nothing open", [], true, 3, true],
    ["something else open", [{ keyPrefix: "registry-value/", doubt: opaque }], true, 3, true],
    [
      "a template may hold the setting",
      [{ keyPrefix: "audit-subcategory/", doubt: opaque }],
      true,
      undefined,
      true,
    ],
    ["the setting lost", [{ keyPrefix: "audit-subcategory/", doubt: lost }], true, null, false],
    ["something else lost", [{ keyPrefix: "registry-value/", doubt: lost }], true, 3, false],
    ["not complete", [], false, null, false],
  ] as const)("%s", (_, open, complete, value, whole) => {
    const state = measureRsop(rsopReport(logon, 3, { open, complete }));
    expect([state.settings.get(logon)?.value, state.complete]).toEqual([value, whole]);
    expect(state.settings.get(logon)?.doubt === null).toBe(value === 3);
  });

  it.each([
    ["CORP\\DC1$", "corp.example", "DC1.corp.example"],
    ["CORP\\DC1$", null, "DC1"],
    ["DC1", "corp.example", "DC1.corp.example"],
    [null, "corp.example", null],
  ])("of %s in %s is of the host %s", (computer, domain, host) => {
    expect(measureRsop(rsopReport(logon, 3, { computer, domain })).host).toBe(host);
  });
});

describe.runIf(hasShared("corpus", "evidence of real computers"))("published evidence", () => {
  const readShared = (path: string) => {
    const reader = new FileReader(fsVfs, new PathNaming(sharedPath("corpus")));
    return { reader, evidence: readEvidence(reader, { host: null, path: sharedPath(`corpus/${path}`) }) };
  };

  it("gpresult of a domain controller", () => {
    const { reader, evidence } = readShared("laymanstake+laymanstake/_history/c3ffd5395647/rsop.xml");
    expect(evidence).toMatchObject([
      {
        host: "CHILDDC.child.adlab.local",
        file: { kind: "RSoP report", size: 283_352, encoding: "utf-16le", bom: true },
        state: { complete: true },
      },
    ]);
    expect(reader.files).toHaveLength(1);
    const values = [...(evidence[0]?.state.settings ?? [])];
    expect(values).toHaveLength(30);
    for (const [key, { value, doubt }] of values)
      expect([key, value === null, doubt]).toEqual([key, false, null]);
  });

  it("auditpol of a server", () => {
    const { evidence } = readShared(
      "microsoft+BaselineManagement/_history/01044762fd95/DSCResourceModules/xAuditPolicy/Examples/test.csv",
    );
    expect(evidence).toMatchObject([{ host: "ZACHAL-SERV", file: { kind: "auditpol csv" } }]);
    expect(evidence[0]?.state.settings.get(credentialValidation)?.value).toEqual(expect.any(Number));
  });
});
