import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { snapshotKind } from "../../src/formats/snapshot/snapshot-header.ts";
import type { SourceKind } from "../../src/model/source.ts";
import { FileReader } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { PathNaming } from "../../src/sources/naming.ts";
import { readPath } from "../../src/sources/read-path.ts";
import type { SourceContent } from "../../src/sources/source-content.ts";
import { ReadError } from "../../src/sources/vfs.ts";
import { backupGpo, backupId, backupInfo, backupXml, manifest } from "../util/backup-text.ts";
import { declaration, gpoElement } from "../util/report-text.ts";
import { writeZip } from "../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-detect-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let count = 0;

type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** Writes files into a new folder; null: an empty folder. */
function write(files: Files): string {
  const root = `${temp}/${count++}`;
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (content !== null) writeFileSync(path, content);
  }
  return root;
}

interface Found extends SourceContent {
  readonly codes: readonly string[];
  readonly reader: FileReader;
}

/** Reads the folder, or what stands below it at `below`. */
function find(files: Files, below = "", as: SourceKind | null = null, vfs = fsVfs): Found {
  const root = write(files);
  const reader = new FileReader(vfs, new PathNaming(root));
  const content = readPath(reader, below === "" ? root : `${root}/${below}`, as, false);
  return { ...content, codes: reader.diagnostics.map(({ code }) => code), reader };
}

/** What was found, in short: kinds, then GPOs by source and place, then losses. */
function short({ kinds, gpos, evidence, lost }: SourceContent): readonly string[] {
  return [
    [...kinds].join("+"),
    ...gpos.map(({ source, gpt }) => `${source} ${gpt.path}`),
    ...evidence.map(({ host, file }) => `${file.kind} ${file.path} of ${host}`),
    ...lost.map(({ code, path }) => `${code} ${path}`),
  ];
}

const gpo = "{AAAAAAAA-0000-4000-8000-000000000001}";
const ini = "[General]\r\nVersion=1\r\n";
const policy =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n" +
  ",System,Audit Logon,{0cce9215-69ae-11d9-bed3-505054503030},,,3\r\n";
const measured = policy.replace("\r\n,", "\r\nDC1,");
const report = `${declaration}${gpoElement()}`;
const rsop =
  '<?xml version="1.0"?><Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><ReadTime>x</ReadTime><DataType>LoggedData</DataType>' +
  "<ComputerResults><Name>CORP\\DC1$</Name><Domain>corp.example</Domain></ComputerResults></Rsop>";
const template = '[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature="$CHICAGO$"\r\nRevision=1\r\n';
const registry = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\A]\r\n";

function backup(folder: string): Record<string, string> {
  return {
    [`${folder}/bkupInfo.xml`]: backupInfo(),
    [`${folder}/Backup.xml`]: backupXml({ files: [] }),
    [`${folder}/DomainSysvol/GPO/Machine/comment.cmtx`]: "",
  };
}

type Row = readonly [title: string, files: Files, expected: readonly string[], as?: SourceKind];

const toCase = ([title, files, expected, as]: Row) => ({ title, files, expected, as: as ?? null });

describe("a folder", () => {
  const rows: readonly Row[] = [
    ["a SYSVOL export", { [`corp.example/Policies/${gpo}/GPT.INI`]: ini }, ["sysvol", `sysvol corp.example/Policies/${gpo}`]],
    ["a GPT that holds only a side", { [`${gpo}/USER/x`]: "" }, ["sysvol", `sysvol ${gpo}`]],
    ["an empty GUID folder is a GPO that could not be copied", { [gpo]: null }, ["sysvol", `sysvol ${gpo}`]],
    ["a backup, which is a GUID folder too", backup(backupId), ["backup", `backup ${backupId}`]],
    ["a GUID folder around a backup", backup(`${gpo}/${backupId}`), ["backup", `backup ${gpo}/${backupId}`]],
    ["a GPT with a file of that name is no backup", { [`${gpo}/gpt.ini`]: ini, [`${gpo}/Backup.xml`]: backupXml() }, ["sysvol", `sysvol ${gpo}`]],
    ["backups are not looked for in a GPT", { [`${gpo}/gpt.ini`]: ini, ...backup(`${gpo}/Machine/${backupId}`) }, ["sysvol", `sysvol ${gpo}`]],
    ["a GPT and a backup", { [`a/${gpo}/gpt.ini`]: ini, ...backup(`b/${backupId}`) }, ["sysvol+backup", `sysvol a/${gpo}`, `backup b/${backupId}`]],
    ["a backup in a folder of GPOs", { [`Policies/${gpo}/gpt.ini`]: ini, ...backup(`Policies/${backupId}`) }, ["sysvol+backup", `sysvol Policies/${gpo}`, `backup Policies/${backupId}`]],
    ["starter GPOs are no GPOs", { [`Policies/StarterGPOs/${gpo}/Machine/x`]: "", [`Policies/${gpo}/gpt.ini`]: ini }, ["sysvol", `sysvol Policies/${gpo}`]],
    ["a backup.xml of another program", { "x/backup.xml": "<jobs/>", [`${gpo}/gpt.ini`]: ini }, ["sysvol", `sysvol ${gpo}`]],
    ["reports beside GPOs are theirs", { [`${gpo}/gpt.ini`]: ini, "report.xml": report, "dc1.csv": measured }, ["sysvol", `sysvol ${gpo}`]],
    ["reports and measurements, where there is no GPO", { "a/b/c/all.xml": report, "dc1.xml": rsop, "dc1.csv": measured }, ["report+auditpol+gpresult", "report a/b/c/all.xml", "auditpol csv dc1.csv of DC1", "RSoP report dc1.xml of DC1.corp.example"]],
    ["a policy is no measurement", { "audit.csv": policy, "x.xml": "<x/>", "y.csv": "a,b\r\n" }, ["", "source-unrecognised"]],
    ["a template and a registry export are evidence", { "a.inf": template, "b.reg": registry }, ["", "source-unrecognised"]],
    ["nothing", {}, ["", "source-unrecognised"]],
    ["too deep, and said", { [`a/b/c/d/${gpo}/gpt.ini`]: ini, ...backup(`1/2/3/4/5/${backupId}`) }, ["", `source-incomplete 1/2/3/4/5/${backupId}`, `source-incomplete a/b/c/d/${gpo}`]],
    ["far too deep, and said", { [`a/b/c/d/e/f/g/h/${gpo}/gpt.ini`]: ini, ...backup(`1/2/3/4/5/6/7/8/${backupId}`), ...backup(backupId) }, ["backup", `backup ${backupId}`, `source-incomplete 1/2/3/4/5/6/7/8/${backupId}`, `source-incomplete a/b/c/d/e/f/g/h/${gpo}`]],
    ["a report too deep, and said", { "a/b/c/d/all.xml": report }, ["", "source-incomplete a/b/c/d/all.xml"]],
    ["as SYSVOL", { ...backup(backupId), [`${gpo}/gpt.ini`]: ini }, ["sysvol", `sysvol ${gpo}`, `sysvol ${backupId}`], "sysvol"],
    ["as backups", { ...backup(backupId), [`${gpo}/gpt.ini`]: ini }, ["backup", `backup ${backupId}`], "backup"],
    ["as reports", { [`${gpo}/gpt.ini`]: ini, "all.xml": report, "dc1.xml": rsop }, ["report", "report all.xml"], "report"],
    ["as measurements", { [`${gpo}/gpt.ini`]: ini, "dc1.csv": measured, "dc1.xml": rsop }, ["auditpol", "auditpol csv dc1.csv of DC1"], "auditpol"],
    ["as what it is not", { [`${gpo}/gpt.ini`]: ini }, ["", "source-unrecognised"], "backup"],
  ]; // prettier-ignore
  it.each(rows.map(toCase))("$title", ({ files, expected, as }) => {
    const found = find(files, "", as);
    // The folder itself goes by a number.
    expect(short(found).map((text) => text.replace(/^(source-unrecognised) \d+$/, "$1"))).toEqual(expected);
  });

  it("is told once what lies in it that is not followed", () => {
    const root = write({ [`Policies/${gpo}/gpt.ini`]: ini });
    symlinkSync("nowhere", `${root}/Policies/link`);
    const reader = new FileReader(fsVfs, new PathNaming(root));
    readPath(reader, root, null, false);
    expect(reader.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ["file.link-skipped", "Policies/link"],
    ]);
  });

  it("a link with the name of a GPO may be one that nobody looked at", () => {
    const root = write({ [`Policies/${gpo}/gpt.ini`]: ini });
    symlinkSync("nowhere", `${root}/Policies/${backupId}`);
    expect(short(readPath(new FileReader(fsVfs, new PathNaming(root)), root, null, false))).toEqual([
      "sysvol",
      `sysvol Policies/${gpo}`,
      `source-incomplete Policies/${backupId}`,
    ]);
  });

  it("that cannot be listed may hold anything; what replication closes holds no policy", () => {
    const closed = (name: string) => ({
      ...fsVfs,
      list(folder: string) {
        if (folder.endsWith(`/${name}`)) throw new ReadError("denied", "access denied");
        return fsVfs.list(folder);
      },
    });
    const files = { [`Policies/${gpo}/gpt.ini`]: ini, "more/x": "", "DfsrPrivate/x": "" };
    const found = `sysvol Policies/${gpo}`;
    expect(short(find(files, "", null, closed("more")))).toEqual(["sysvol", found, "source-incomplete more"]);
    expect(short(find(files, "", null, closed("DfsrPrivate")))).toEqual(["sysvol", found]);
    // That is a fact of the GPO, which the engine knows to handle.
    const gpt = find(files, "", null, closed(gpo));
    expect(short(gpt)).toEqual(["sysvol", found]);
    expect(gpt.gpos[0]?.gpt.unreadable?.code).toBe("gpt.unreadable");
  });

  it("lists no folder twice, and goes into no GPT: thousands of them take no longer for being told from backups", () => {
    const asked: string[] = [];
    const vfs = { ...fsVfs, list: (folder: string) => (asked.push(folder), fsVfs.list(folder)) };
    const places = [1, 2, 3].map((number) => `Policies/${gpo.replace("01}", `0${number}}`)}`);
    const { gpos } = find(
      Object.fromEntries(places.map((place) => [`${place}/Machine/Scripts/x`, ""])),
      "",
      null,
      vfs,
    );
    expect(gpos).toHaveLength(3);
    const below = asked.map((path) => path.replace(`${temp}/${count - 1}`, ""));
    expect(below.sort()).toEqual(
      ["", "/Policies", ...places.flatMap((place) => [`/${place}`, `/${place}/Machine`])].sort(),
    );
  });

  it("a manifest.xml counts where backups are, or where it is one", () => {
    const other = { [`${gpo}/gpt.ini`]: ini, "office/manifest.xml": "<OfficeApp/>" };
    expect(find(other)).toMatchObject({ codes: [] });
    expect(find({ ...other, "b/manifest.xml": manifest(backupInfo()) }).codes).toEqual([
      "backup.manifest-missing",
    ]);
  });
});

describe("a file", () => {
  const utf16 = Buffer.from(`\ufeff${report}`, "utf16le");
  const rows: readonly Row[] = [
    ["a report, whatever its name", { "f.txt": report }, ["report", "report f.txt"]],
    ["a report in UTF-16", { "f.xml": utf16 }, ["report", "report f.xml"]],
    ["a report of all", { "f.xml": `<report>${gpoElement()}${gpoElement({ guid: backupGpo.replace("1}", "2}") })}</report>` }, ["report", "report f.xml", "report f.xml"]],
    ["a report that breaks off", { "f.xml": `<report>${gpoElement()}<GPO>` }, ["report", "report f.xml", "source-incomplete f.xml"]],
    ["gpresult", { "f.xml": rsop }, ["gpresult", "RSoP report f.xml of DC1.corp.example"]],
    ["auditpol", { "f.csv": measured }, ["auditpol", "auditpol csv f.csv of DC1"]],
    ["an archive that was not opened", { f: writeZip([{ name: "x" }]) }, ["", "archive-refused f"]],
    ["a file of a GPO", { f: policy }, ["", "source-unrecognised f"]],
    ["a file of a backup", { f: backupXml() }, ["", "source-unrecognised f"]],
    ["directory data", { f: "# comment\ndn: DC=corp\n" }, ["", "source-unrecognised f"]],
    ["evidence of another kind", { f: registry }, ["", "source-unrecognised f"]],
    ["rubbish", { f: Uint8Array.from({ length: 999 }, (_, i) => (i * 7) % 256) }, ["", "source-unrecognised f"]],
    ["an empty file", { f: "" }, ["", "source-unrecognised f"]],
    ["a file as backup", { f: report }, ["", "source-unrecognised f"], "backup"],
    ["anything as report", { f: "<x/>" }, ["", "source-incomplete f"], "report"],
    ["other rows as auditpol", { f: measured.replaceAll(",", ";") }, ["", "evidence-unusable f"], "auditpol"],
    ["gpresult as auditpol", { f: rsop }, ["", "evidence-unusable f"], "auditpol"],
    ["auditpol without a name as auditpol", { f: policy }, ["auditpol", "auditpol csv f of null"], "auditpol"],
  ]; // prettier-ignore
  it.each(rows.map(toCase))("$title", ({ files, expected, as }) => {
    const [name = ""] = Object.keys(files);
    expect(short(find(files, name, as))).toEqual(expected);
  });

  const hints: readonly (readonly [title: string, content: string, text: RegExp])[] = [
    ["an audit.csv", policy, /audit\.csv of a GPO is read with the folder/],
    ["a security template", template, /name the GPO folder .* --evidence HOST=FILE/],
    ["a registry export", registry, /--evidence HOST=FILE/],
    ["a Backup.xml", backupXml(), /name the folder that it stands in/],
    ["LDIF", "version: 1\r\n\r\ndn: DC=corp", /--directory FILE/],
    ["a snapshot", `{"schemaVersion":"1.0","kind":"${snapshotKind}"`, /--directory FILE/],
    ["anything else", "hello", /^is of no kind that is read here$/],
  ];
  it.each(hints)("%s is told where it belongs", (_title, content, text) => {
    expect(find({ f: content }, "f").lost).toMatchObject([{ text: expect.stringMatching(text) as unknown }]);
  });

  it("that cannot be read", () => {
    const denied = {
      ...fsVfs,
      chunks: () => {
        throw new ReadError("denied", "access denied");
      },
    };
    const found = find({ f: report }, "f", null, denied);
    expect(found.lost).toEqual([
      { code: "source-incomplete", path: "f", text: "cannot be read: access denied" },
    ]);
    expect(found.codes).toEqual(["file.unreadable"]);
  });
});

describe("a GPO", () => {
  it("of SYSVOL has its directory half elsewhere", () => {
    const { gpos } = find({
      [`Corp.example/Policies/${gpo}/gpt.ini`]: ini,
      [`lab/Policies/${gpo}/gpt.ini`]: ini,
    });
    const none = { displayName: null, facts: null, asOf: null, links: null };
    expect(gpos).toMatchObject([
      { source: "sysvol", domain: "corp.example", gpt: { domainLabel: "corp.example" }, ...none },
      { source: "sysvol", domain: null, gpt: { domainLabel: "lab" }, ...none },
    ]);
    expect(gpos[0]?.gpt).not.toHaveProperty("saved");
  });

  it("of a backup has both, as of its time", () => {
    expect(find({ ...backup("x"), "x/gpreport.xml": report }).gpos).toMatchObject([
      {
        source: "backup",
        domain: "corp.example",
        displayName: "Audit <all>",
        asOf: "2026-01-02T03:04:05",
        links: [],
        facts: {
          extensions: { effective: ["f3ccc681-b74c-4060-9f26-cd84525dca2a"], damaged: false },
          securityDescriptor: { state: "read" },
          flags: 0,
          machineVersion: 4,
          wmiFilter: null,
        },
        gpt: { guid: backupGpo.slice(1, -1).toLowerCase(), saved: { by: "backup", machineVersion: 4 } },
      },
    ]);
  });

  it("of a backup without Backup.xml has neither facts nor a version", () => {
    expect(find({ "x/DomainSysvol/GPO/Machine/x": "", "x/bkupInfo.xml": backupInfo() }).gpos).toMatchObject([
      { facts: null, links: null, gpt: { saved: { by: "backup", machineVersion: null } } },
    ]);
  });

  it("of a report has no list of extensions", () => {
    expect(find({ f: report }, "f").gpos).toMatchObject([
      {
        source: "report",
        domain: "corp.example",
        displayName: "Audit & more",
        asOf: "2026-01-02T03:04:05Z",
        links: [],
        facts: { extensions: { effective: [], damaged: true }, machineVersion: 4 },
        gpt: { saved: { by: "report", machineVersion: 4 } },
      },
    ]);
  });
});
