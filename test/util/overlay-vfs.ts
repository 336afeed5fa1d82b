import { fsVfs } from "../../src/sources/fs-vfs.ts";
import type { Vfs } from "../../src/sources/vfs.ts";
import { ReadError } from "../../src/sources/vfs.ts";

/** What to read instead of a real file: other bytes, or a failure. */
export type Replacement = Uint8Array | ReadError;

/** The real file system with some files replaced. */
export function overlayVfs(replaced: ReadonlyMap<string, Replacement>, base: Vfs = fsVfs): Vfs {
  return {
    list: (folder) => base.list(folder),
    kindOf: (path) => base.kindOf(path),
    read(path, limit) {
      const replacement = replaced.get(path);
      if (replacement === undefined) return base.read(path, limit);
      if (replacement instanceof ReadError) throw replacement;
      return replacement;
    },
  };
}
