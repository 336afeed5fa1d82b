import { sha256 } from "./file-reader.ts";
import { fsVfs } from "./fs-vfs.ts";
import { ReadError } from "./vfs.ts";

/** A file that people write, as it was read; `id` tells files apart, and `file` is what messages call it. */
export interface WrittenText {
  readonly id: string;
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
}

/** Nobody writes more by hand; a bigger file is no pack, register or configuration. */
const writtenLimit = 1024 * 1024;

/** Reads a text file in UTF-8; `path` is absolute. Throws ReadError. */
export function readTextFile(path: string, id: string, file: string): WrittenText {
  return toText(fsVfs.read(path, writtenLimit), id, file);
}

/** The text of bytes, wherever they come from. Throws ReadError where they are no text in UTF-8. */
export function toText(bytes: Uint8Array, id: string, file: string): WrittenText {
  if (bytes.length > writtenLimit)
    throw new ReadError("too-large", `${bytes.length} bytes, and the limit is ${writtenLimit}`);
  return { id, file, text: decode(bytes), sha256: sha256(bytes) };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ReadError("failed", "it is not UTF-8 text", { cause: error });
  }
}
