import type { ArchiveKind } from "./archive.ts";

/** So many bytes of a file are enough to tell what it is. */
export const headLength = 512;

const magics: readonly (readonly [kind: ArchiveKind, offset: number, bytes: readonly number[]])[] = [
  ["zip", 0, [0x50, 0x4b, 0x03, 0x04]],
  // Without entries, and in pieces.
  ["zip", 0, [0x50, 0x4b, 0x05, 0x06]],
  ["zip", 0, [0x50, 0x4b, 0x07, 0x08]],
  ["tar.gz", 0, [0x1f, 0x8b, 0x08]],
  ["tar", 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
  // bzip2, xz, Zstandard, 7-Zip, RAR, cabinet
  ["other", 0, [0x42, 0x5a, 0x68]],
  ["other", 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["other", 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ["other", 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["other", 0, [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["other", 0, [0x4d, 0x53, 0x43, 0x46, 0x00, 0x00, 0x00, 0x00]],
];

/** The kind of archive that a file with these first bytes is, by content alone; null: none. */
export function detectArchive(head: Uint8Array): ArchiveKind | null {
  const found = magics.find(([, offset, bytes]) => bytes.every((byte, i) => head[offset + i] === byte));
  return found?.[0] ?? null;
}
