import { limits } from "../model/limits.ts";
import type { Vfs } from "./vfs.ts";

/** Largest report that is read as a stream. */
const streamedBytes = 4 * 1024 * 1024 * 1024;
const chunkLength = 256 * 1024;

/** The pieces of a file: as a stream where the Vfs can, else cut from the whole. */
export function chunksOf(vfs: Vfs, path: string, limit: number = streamedBytes): Iterable<Uint8Array> {
  return vfs.chunks?.(path, limit) ?? wholeInChunks(vfs, path, Math.min(limit, limits.directoryFileBytes));
}

function* wholeInChunks(vfs: Vfs, path: string, limit: number): Generator<Uint8Array> {
  const bytes = vfs.read(path, limit);
  for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.subarray(at, at + chunkLength);
}
