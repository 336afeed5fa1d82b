import { joinPath } from "./naming.ts";
import { chunksOf } from "./report-chunks.ts";
import type { Vfs, VfsEntry } from "./vfs.ts";

/**
 * Some programs unpack an archive made on Windows into files whose *names* are whole paths with backslashes. Shows such
 * files where they belong: `a\b.txt` as `b.txt` in a folder `a`. On Windows no name holds a backslash, so nothing changes.
 */
export function backslashVfs(base: Vfs): Vfs {
  /** Real paths of files and folders that stand elsewhere than they show. */
  const real = new Map<string, string>();
  const folders = new Map<string, Map<string, VfsEntry>>();

  function place(folder: string, entry: VfsEntry): void {
    const names = entry.name.split("\\").filter((name) => name !== "" && name !== "." && name !== "..");
    let parent = folder;
    names.forEach((name, index) => {
      const isLast = index === names.length - 1;
      const path = joinPath(parent, name);
      entriesOf(parent).set(name, { name, kind: isLast ? entry.kind : "folder" });
      if (isLast) real.set(path, joinPath(folder, entry.name));
      parent = path;
    });
  }

  function entriesOf(folder: string): Map<string, VfsEntry> {
    let entries = folders.get(folder);
    if (entries === undefined) {
      entries = new Map();
      folders.set(folder, entries);
    }
    return entries;
  }

  return {
    list(folder) {
      const moved = folders.get(folder);
      const own =
        moved !== undefined && base.kindOf(folder) === "missing" ? [] : base.list(real.get(folder) ?? folder);
      for (const entry of own) if (entry.name.includes("\\")) place(folder, entry);
      const plain = own.filter(({ name }) => !name.includes("\\"));
      const added = [...(folders.get(folder)?.values() ?? [])].filter(
        ({ name }) => !plain.some((other) => other.name === name),
      );
      return [...plain, ...added].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    read: (path, limit) => base.read(real.get(path) ?? path, limit),
    chunks: (path, limit) => chunksOf(base, real.get(path) ?? path, limit),
    kindOf: (path) => (folders.has(path) && !real.has(path) ? "folder" : base.kindOf(real.get(path) ?? path)),
  };
}
