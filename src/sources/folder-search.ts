import type { FileReader } from "./file-reader.ts";
import { joinPath } from "./naming.ts";
import type { VfsEntry } from "./vfs.ts";
import { ReadError } from "./vfs.ts";

export interface Found {
  readonly path: string;
  readonly kind: VfsEntry["kind"];
}

/** Entries of a folder; null where it cannot be listed (reported). */
export function listFolder(reader: FileReader, folder: string): readonly VfsEntry[] | null {
  let entries = reader.listings.get(folder);
  if (entries === undefined) {
    entries = tryList(reader, folder);
    reader.listings.set(folder, entries);
  }
  return entries;
}

function tryList(reader: FileReader, folder: string): readonly VfsEntry[] | null {
  try {
    return reader.vfs.list(folder);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    reader.report("file.unreadable", folder, error.message);
    return null;
  }
}

/**
 * Walks down a path by names without regard to case: SYSVOL is served by a case-insensitive server, its copy often lies
 * on a file system that is not. Two entries that differ only by case are both followed, in name order.
 *
 * @param names Lower case.
 * @returns What stands at the end; an entry of kind `other` where a folder on the way could not be listed.
 */
export function findByNames(reader: FileReader, folder: string, names: readonly string[]): Found[] {
  let found: Found[] = [{ path: folder, kind: "folder" }];
  for (const name of names) {
    const next: Found[] = [];
    for (const { path, kind } of found) {
      if (kind !== "folder") {
        if (kind === "link" || kind === "other") next.push({ path, kind });
        continue;
      }
      const entries = listFolder(reader, path);
      if (entries === null) {
        next.push({ path, kind: "other" });
        continue;
      }
      for (const entry of entries) {
        if (entry.name.toLowerCase() === name)
          next.push({ path: joinPath(path, entry.name), kind: entry.kind });
      }
    }
    if (next.length > 1) for (const twin of next.slice(1)) reader.report("file.case-twin", twin.path);
    found = next;
  }
  return found;
}
