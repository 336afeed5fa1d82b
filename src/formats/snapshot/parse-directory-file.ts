import type { LdifDocument } from "../ldif/parse-ldif.ts";
import { parseLdif } from "../ldif/parse-ldif.ts";
import type { SnapshotDocument } from "./parse-snapshot.ts";
import { parseSnapshot } from "./parse-snapshot.ts";

export type DirectoryDocument =
  | SnapshotDocument
  | (LdifDocument & { readonly kind: "LDIF"; readonly header: null });

/** Reads a directory file of either kind, told apart by content: no LDIF begins with a brace. */
export function parseDirectoryFile(bytes: Uint8Array, path: string): DirectoryDocument {
  if (beginsWithBrace(bytes)) return parseSnapshot(bytes, path);
  return { ...parseLdif(bytes, path), kind: "LDIF", header: null };
}

/** The first byte that is neither of a byte order mark, nor white space, nor the NUL half of a UTF-16 character. */
function beginsWithBrace(bytes: Uint8Array): boolean {
  const skipped = new Set([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00, 0x09, 0x0a, 0x0d, 0x20]);
  return bytes.subarray(0, 64).find((byte) => !skipped.has(byte)) === 0x7b;
}
