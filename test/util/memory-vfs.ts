import type { Vfs, VfsEntry } from "../../src/sources/vfs.ts";
import { ReadError } from "../../src/sources/vfs.ts";

/** Files that stand nowhere but in memory, by their absolute path. */
export function memoryVfs(files: ReadonlyMap<string, Uint8Array>): Vfs {
  const below = (folder: string): readonly string[] => {
    const start = folder.endsWith("/") ? folder : `${folder}/`;
    return [...files.keys()].filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  };
  return {
    list(folder) {
      const entries = new Map<string, VfsEntry["kind"]>();
      for (const path of below(folder)) {
        const [name = "", ...rest] = path.split("/");
        entries.set(name, rest.length === 0 ? "file" : "folder");
      }
      return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, kind]) => ({ name, kind }));
    },
    kindOf(path) {
      if (files.has(path)) return "file";
      return below(path).length > 0 ? "folder" : "missing";
    },
    read(path, limit) {
      const bytes = files.get(path);
      if (bytes === undefined) throw new ReadError("missing", "there is no such file");
      if (bytes.length > limit) throw new ReadError("too-large", "it is too large");
      return bytes;
    },
  };
}
