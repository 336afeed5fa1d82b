import { chunksOf } from "./report-chunks.ts";
import type { Vfs } from "./vfs.ts";

/** The same files, and one more that exists only in memory. */
export function withFile(base: Vfs, path: string, bytes: Uint8Array): Vfs {
  return {
    list: (folder) => base.list(folder),
    read: (wanted, limit) => (wanted === path ? bytes : base.read(wanted, limit)),
    chunks: (wanted, limit) => (wanted === path ? [bytes] : chunksOf(base, wanted, limit)),
    kindOf: (wanted) => (wanted === path ? "file" : base.kindOf(wanted)),
  };
}
