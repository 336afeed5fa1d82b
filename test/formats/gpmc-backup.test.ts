import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseBackupInfo, parseManifest } from "../../src/formats/gpmc/parse-backup-info.ts";
import type { BackupXml } from "../../src/formats/gpmc/parse-backup-xml.ts";
import { parseBackupXml } from "../../src/formats/gpmc/parse-backup-xml.ts";
import { utf8 } from "../util/bytes.ts";
import { backupInfo, backupXml, manifest } from "../util/backup-text.ts";
import { utf16Bom } from "../util/utf16.ts";

const read = (text: string): BackupXml => parseBackupXml(utf8(text), "Backup.xml");
const codes = ({ diagnostics }: Pick<BackupXml, "diagnostics">): readonly string[] =>
  diagnostics.map(({ code }) => code);

describe("Backup.xml", () => {
  it("tells the directory half of the GPO", () => {
    expect(read(backupXml())).toMatchObject({
      complete: true,
      diagnostics: [],
      core: {
        guid: "aaaaaaaa-0000-4000-8000-000000000001",
        domain: "corp.example",
        displayName: "Audit <all>",
        flags: 0,
        versions: { directory: 4, sysvol: 5 },
        extensions: { effective: ["f3ccc681-b74c-4060-9f26-cd84525dca2a"], ineffective: [], damaged: false },
        securityDescriptor: { state: "read" },
        wmiFilter: null,
      },
      files: [["domainsysvol", "gpo", "machine", "registry.pol"]],
    });
  });

  it("case 120: a CDATA that ends with ] keeps it", () => {
    const list =
      "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}][{F3CCC681-B74C-4060-9F26-CD84525DCA2A}{0F3F3735-573D-9804-99E4-AB2A69BA5FD4}]";
    const result = read(backupXml({ extensions: `<![CDATA[${list}]]>` }));
    expect(result.core?.extensions).toEqual({
      effective: ["35378eac-683f-11d2-a89a-00c04fbbcfa2", "f3ccc681-b74c-4060-9f26-cd84525dca2a"],
      ineffective: [],
      damaged: false,
    });
    expect(codes(result)).toEqual([]);
    const cut = read(backupXml({ extensions: `<![CDATA[${list.slice(0, -1)}]]>` }));
    expect(cut.core?.extensions.damaged).toBe(true);
    expect(codes(cut)).toEqual(["backup.value"]);
  });

  test.for([
    ["131074", { directory: 2, sysvol: 2 }],
    ["196641", { directory: 33, sysvol: 3 }],
    ["0", { directory: 0, sysvol: 0 }],
    ["4294967295", { directory: 65535, sysvol: 65535 }],
    ["4294967296", { directory: null, sysvol: null }],
    ["NaN", { directory: null, sysvol: null }],
    ["-1", { directory: null, sysvol: null }],
  ] as const)("version %s holds SYSVOL above directory, not user above machine", ([version, expected]) => {
    const result = read(backupXml({ version }));
    expect(result.core?.versions).toEqual(expected);
    expect(codes(result)).toEqual(expected.directory === null ? ["backup.value"] : []);
  });

  test.for([
    ["2", 2, []],
    ["3", 3, []],
    ["", "malformed", ["backup.value"]],
    ["x", "malformed", ["backup.value"]],
  ] as const)("options '%s'", ([options, flags, expected]) => {
    const result = read(backupXml({ options }));
    expect(result.core?.flags).toBe(flags);
    expect(codes(result)).toEqual(expected);
  });

  test.for([
    ["", null, []],
    [" ", null, []],
    [
      'MSFT_SomFilter.ID="{CCCCCCCC-0000-4000-8000-000000000003}",Domain="corp.example"',
      "cccccccc-0000-4000-8000-000000000003",
      [],
    ],
    ["[corp.example;{CCCCCCCC-0000-4000-8000-000000000003};0]", "cccccccc-0000-4000-8000-000000000003", []],
    ["something", "unreadable", ["backup.value"]],
  ] as const)("WMI filter '%s'", ([wmiFilter, id, expected]) => {
    const result = read(backupXml({ wmiFilter }));
    const filter = result.core?.wmiFilter;
    expect(filter === null ? null : (filter?.id ?? "unreadable")).toBe(id);
    expect(codes(result)).toEqual(expected);
  });

  test.for([
    ["", "absent", []],
    ["01 00", "malformed", ["backup.value"]],
    ["01 0", "malformed", ["backup.value"]],
    ["O:BAG:BAD:", "malformed", ["backup.value"]],
  ] as const)("descriptor '%s'", ([descriptor, state, expected]) => {
    const result = read(backupXml({ descriptor }));
    expect(result.core?.securityDescriptor.state).toBe(state);
    expect(codes(result)).toEqual(expected);
  });

  it("does not go by prefixes", () => {
    const renamed = backupXml().replaceAll("bkp:", "x:").replaceAll("xmlns:bkp", "xmlns:x");
    expect(read(renamed)).toEqual(read(backupXml()));
    expect(parseBackupXml(utf16Bom(backupXml()), "Backup.xml").core).toEqual(read(backupXml()).core);
  });

  it("says so where it is another file, or broken off", () => {
    expect(codes(read("<Backups/>"))).toEqual(["xml.root"]);
    const cut = read(backupXml().slice(0, -10));
    expect(cut.complete).toBe(false);
    expect(codes(cut)).toEqual(["xml.malformed"]);
  });

  it("never throws, whatever the bytes", () => {
    const bytes = utf8(backupXml());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, byte, length) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = byte;
        const result = parseBackupXml(damaged.subarray(0, length), "Backup.xml");
        expect(result.complete || result.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("bkupInfo.xml and manifest.xml", () => {
  it("tell which GPO a backup is of", () => {
    expect(parseBackupInfo(utf8(backupInfo()), "bkupInfo.xml")).toMatchObject({
      complete: true,
      diagnostics: [],
      info: {
        guid: "aaaaaaaa-0000-4000-8000-000000000001",
        domain: "corp.example",
        displayName: "Audit <all>",
        backupId: "bbbbbbbb-0000-4000-8000-000000000002",
        backupTime: "2026-01-02T03:04:05",
      },
    });
    expect(parseManifest(utf8(manifest(backupInfo(), backupInfo())), "manifest.xml").backups).toHaveLength(2);
  });

  it("an ID that is none is said", () => {
    const result = parseBackupInfo(utf8(backupInfo({ id: "{x}" })), "bkupInfo.xml");
    expect(result.info?.backupId).toBeNull();
    expect(codes(result)).toEqual(["backup.value"]);
  });

  it("are not taken for each other", () => {
    expect(codes(parseBackupInfo(utf8(manifest()), "bkupInfo.xml"))).toEqual(["xml.root"]);
    expect(codes(parseManifest(utf8(backupInfo()), "manifest.xml"))).toEqual(["xml.root"]);
  });
});
