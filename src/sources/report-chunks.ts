import { closeSync, openSync, readSync } from "node:fs";
import { limits } from "../model/limits.ts";
import { fsVfs } from "./fs-vfs.ts";
import type { Vfs } from "./vfs.ts";
import { ReadError } from "./vfs.ts";

/** A Vfs that can hand out a file piece by piece, so that a large one never stands in memory as a whole. */
export interface ChunkedVfs extends Vfs {
  /** A piece is valid only until the next one is asked for. Throws only ReadError, in the middle too. */
  chunks(path: string, limit: number): Iterable<Uint8Array>;
}

/** Largest report that is read as a stream. */
const streamedBytes = 4 * 1024 * 1024 * 1024;
const chunkLength = 256 * 1024;

/** The pieces of a file: as a stream where the Vfs can, else cut from the whole. */
export function chunksOf(vfs: Vfs, path: string): Iterable<Uint8Array> {
  if (isChunked(vfs)) return vfs.chunks(path, streamedBytes);
  return vfs === fsVfs ? fileChunks(path, streamedBytes) : wholeInChunks(vfs, path);
}

/** The pieces of a file of this machine. */
function* fileChunks(path: string, limit: number): Generator<Uint8Array> {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const buffer = Buffer.allocUnsafe(chunkLength);
    let total = 0;
    for (;;) {
      const count = readSync(file, buffer);
      if (count === 0) return;
      total += count;
      if (total > limit) throw new ReadError("too-large", `more than ${limit} bytes`);
      yield buffer.subarray(0, count);
    }
  } catch (error) {
    if (error instanceof ReadError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const missing = code === "ENOENT" || code === "ENOTDIR";
    if (missing) throw new ReadError("missing", "no such file or folder", { cause: error });
    const denied = code === "EACCES" || code === "EPERM";
    throw new ReadError(
      denied ? "denied" : "failed",
      denied ? "access denied" : `reading failed with ${code}`,
      {
        cause: error,
      },
    );
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function* wholeInChunks(vfs: Vfs, path: string): Generator<Uint8Array> {
  const bytes = vfs.read(path, limits.directoryFileBytes);
  for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.subarray(at, at + chunkLength);
}

function isChunked(vfs: Vfs): vfs is ChunkedVfs {
  return "chunks" in vfs && typeof vfs.chunks === "function";
}
