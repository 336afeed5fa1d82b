import { closeSync, openSync, readSync } from "node:fs";
import { fsVfs } from "../fs-vfs.ts";
import { ReadError } from "../vfs.ts";
import type { Archive } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { archiveLimits } from "./archive-limits.ts";
import { detectArchive, headLength } from "./detect.ts";
import { openArchive } from "./open-archive.ts";

/** Opens an archive on disk; null: the file is no archive, and only its first bytes were read. Throws ReadError. */
export async function openArchiveFile(
  path: string,
  name: string,
  limits: ArchiveLimits = archiveLimits,
): Promise<Archive | null> {
  if (detectArchive(readHead(path)) === null) return null;
  const bytes = fsVfs.read(path, limits.archiveBytes);
  return openArchive(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), path, name, limits);
}

function readHead(path: string): Uint8Array {
  const head = new Uint8Array(headLength);
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    return head.subarray(0, readSync(file, head));
  } catch (cause) {
    throw new ReadError("failed", "its first bytes could not be read", { cause });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
