import { chunksOf } from "../report-chunks.ts";
import type { Vfs } from "../vfs.ts";

/**
 * Shows archives as folders of a file system. In the folder that holds it, an archive still is the file that it is.
 *
 * @param archives By the absolute path of each archive.
 */
export function mountArchives(base: Vfs, archives: ReadonlyMap<string, Vfs>): Vfs {
  if (archives.size === 0) return base;
  const at = (path: string): Vfs => {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const archive = archives.get(path.slice(0, end));
      if (archive !== undefined) return archive;
    }
    return base;
  };
  return {
    list: (folder) => at(folder).list(folder),
    read: (path, limit) => at(path).read(path, limit),
    chunks: (path, limit) => chunksOf(at(path), path, limit),
    kindOf: (path) => at(path).kindOf(path),
  };
}
