import type { FileReader } from "./file-reader.ts";
import { findByNames, listFolder } from "./folder-search.ts";
import { joinPath } from "./naming.ts";
import { recogniseReport } from "./report.ts";

/** A folder that holds the backup of one GPO. */
export interface BackupPlace {
  readonly folder: string;
  /** Names that lead from it to the root of the GPT, lower case. */
  readonly gptNames: readonly string[];
}

/** A manifest.xml and the backups below its folder. */
export interface ManifestPlace {
  readonly file: string;
  readonly backups: readonly BackupPlace[];
}

const descriptions: ReadonlySet<string> = new Set(["bkupinfo.xml", "backup.xml"]);

/**
 * Whether a folder is a backup: bkupInfo.xml or Backup.xml beside DomainSysvol, one of them alone, or a copy that
 * dropped a level and has `GPO` with the sides of a GPT in it. The answer leads to the root of the GPT.
 */
export function backupLayout(reader: FileReader, folder: string): readonly string[] | null {
  const entries = listFolder(reader, folder) ?? [];
  const described = entries.filter(
    ({ name, kind }) => kind === "file" && descriptions.has(name.toLowerCase()),
  );
  if (entries.some(({ name, kind }) => kind === "folder" && name.toLowerCase() === "domainsysvol")) {
    const names = ["domainsysvol", "gpo"];
    return described.length > 0 || findByNames(reader, folder, names).length > 0 ? names : null;
  }
  const sides = ["machine", "user"].flatMap((side) => findByNames(reader, folder, ["gpo", side]));
  if (sides.some(({ kind }) => kind === "folder")) return ["gpo"];
  // Other programs write a backup.xml too: without a folder beside it, its content decides.
  return described.some(({ name }) => isOfBackup(reader, joinPath(folder, name)))
    ? ["domainsysvol", "gpo"]
    : null;
}

function isOfBackup(reader: FileReader, path: string): boolean {
  const kind = recogniseReport(reader, path);
  return kind === "backup" || kind === "backup-info";
}

/** The manifest.xml of a folder; where no backup lies below it, only one that looks like a manifest of backups. */
export function findManifests(
  reader: FileReader,
  folder: string,
  backups: readonly BackupPlace[],
): ManifestPlace[] {
  return findByNames(reader, folder, ["manifest.xml"])
    .filter(({ kind }) => kind === "file")
    .filter(({ path }) => backups.length > 0 || recogniseReport(reader, path) === "manifest")
    .map(({ path }) => ({ file: path, backups }));
}
