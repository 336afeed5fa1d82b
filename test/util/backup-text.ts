const operations = "http://www.microsoft.com/GroupPolicy/GPOOperations";
const cdata = (text: string): string => `<![CDATA[${text}]]>`;

export const backupId = "{BBBBBBBB-0000-4000-8000-000000000002}";
export const backupGpo = "{AAAAAAAA-0000-4000-8000-000000000001}";
const auditExtension = "[{F3CCC681-B74C-4060-9F26-CD84525DCA2A}{0F3F3735-573D-9804-99E4-AB2A69BA5FD4}]";

/** Owner, group and DACL: Authenticated Users may read (generic) all. Self-relative, MS-DTYP 2.4.6. */
const openDescriptor =
  "01 00 04 80 00 00 00 00 00 00 00 00 00 00 00 00 14 00 00 00 " +
  "02 00 1c 00 01 00 00 00 00 00 14 00 ff 01 0f 00 01 01 00 00 00 00 00 05 0b 00 00 00";

export interface BackupText {
  readonly guid?: string;
  readonly domain?: string;
  readonly name?: string;
  readonly options?: string;
  readonly version?: string;
  /** As XML. */
  readonly extensions?: string;
  readonly descriptor?: string;
  readonly wmiFilter?: string;
  /** Places below the folder of the backup, with backslashes. */
  readonly files?: readonly string[];
}

export function backupXml(backup: BackupText = {}): string {
  const {
    guid = backupGpo,
    domain = "Corp.Example",
    name = "Audit <all>",
    options = "0",
    version = String(5 * 65536 + 4),
    extensions = cdata(auditExtension),
    descriptor = openDescriptor,
    wmiFilter = "",
    files = ["DomainSysvol\\GPO\\Machine\\registry.pol"],
  } = backup;
  const saved = files.map((file) => `<FSObjectFile bkp:Path="%GPO_MACH_FSPATH%" bkp:Location="${file}"/>`);
  return (
    `<?xml version="1.0" encoding="utf-8"?><!-- x --><GroupPolicyBackupScheme bkp:version="2.0" xmlns:bkp="${operations}" xmlns="${operations}">` +
    `<GroupPolicyObject><SecurityGroups/><FilePaths/>\n<GroupPolicyCoreSettings><ID>${cdata(guid)}</ID><Domain>${cdata(domain)}</Domain>` +
    `<SecurityDescriptor>${descriptor}</SecurityDescriptor><DisplayName>${cdata(name)}</DisplayName><Options>${cdata(options)}</Options>` +
    `<UserVersionNumber>${cdata("0")}</UserVersionNumber><MachineVersionNumber>${cdata(version)}</MachineVersionNumber>` +
    `<MachineExtensionGuids>${extensions}</MachineExtensionGuids><UserExtensionGuids/><WMIFilter>${cdata(wmiFilter)}</WMIFilter></GroupPolicyCoreSettings>` +
    `<GroupPolicyExtension bkp:ID="{35378EAC-683F-11D2-A89A-00C04FBBCFA2}" bkp:DescName="Registry">${saved.join("")}` +
    `<FSObjectFile bkp:Path="%GPO_FSPATH%\\Adm\\*.*" bkp:SourceExpandedPath="x"/><FSObjectDir bkp:Location="DomainSysvol\\GPO\\Machine"/></GroupPolicyExtension>` +
    `</GroupPolicyObject></GroupPolicyBackupScheme>`
  );
}

export interface InfoText {
  readonly guid?: string;
  readonly id?: string;
  readonly domain?: string;
}

export function backupInfo({
  guid = backupGpo,
  id = backupId,
  domain = "corp.example",
}: InfoText = {}): string {
  return (
    `<BackupInst xmlns="${operations}/Manifest"><GPOGuid>${cdata(guid)}</GPOGuid><GPODomain>${cdata(domain)}</GPODomain>` +
    `<BackupTime>${cdata("2026-01-02T03:04:05")}</BackupTime><ID>${cdata(id)}</ID><Comment>${cdata("")}</Comment>` +
    `<GPODisplayName>${cdata("Audit <all>")}</GPODisplayName></BackupInst>`
  );
}

export function manifest(...backups: readonly string[]): string {
  return `<Backups xmlns="${operations}/Manifest" xmlns:mfst="${operations}/Manifest" mfst:version="1.0">${backups.join("")}</Backups>`;
}
