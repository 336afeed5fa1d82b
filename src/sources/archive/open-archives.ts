import { fsVfs } from "../fs-vfs.ts";
import { ReadError } from "../vfs.ts";
import type { Archive } from "./archive.ts";
import { openArchiveFile } from "./open-archive-file.ts";

/**
 * Opens those of the paths that are archives by content. One that cannot be opened at all is left out: it stays the file that
 * it is, and whoever reads it says why not.
 */
export async function openArchives(paths: readonly string[]): Promise<ReadonlyMap<string, Archive>> {
  const archives = new Map<string, Archive>();
  for (const path of new Set(paths)) {
    const archive = await tryOpen(path);
    if (archive !== null) archives.set(path, archive);
  }
  return archives;
}

async function tryOpen(path: string): Promise<Archive | null> {
  try {
    return fsVfs.kindOf(path) === "file" ? await openArchiveFile(path, path) : null;
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}
