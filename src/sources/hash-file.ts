import { createHash } from "node:crypto";
import { chunksOf } from "./report-chunks.ts";
import type { Vfs } from "./vfs.ts";

/** Size and SHA-256 of a file of any size, piece by piece. Throws ReadError. */
export function hashFile(vfs: Vfs, path: string): { readonly size: number; readonly sha256: string } {
  const hash = createHash("sha256");
  let size = 0;
  for (const chunk of chunksOf(vfs, path)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}
