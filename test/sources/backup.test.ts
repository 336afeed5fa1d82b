import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import type { BackupGpo } from "../../src/model/backup.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { readBackups } from "../../src/sources/backup.ts";
import { FileReader } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { PathNaming } from "../../src/sources/naming.ts";
import { ReadError } from "../../src/sources/vfs.ts";
import { backupGpo, backupId, backupInfo, backupXml, manifest } from "../util/backup-text.ts";
import { overlayVfs } from "../util/overlay-vfs.ts";
import { auditSetting, gpoElement, section } from "../util/report-text.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-backup-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let count = 0;

const header =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n";
const logon = "{0cce9215-69ae-11d9-bed3-505054503030}";
const audit = `${header},System,Audit Logon,${logon},,,3\r\n`;
const csv = "Machine/Microsoft/Windows NT/Audit/audit.csv";
const saved = "DomainSysvol\\GPO\\Machine\\Microsoft\\Windows NT\\Audit\\audit.csv";

type Files = Readonly<Record<string, string | null>>;

interface Made {
  readonly root: string;
  readonly backups: readonly BackupGpo[];
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
}

function write(files: Files): string {
  const root = join(temp, String(count++)).replaceAll("\\", "/");
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (content !== null) writeFileSync(path, content);
  }
  return root;
}

/** Writes files (null: an empty folder) and reads the backups among them. */
function make(files: Files, vfs = fsVfs, root = write(files)): Made {
  const reader = new FileReader(vfs, new PathNaming(root));
  const backups = readBackups(reader, root);
  return {
    root,
    backups,
    diagnostics: reader.diagnostics,
    codes: reader.diagnostics.map(({ code }) => code),
  };
}

function full(folder = `${backupId}/`, backup = backupXml({ files: [saved] })): Record<string, string> {
  return {
    [`${folder}bkupInfo.xml`]: backupInfo(),
    [`${folder}Backup.xml`]: backup,
    [`${folder}DomainSysvol/GPO/${csv}`]: audit,
  };
}

const values = ({ backups }: Made): unknown[] =>
  backups.flatMap(({ gpt }) =>
    gpt.parts.flatMap(({ writes }) => writes.map((item) => ("value" in item ? item.value : item.action))),
  );

describe("a backup", () => {
  it("gives both halves of the GPO", () => {
    const { backups, codes } = make(full());
    expect(codes).toEqual([]);
    expect(backups).toMatchObject([
      {
        guid: backupGpo.slice(1, -1).toLowerCase(),
        guidFrom: "Backup.xml",
        domain: "corp.example",
        displayName: "Audit <all>",
        backupId: backupId.slice(1, -1).toLowerCase(),
        backupTime: "2026-01-02T03:04:05",
        path: backupId,
        links: null,
        gpt: {
          empty: false,
          unreadable: null,
          gptIni: { machineVersion: 5, path: `${backupId}/Backup.xml` },
        },
        gpc: {
          dn: `CN=${backupGpo},CN=Policies,CN=System,DC=corp,DC=example`,
          fileSysPath: `\\\\corp.example\\sysvol\\corp.example\\Policies\\${backupGpo}`,
          functionalityVersion: 2,
          machineVersion: 4,
          flags: 0,
          extensions: { effective: ["f3ccc681-b74c-4060-9f26-cd84525dca2a"] },
          securityDescriptor: { state: "read" },
          wmiFilter: null,
        },
      },
    ]);
  });

  const layouts: readonly (readonly [title: string, files: Files, from: string, codes: readonly string[]])[] = [
    ["as the console writes it", full(), "Backup.xml", []],
    ["the folder itself", full(""), "Backup.xml", ["backup.folder-name"]],
    ["names in any case", { "x/BKUPINFO.XML": backupInfo(), "x/backup.XML": backupXml({ files: [] }), [`x/domainsysvol/gpo/${csv.toUpperCase()}`]: audit }, "Backup.xml", ["backup.folder-name"]],
    ["only DomainSysvol", { [`${backupId}/DomainSysvol/GPO/${csv}`]: audit }, "folder name", ["backup.no-backup-xml", "backup.unidentified"]],
    ["DomainSysvol dropped", { [`${backupId}/GPO/${csv}`]: audit }, "folder name", ["backup.no-backup-xml", "backup.unidentified"]],
    ["a folder of another name", { [`My GPO/DomainSysvol/GPO/${csv}`]: audit }, "path", ["backup.no-backup-xml", "backup.unidentified"]],
    ["without Backup.xml", { [`${backupId}/bkupInfo.xml`]: backupInfo(), [`${backupId}/DomainSysvol/GPO/${csv}`]: audit }, "bkupInfo.xml", ["backup.no-backup-xml"]],
    ["five folders down", full(`a/b/c/d/${backupId}/`), "Backup.xml", []],
  ]; // prettier-ignore
  test.for(layouts)("%s", ([, files, from, codes]) => {
    const made = make(files);
    expect(made.backups.map(({ guidFrom }) => guidFrom)).toEqual([from]);
    expect(values(made)).toEqual([3]);
    expect(made.codes).toEqual(codes);
  });

  it("of two files that differ only by case none counts", () => {
    const made = make({ ...full(), [`${backupId}/backup.xml`]: backupXml({ files: [], extensions: "" }) });
    expect(made.backups).toMatchObject([{ guidFrom: "bkupInfo.xml", gpc: null }]);
    expect(made.codes).toContain("file.case-twin");
  });

  it("deeper than that is not read, and said", () => {
    const made = make(full(`a/b/c/d/e/${backupId}/`));
    expect(made.backups).toEqual([]);
    expect(made.codes).toEqual(["limit.exceeded"]);
  });

  it("a SYSVOL export, a folder named GPO or loose XML is none", () => {
    const made = make({
      [`sysvol/corp.example/Policies/${backupGpo}/${csv}`]: audit,
      "GPO/readme.txt": "",
      "notes/gpreport.xml": gpoElement(),
    });
    expect(made).toMatchObject({ backups: [], codes: [] });
  });

  it("knows nothing of the directory half without Backup.xml, or with a broken one", () => {
    for (const backup of [backupXml().slice(0, -20), "<x/>", backupXml({ domain: "" })]) {
      const files = { [`${backupId}/Backup.xml`]: backup, [`${backupId}/DomainSysvol/GPO/${csv}`]: audit };
      const { gpc } = make(files).backups[0] ?? {};
      expect(gpc).toBeNull();
    }
  });
});

describe("what is missing", () => {
  it("a file that Backup.xml lists and the folder does not hold may say anything", () => {
    const made = make({ [`${backupId}/Backup.xml`]: backupXml({ files: [saved] }) });
    expect(made.codes).toEqual(["backup.file-missing"]);
    expect(made.backups[0]?.gpt).toMatchObject({
      empty: false,
      parts: [
        {
          kind: "audit.csv",
          writes: [],
          open: [{ keyPrefix: "audit-subcategory/", doubt: { code: "backup.file-missing" } }],
        },
      ],
    });
  });

  it("a GPO without files is no gap where Backup.xml says that there are none", () => {
    const made = make({ [`${backupId}/Backup.xml`]: backupXml({ files: [] }) });
    expect(made.codes).toEqual([]);
    expect(made.backups[0]?.gpt).toMatchObject({ empty: false, parts: [] });
    expect(make({ [`${backupId}/bkupInfo.xml`]: backupInfo() }).backups[0]?.gpt.empty).toBe(true);
  });

  it("a file that cannot be read", () => {
    const root = write(full());
    const denied = overlayVfs(
      new Map([[`${root}/${backupId}/DomainSysvol/GPO/${csv}`, new ReadError("denied", "access denied")]]),
    );
    const made = make({}, denied, root);
    expect(made.codes).toEqual(["file.unreadable"]);
    expect(made.backups[0]?.gpt.parts).toMatchObject([
      { unreadable: true, open: [{ keyPrefix: "audit-subcategory/" }] },
    ]);
  });

  it.runIf(process.platform !== "win32")("links are not followed", () => {
    const root = write(full("real/"));
    symlinkSync(join(root, "real"), join(root, "alias"));
    const made = make({}, fsVfs, root);
    expect(made.backups).toHaveLength(1);
    expect(made.codes).toContain("file.link-skipped");
  });

  it("places in Backup.xml are never followed out of the folder", () => {
    const files = [
      "..\\..\\other\\registry.pol",
      "C:\\Windows\\registry.pol",
      "DomainSysvol\\GPO\\..\\Machine\\registry.pol",
    ];
    const made = make({ [`${backupId}/Backup.xml`]: backupXml({ files }), "other/registry.pol": "" });
    expect(made.backups[0]?.gpt.parts).toEqual([]);
  });
});

describe("files that disagree", () => {
  it("case 121: manifest.xml lists a backup that is not here, and one here is not listed", () => {
    const other = backupInfo({ id: "{CCCCCCCC-0000-4000-8000-000000000003}" });
    const made = make({ "Manifest.xml": manifest(other), ...full() });
    expect(made.backups).toHaveLength(1);
    expect(made.diagnostics.map(({ code, path, detail }) => [code, path, detail])).toEqual([
      ["backup.manifest-missing", "Manifest.xml", "{cccccccc-0000-4000-8000-000000000003} Audit <all>"],
      ["backup.manifest-unlisted", "Manifest.xml", backupId],
    ]);
    expect(make({ "manifest.xml": manifest(backupInfo()), ...full() }).codes).toEqual([]);
  });

  it("case 122: Backup.xml and bkupInfo.xml name different GPOs", () => {
    const made = make({
      ...full(),
      [`${backupId}/bkupInfo.xml`]: backupInfo({
        guid: "{CCCCCCCC-0000-4000-8000-000000000003}",
        domain: "other.example",
      }),
    });
    expect(made.codes).toEqual(["backup.identity", "backup.identity"]);
    expect(made.backups[0]).toMatchObject({
      guid: backupGpo.slice(1, -1).toLowerCase(),
      domain: "corp.example",
    });
  });

  const report = (elements: string): string =>
    gpoElement({ computer: section("Auditing", "AuditSettings", elements) }).replace(
      "Audit &amp; more",
      "Audit &lt;all>",
    );
  const differences: readonly (readonly [title: string, text: string, details: readonly string[]])[] = [
    ["the same value", report(auditSetting(logon, "3")), []],
    ["case 123: another value", report(auditSetting(logon, "1")), [`file 3, report 1: audit-subcategory/${logon.slice(1, -1)}`]],
    ["a setting that only the file has", report(""), [`file 3, report nothing: audit-subcategory/${logon.slice(1, -1)}`]],
    ["a setting that only the report has", report(auditSetting(logon, "3") + auditSetting(logon.replace("15", "16"), "0")), [`file nothing, report 0: audit-subcategory/${logon.slice(1, -1).replace("15", "16")}`]],
    ["no section", report("").replace(/<ExtensionData>.*<\/ExtensionData>(?=<\/Computer>)/, ""), ["the report shows nothing of audit.csv"]],
    ["a value that cannot be read", report(auditSetting(logon, "x")), []],
  ]; // prettier-ignore
  test.for(differences)("%s", ([, text, details]) => {
    const made = make({ ...full(), [`${backupId}/gpreport.xml`]: text });
    const found = made.diagnostics.filter(({ code }) => code === "backup.report-differs");
    expect(found.map(({ detail }) => detail)).toEqual(details);
    // The file is what would be imported, so it counts.
    expect(values(made)).toEqual([3]);
  });

  it("links are those of the time of the backup", () => {
    const links =
      "<LinksTo><SOMPath>corp.example/Domain Controllers</SOMPath><Enabled>true</Enabled><NoOverride>true</NoOverride></LinksTo>";
    const made = make({ ...full(), [`${backupId}/gpreport.xml`]: gpoElement({ links }) });
    expect(made.backups[0]?.links).toMatchObject([
      {
        somPath: "corp.example/Domain Controllers",
        enabled: true,
        enforced: true,
        location: { path: `${backupId}/gpreport.xml` },
      },
    ]);
  });
});
