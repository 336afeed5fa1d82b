import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openArchives } from "../../src/sources/archive/open-archives.ts";
import { sha256 } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import type { Inputs, InputSpec } from "../../src/sources/read-inputs.ts";
import { readInputs } from "../../src/sources/read-inputs.ts";
import { backupGpo, backupId, backupInfo, backupXml } from "../util/backup-text.ts";
import { utf8 } from "../util/bytes.ts";
import { declaration, gpoElement } from "../util/report-text.ts";
import { writeTar } from "../util/tar-writer.ts";
import { writeZip } from "../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-sources-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let count = 0;

type Files = Readonly<Record<string, string | Uint8Array>>;
type Named = Omit<InputSpec, "directoryFiles" | "root" | "archives">;

/** Writes files, and reads what is named of them, archives opened. Names stand below the new folder. */
async function read(files: Files, { paths, overlay = [], evidence = [], as = null }: Named): Promise<Inputs> {
  const root = `${temp}/${count++}`;
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const at = (name: string): string => `${root}/${name}`;
  const named = {
    paths: paths.map(at),
    overlay: overlay.map(at),
    evidence: evidence.map(({ host, path }) => ({ host, path: at(path) })),
  };
  const archives = await openArchives([
    ...named.paths,
    ...named.overlay,
    ...named.evidence.map(({ path }) => path),
  ]);
  return readInputs(fsVfs, { ...named, as, archives, directoryFiles: [], root });
}

const gpo = "{AAAAAAAA-0000-4000-8000-000000000001}";
const csv = "Machine/Microsoft/Windows NT/Audit/audit.csv";
const policy =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n" +
  ",System,Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},,,3\r\n";
const measured = (host: string): string => policy.replace("\r\n,", `\r\n${host},`);
const registry = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\A]\r\n\r\n";
const report = `${declaration}${gpoElement()}`;
const sysvol: Files = { [`s/corp.example/Policies/${gpo}/${csv}`]: policy };

function backupFiles(folder: string, time = "2026-01-02T03:04:05"): Files {
  return {
    [`${folder}/bkupInfo.xml`]: backupInfo().replace("2026-01-02T03:04:05", time),
    [`${folder}/Backup.xml`]: backupXml({ files: [] }),
    [`${folder}/DomainSysvol/GPO/${csv}`]: policy,
  };
}

const zip = (files: Files): Buffer =>
  writeZip(
    Object.entries(files).map(([name, data]) => ({
      name,
      data: typeof data === "string" ? utf8(data) : data,
    })),
  );
const tar = (files: Files): Buffer =>
  writeTar(
    Object.entries(files).map(([name, data]) => ({
      name: `x/${name}`,
      data: typeof data === "string" ? utf8(data) : data,
    })),
  );

describe("what is said of the sources", () => {
  it("each argument, in order: what it is and what it cannot show", async () => {
    const { sources, lostSources, given, overlay, evidence } = await read(
      {
        ...sysvol,
        ...backupFiles("b/x"),
        "all.xml": report,
        "dc1.csv": measured("DC1"),
        "dc1.reg": registry,
      },
      {
        paths: ["s", "all.xml", "dc1.csv"],
        overlay: ["b"],
        evidence: [{ host: "DC1", path: "dc1.reg" }],
      },
    );
    expect(sources.map(({ path, role, kinds, archive }) => [path, role, kinds, archive])).toEqual([
      ["s", "policy", ["sysvol"], null],
      ["all.xml", "policy", ["report"], null],
      ["dc1.csv", "policy", ["auditpol"], null],
      ["b", "overlay", ["backup"], null],
      ["dc1.reg", "evidence", ["registry export"], null],
    ]);
    expect(sources.map(({ cannotShow }) => cannotShow[0])).toEqual([
      "the list of extensions, security filtering, links and status: they stand in the directory",
      "the list of extensions and its order",
      "which GPO, local policy or program set the audit policy",
      "where the GPO is linked now",
      "which GPO, local policy or program set a value",
    ]);
    expect(lostSources).toEqual([]);
    expect(given.map(({ source }) => source)).toEqual(["sysvol", "report"]);
    expect(overlay.map(({ source }) => source)).toEqual(["backup"]);
    expect(evidence.map(({ host, file }) => [host, file.kind])).toEqual([
      ["DC1", "auditpol csv"],
      ["DC1", "registry export"],
    ]);
  });

  it("the GPOs of the paths are the inventory, without those of the overlay", async () => {
    const { inventory, given } = await read(
      { ...sysvol, ...backupFiles("b/x") },
      { paths: ["s"], overlay: ["b"] },
    );
    expect(inventory).toEqual({ gpts: given.map(({ gpt }) => gpt), directory: null });
    expect(given.map(({ gpt }) => gpt.path)).toEqual([`s/corp.example/Policies/${gpo}`]);
  });

  it("a path that is named twice is read once", async () => {
    const { sources, given } = await read(sysvol, { paths: ["s", "s"] });
    expect([sources.length, given.length]).toEqual([1, 1]);
  });

  it("behind a link among proposals there may be another one; among policies it leads back", async () => {
    const link = join(temp, "linked");
    mkdirSync(join(link, "more"), { recursive: true });
    symlinkSync("nowhere", join(link, "more", "again"));
    const at = { ...sysvol, ...backupFiles("b/x") };
    const { lostSources } = await read(at, { paths: ["s", "../linked"], overlay: ["b", "../linked"] });
    expect(lostSources.map(({ code, text }) => [code, text])).toEqual([
      ["source-unrecognised", expect.stringContaining("holds neither")],
      ["source-unrecognised", expect.stringContaining("holds neither")],
      ["source-incomplete", "is a link, which is not followed"],
    ]);
  });

  it("an archive beside proposals may hold another one; among policies it is a program", async () => {
    const files = {
      ...sysvol,
      "s/corp.example/scripts/tool.zip": "",
      [`s/corp.example/Policies/${gpo}/Machine/Scripts/x.zip`]: "",
    };
    const { lostSources } = await read(files, { paths: ["s"], overlay: ["s"] });
    expect(lostSources.map(({ path }) => path)).toEqual(["s/corp.example/scripts/tool.zip"]);
    const packed = { "p.zip": zip({ ...backupFiles("b"), "more.zip": zip(backupFiles("c")) }) };
    const nested = await read(packed, { paths: [], overlay: ["p.zip"] });
    expect(nested.lostSources.map(({ path }) => path)).toEqual(["p.zip/more.zip"]);
  });

  it("--as is about paths alone", async () => {
    const files = { ...sysvol, ...backupFiles(`b/${backupId}`) };
    const { given, overlay } = await read(files, { paths: ["b"], overlay: ["b"], as: "sysvol" });
    expect([...given, ...overlay].map(({ source }) => source)).toEqual(["sysvol", "backup"]);
  });

  it("an older backup is history, over all paths, and not of what is proposed", async () => {
    const files = { ...backupFiles("old/x", "2025-01-01T00:00:00"), ...backupFiles("new/y") };
    const { given, diagnostics } = await read(files, { paths: ["old", "new"] });
    expect(given.map(({ gpt }) => gpt.path)).toEqual(["new/y"]);
    expect(diagnostics.filter(({ code }) => code === "backup.superseded")).toMatchObject([{ path: "old/x" }]);
    const apart = await read(files, { paths: ["new"], overlay: ["old"] });
    expect(apart.overlay.map(({ gpt }) => gpt.path)).toEqual(["old/x"]);
  });
});

describe("what lies outside the root", () => {
  it("goes by its place in what was named, and by no name that something else has", () => {
    const root = `${temp}/naming`;
    for (const folder of [`home/root/${gpo}`, "home/root/new", `one/new/${gpo}`, `two/new/${gpo}`]) {
      mkdirSync(`${root}/${folder}`, { recursive: true });
      writeFileSync(`${root}/${folder}/GPT.INI`, "");
    }
    const { given, overlay, files, sources } = readInputs(fsVfs, {
      paths: [`${root}/home/root`],
      overlay: [`${root}/one/new`, `${root}/two/new`, `${root}/home/root/${gpo}`],
      directoryFiles: [],
      root: `${root}/home/root`,
    });
    expect(given.map(({ gpt }) => gpt.path)).toEqual([gpo]);
    expect(overlay.map(({ gpt }) => gpt.path)).toEqual([`2/new/${gpo}`, `3/new/${gpo}`, gpo]);
    expect(files.map(({ path }) => path)).toEqual(
      [gpo, `2/new/${gpo}`, `3/new/${gpo}`, gpo].map((folder) => `${folder}/GPT.INI`),
    );
    expect(sources.map(({ path }) => path)).toEqual(["root", "2/new", "3/new", gpo]);
  });
});

describe("what was lost", () => {
  const rows: readonly (readonly [title: string, files: Files, named: Named, lost: readonly string[]])[] = [
    ["a path without GPOs", { "p/x": "" }, { paths: ["p"] }, ["source-unrecognised p"]],
    ["an overlay without GPOs", { ...sysvol, "p/x": "" }, { paths: ["s"], overlay: ["p"] }, ["source-unrecognised p"]],
    ["an overlay that is a measurement", { ...sysvol, "a.csv": measured("DC1") }, { paths: ["s"], overlay: ["a.csv"] }, ["source-unrecognised a.csv"]],
    ["a report that breaks off", { "a.xml": report.slice(0, -20) }, { paths: ["a.xml"] }, ["source-incomplete a.xml"]],
    ["an archive that is cut", { "a.zip": zip(sysvol).subarray(0, 200) }, { paths: ["a.zip"] }, ["archive-refused a.zip"]],
    ["an archive of a kind that is not read", { "a.7z": Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]) }, { paths: ["a.7z"] }, ["archive-refused a.7z"]],
    ["an archive as overlay", { ...sysvol, "a.zip": zip(sysvol).subarray(0, 200) }, { paths: ["s"], overlay: ["a.zip"] }, ["archive-refused a.zip"]],
    ["an archive as evidence", { ...sysvol, "a.zip": zip(sysvol).subarray(0, 200) }, { paths: ["s"], evidence: [{ host: null, path: "a.zip" }] }, ["archive-refused a.zip"]],
    ["evidence of no known kind", { ...sysvol, "DC1.log": "hello" }, { paths: ["s"], evidence: [{ host: "DC1", path: "DC1.log" }] }, ["evidence-unusable DC1.log"]],
    ["a folder without evidence", { ...sysvol, "e/readme.md": "hello" }, { paths: ["s"], evidence: [{ host: null, path: "e" }] }, ["evidence-unusable e"]],
    ["one of several", { ...sysvol, "e/DC1.csv": measured("DC1"), "e/DC2.csv": "hello", "e/readme.md": "" }, { paths: ["s"], evidence: [{ host: null, path: "e" }] }, ["evidence-unusable e/DC2.csv"]],
    ["evidence too deep", { ...sysvol, "e/DC1/x/a.csv": measured("DC1") }, { paths: ["s"], evidence: [{ host: null, path: "e" }] }, ["evidence-unusable e/DC1/x"]],
    ["nothing", { ...sysvol, "a.csv": measured("DC1") }, { paths: ["s"], evidence: [{ host: null, path: "a.csv" }] }, []],
  ]; // prettier-ignore
  it.each(rows)("%s", async (_title, files, named, lost) => {
    const { lostSources, overlay } = await read(files, named);
    expect(lostSources.map(({ code, path }) => `${code} ${path}`)).toEqual(lost);
    expect(overlay).toEqual([]);
  });

  it("of an archive: the reason, and nothing of what is in it", async () => {
    const hostile = writeZip([{ name: `${gpo}/GPT.INI` }, { name: "../x" }]);
    const inputs = await read({ "a.zip": hostile }, { paths: ["a.zip"] });
    expect(inputs.lostSources).toMatchObject([{ text: expect.stringContaining("leads out") as unknown }]);
    expect(inputs.sources).toMatchObject([{ kinds: [], archive: "zip" }]);
    expect(inputs.given).toEqual([]);
    expect(inputs.diagnostics).toMatchObject([{ code: "archive.traversal", path: "a.zip" }]);
  });
});

describe("archives", () => {
  it.each([
    ["zip", zip],
    ["tar", tar],
    ["tar.gz", (files: Files) => gzipSync(tar(files))],
  ] as const)("%s in the place of a folder, for every role", async (kind, pack) => {
    const files = {
      "base.bin": pack(
        Object.fromEntries(Object.entries(sysvol).map(([name, data]) => [name.slice(2), data])),
      ),
      "new.bin": pack(backupFiles(backupId)),
      "dc.bin": pack({ "DC1.csv": measured("DC1") }),
    };
    const inputs = await read(files, {
      paths: ["base.bin"],
      overlay: ["new.bin"],
      evidence: [{ host: null, path: "dc.bin" }],
    });
    expect(inputs.lostSources).toEqual([]);
    expect(inputs.diagnostics).toEqual([]);
    expect(inputs.sources.map(({ role, kinds, archive }) => [role, kinds, archive])).toEqual([
      ["policy", ["sysvol"], kind],
      ["overlay", ["backup"], kind],
      ["evidence", ["auditpol csv"], kind],
    ]);
    const inner = kind === "zip" ? "" : "x/";
    expect(inputs.given.map(({ gpt }) => gpt.path)).toEqual([
      `base.bin/${inner}corp.example/Policies/${gpo}`,
    ]);
    expect(inputs.overlay.map(({ gpt }) => gpt.guid)).toEqual([backupGpo.slice(1, -1).toLowerCase()]);
    expect(inputs.evidence.map(({ host }) => host)).toEqual(["DC1"]);
    const [first] = inputs.files;
    expect(first).toEqual({
      path: "base.bin",
      kind: "archive",
      size: files["base.bin"].length,
      sha256: sha256(files["base.bin"]),
      encoding: "binary",
      bom: false,
    });
  });

  it("one that is named twice is one input", async () => {
    const files = { "a.zip": zip(backupFiles("x")) };
    const { files: read1, sources } = await read(files, { paths: ["a.zip"], overlay: ["a.zip"] });
    expect(sources).toHaveLength(2);
    expect(read1.filter(({ kind }) => kind === "archive")).toHaveLength(1);
  });

  it("a folder around all that was packed is no level of its own", async () => {
    const deep = await read(
      {
        "a.zip": zip({ [`w/1/2/3/${gpo}/GPT.INI`]: "", "w/readme": "" }),
        "b.zip": zip({ [`1/2/3/4/5/${gpo}/GPT.INI`]: "" }),
      },
      { paths: ["a.zip", "b.zip"] },
    );
    expect(deep.given.map(({ gpt }) => gpt.path)).toEqual([`a.zip/w/1/2/3/${gpo}`]);
    expect(deep.lostSources.map(({ code }) => code)).toEqual(["source-incomplete"]);
  });

  const wrapped: readonly (readonly [title: string, files: Files, hosts: readonly (string | null)[]])[] = [
    ["names of files", { "all/DC1.csv": measured("DC1"), "all/DC2.csv": measured("DC2") }, ["DC1", "DC2"]],
    ["names of folders", { "all/DC1/a.csv": measured("DC1"), "all/DC2/b.reg": registry }, ["DC1", "DC2"]],
    ["the folder itself", { "DC1/a.csv": measured("DC1"), "DC1/b.reg": registry }, ["DC1", "DC1"]],
    ["the folder alone", { "DC1/b.reg": registry }, ["DC1"]],
  ]; // prettier-ignore
  it.each(wrapped)("evidence in one folder belongs to whom it says: %s", async (_title, files, hosts) => {
    const { evidence, lostSources } = await read(
      { ...sysvol, "e.zip": zip(files) },
      { paths: ["s"], evidence: [{ host: null, path: "e.zip" }] },
    );
    expect(evidence.map(({ host }) => host)).toEqual(hosts);
    expect(lostSources).toEqual([]);
  });
});
