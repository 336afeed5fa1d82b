import { limits } from "../model/limits.ts";
import type { BackupPlace, ManifestPlace } from "./backup-layout.ts";
import { backupLayout, findManifests } from "./backup-layout.ts";
import type { FileReader } from "./file-reader.ts";
import { listFolder } from "./folder-search.ts";
import type { GptPlace } from "./gpt.ts";
import { guidOfFolder, holdsGpt, isMorphed, isPoliciesFolder, labelAbove } from "./gpt-folder.ts";
import { joinPath } from "./naming.ts";
import type { VfsEntry } from "./vfs.ts";

/** How deep below PATH a folder may lie that holds `{GUID}` folders of SYSVOL. */
const sysvolDepth = 3;
/** How deep below PATH backups may lie. */
const backupDepth = 5;

const archiveEnding = /\.(?:zip|tar|tgz|tar\.gz)$/i;

export interface FoundBackups {
  readonly backups: readonly BackupPlace[];
  readonly manifests: readonly ManifestPlace[];
}

export interface FoundPolicy extends FoundBackups {
  readonly gpts: readonly GptPlace[];
  /** Archives outside of these, which nobody opened. */
  readonly archives: readonly string[];
}

/** Finds every backup at or below a path by what lies in its folder; names of folders mean nothing. */
export function findBackups(reader: FileReader, path: string): FoundBackups {
  return searchPolicy(reader, path, "backup");
}

/**
 * Finds the GPTs of a SYSVOL export (its `Policies` folder, a single `{GUID}` folder) and the backups at or below a path,
 * in one walk that lists each folder once and goes into neither.
 *
 * @param only Null: both, told apart by what lies in a folder.
 * @param packed The path is an archive: it holds the folder that was packed, which does not count as a level.
 */
export function searchPolicy(
  reader: FileReader,
  path: string,
  only: "sysvol" | "backup" | null,
  packed = false,
): FoundPolicy {
  reader.listings.clear();
  const search = new PolicySearch(reader, only);
  search.visit(path, packed ? -1 : 0, false);
  return search;
}

class PolicySearch implements FoundPolicy {
  readonly gpts: GptPlace[] = [];
  readonly backups: BackupPlace[] = [];
  readonly manifests: ManifestPlace[] = [];
  readonly archives: string[] = [];
  readonly #reader: FileReader;
  readonly #only: "sysvol" | "backup" | null;

  constructor(reader: FileReader, only: "sysvol" | "backup" | null) {
    this.#reader = reader;
    this.#only = only;
  }

  /** @param beside In a `Policies` folder, but not a GPO of it: there are templates of GPOs that look like GPTs. */
  visit(folder: string, depth: number, beside: boolean): void {
    const entries = listFolder(this.#reader, folder);
    const guid = guidOfFolder(folder);
    const isGpo = guid !== null || isMorphed(folder);
    const addGpo = (): void => {
      if (guid === null) this.#reader.report("file.morphed-folder", folder);
      else if (!beside) this.#addGpt(folder, guid, depth, entries);
    };
    if (isGpo && (entries === null || holdsGpt(entries))) return addGpo();
    const gptNames = this.#only === "sysvol" ? null : backupLayout(this.#reader, folder);
    if (gptNames !== null) return this.#addBackup({ folder, gptNames }, depth);
    // Without a file that tells, it may be a GPO that could not be copied, or a folder around backups.
    const before = this.backups.length;
    if (!isGpo || this.#only !== "sysvol") this.#visitFolders(folder, entries ?? [], depth, beside || isGpo);
    if (isGpo && this.backups.length === before) addGpo();
  }

  #visitFolders(folder: string, entries: readonly VfsEntry[], depth: number, beside: boolean): void {
    // What lies too deep is looked for all the same: else nobody would know that it was not read.
    if (depth > limits.folderDepth) {
      const text = `folders deeper than ${limits.folderDepth} are not searched`;
      if (entries.some(({ kind }) => kind === "folder")) this.#reader.report("limit.exceeded", folder, text);
      return;
    }
    const before = this.backups.length;
    for (const { name, kind } of entries) {
      const path = joinPath(folder, name);
      if (kind === "link") this.#reader.report("file.link-skipped", path);
      if (kind === "file" && archiveEnding.test(name)) this.archives.push(path);
      if (kind !== "folder") continue;
      this.visit(path, depth + 1, beside || (isPoliciesFolder(folder) && guidOfFolder(path) === null));
    }
    if (this.#only !== "sysvol" && depth <= backupDepth)
      this.manifests.push(...findManifests(this.#reader, folder, this.backups.slice(before)));
  }

  #addGpt(folder: string, guid: string, depth: number, entries: readonly VfsEntry[] | null): void {
    if (this.#only === "backup") return;
    if (depth <= sysvolDepth + 1) {
      this.gpts.push({ folder, guid, domainLabel: labelAbove(folder), entries });
    } else if (entries === null || holdsGpt(entries)) {
      const text = `GPO folders in folders deeper than ${sysvolDepth} are not read`;
      this.#reader.report("limit.exceeded", folder, text);
    }
  }

  #addBackup(place: BackupPlace, depth: number): void {
    if (depth <= backupDepth) this.backups.push(place);
    else {
      const text = `backups deeper than ${backupDepth} folders are not read`;
      this.#reader.report("limit.exceeded", place.folder, text);
    }
  }
}
