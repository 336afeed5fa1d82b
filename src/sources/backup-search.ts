import type { FileReader } from "./file-reader.ts";
import { findByNames, listFolder } from "./folder-search.ts";
import { joinPath } from "./naming.ts";

/** How deep below PATH backups may lie. */
const backupDepth = 5;

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

export interface FoundBackups {
  readonly backups: readonly BackupPlace[];
  readonly manifests: readonly ManifestPlace[];
}

/** Finds every backup at or below a path by what lies in its folder; names of folders mean nothing. */
export function findBackups(reader: FileReader, path: string): FoundBackups {
  const found: { backups: BackupPlace[]; manifests: ManifestPlace[] } = { backups: [], manifests: [] };
  search(reader, path, 0, found);
  return found;
}

function search(
  reader: FileReader,
  folder: string,
  depth: number,
  found: { readonly backups: BackupPlace[]; readonly manifests: ManifestPlace[] },
): void {
  const gptNames = backupLayout(reader, folder);
  if (gptNames !== null) {
    found.backups.push({ folder, gptNames });
    return;
  }
  const before = found.backups.length;
  const entries = listFolder(reader, folder) ?? [];
  for (const entry of entries) {
    const path = joinPath(folder, entry.name);
    if (entry.kind === "link") reader.report("file.link-skipped", path);
    if (entry.kind !== "folder") continue;
    if (depth < backupDepth) search(reader, path, depth + 1, found);
    else if (backupLayout(reader, path) !== null) {
      reader.report("limit.exceeded", path, `backups deeper than ${backupDepth} folders are not read`);
    }
  }
  const backups = found.backups.slice(before);
  for (const { path, kind } of findByNames(reader, folder, ["manifest.xml"])) {
    if (kind === "file") found.manifests.push({ file: path, backups });
  }
}

/**
 * Whether a folder is a backup: bkupInfo.xml or Backup.xml beside DomainSysvol, one of them alone, or a copy that
 * dropped a level and has `GPO` with the sides of a GPT in it. The answer leads to the root of the GPT.
 */
function backupLayout(reader: FileReader, folder: string): readonly string[] | null {
  const entries = listFolder(reader, folder) ?? [];
  const has = (name: string, kind: "file" | "folder"): boolean =>
    entries.some((entry) => entry.name.toLowerCase() === name && entry.kind === kind);
  const described = has("bkupinfo.xml", "file") || has("backup.xml", "file");
  if (has("domainsysvol", "folder")) {
    const names = ["domainsysvol", "gpo"];
    return described || findByNames(reader, folder, names).length > 0 ? names : null;
  }
  const sides = ["machine", "user"].flatMap((side) => findByNames(reader, folder, ["gpo", side]));
  if (sides.some(({ kind }) => kind === "folder")) return ["gpo"];
  return described ? ["domainsysvol", "gpo"] : null;
}
