import { createHash } from "node:crypto";
import type { BackupInfo } from "../formats/gpmc/parse-backup-info.ts";
import type { CoreSettings } from "../formats/gpmc/parse-backup-xml.ts";
import type { BackupGpo, ReportedGpo } from "../model/backup.ts";
import type { Guid } from "../model/gpo.ts";
import type { FileReader } from "./file-reader.ts";
import { baseName } from "./naming.ts";

/** Which GPO a backup is of. */
export type Identity = Pick<BackupGpo, "guid" | "guidFrom" | "domain" | "displayName">;

interface Witnesses {
  readonly core: CoreSettings | null;
  readonly info: BackupInfo | null;
  readonly report: ReportedGpo | null;
}

/** Asks the files of a backup for the GPO, the one that an import reads first, and says where they disagree. */
export function identify(reader: FileReader, folder: string, { core, info, report }: Witnesses): Identity {
  const witnesses = [
    { file: "Backup.xml", fact: core },
    { file: "bkupInfo.xml", fact: info },
    { file: "gpreport.xml", fact: report },
  ] as const;
  const guids = witnesses.flatMap(({ file, fact }) =>
    fact === null || fact.guid === null ? [] : [{ file, value: fact.guid }],
  );
  const domains = witnesses.flatMap(({ file, fact }) =>
    fact === null || fact.domain === null ? [] : [{ file, value: fact.domain }],
  );
  const names = witnesses.flatMap(({ file, fact }) =>
    fact === null || fact.displayName === null ? [] : [{ file, value: fact.displayName }],
  );
  compare(reader, folder, "backup.identity", guids);
  // The default GUIDs repeat in every domain: another domain is another GPO.
  compare(reader, folder, "backup.identity", domains);
  compare(reader, folder, "backup.disagreement", names);
  const own = folderGuid(folder);
  if (info !== null && info.backupId !== null && own !== info.backupId) {
    reader.report("backup.folder-name", folder, `ID {${info.backupId}}`);
  }
  const [first] = guids;
  if (first === undefined) reader.report("backup.unidentified", folder);
  return {
    ...(first === undefined ? fallback(reader, folder, own) : { guid: first.value, guidFrom: first.file }),
    domain: domains[0]?.value ?? null,
    displayName: names[0]?.value ?? null,
  };
}

/** GUID that names a folder; of a backup that is its ID. */
export function folderGuid(folder: string): Guid | null {
  return (
    /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(baseName(folder))?.[1]?.toLowerCase() ??
    null
  );
}

/** The ID of the backup or its path stand for the GPO: enough to tell it from others, not to find it in a domain. */
function fallback(reader: FileReader, folder: string, own: Guid | null): Pick<Identity, "guid" | "guidFrom"> {
  if (own !== null) return { guid: own, guidFrom: "folder name" };
  const hex = createHash("sha256").update(reader.naming.relative(folder)).digest("hex");
  const guid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
  return { guid, guidFrom: "path" };
}

function compare(
  reader: FileReader,
  folder: string,
  code: "backup.identity" | "backup.disagreement",
  [first, ...rest]: readonly { readonly file: string; readonly value: string }[],
): void {
  for (const { file, value } of rest) {
    if (first !== undefined && value !== first.value) {
      reader.report(code, folder, `${first.file}: ${first.value}; ${file}: ${value}`);
    }
  }
}
