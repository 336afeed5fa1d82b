import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeZip } from "./zip-writer.ts";

/** A zip of every file of a folder on disk, below `name`. */
export function packFolder(folder: string, name: string): Buffer {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return writeZip(
    paths.map((path) => ({
      name: `${name}${path.slice(folder.length).replaceAll("\\", "/")}`,
      data: readFileSync(path),
    })),
  );
}
