import type { FileReader } from "./file-reader.ts";
import { listFolder } from "./folder-search.ts";
import { joinPath } from "./naming.ts";
import type { FileSourceKind } from "./recognise-file.ts";
import { recogniseFile } from "./recognise-file.ts";

/** How deep below PATH reports and measurements may lie. */
const fileDepth = 3;

/** What the programs write that make them; a file that is named is taken whatever its name. */
const endings = /\.(?:xml|csv)$/i;

export interface SourceFilePlace {
  readonly path: string;
  readonly kind: FileSourceKind;
}

/** Finds the reports and measurements at or below a folder, by content. `packed`: the folder is an archive. */
export function findSourceFiles(reader: FileReader, folder: string, packed: boolean): SourceFilePlace[] {
  const found: SourceFilePlace[] = [];
  reader.listings.clear();
  visit(reader, folder, packed ? -1 : 0, found);
  return found;
}

function visit(reader: FileReader, folder: string, depth: number, found: SourceFilePlace[]): void {
  for (const { name, kind } of listFolder(reader, folder) ?? []) {
    const path = joinPath(folder, name);
    if (kind === "folder" && depth <= fileDepth) visit(reader, path, depth + 1, found);
    if (kind !== "file" || !endings.test(name)) continue;
    const file = recogniseFile(reader, path);
    if (file.kind === "unreadable") reader.report("file.unreadable", path, file.text);
    if (file.kind === "unreadable" || file.kind === "archive" || file.kind === "other") continue;
    if (depth <= fileDepth) found.push({ path, kind: file.kind });
    else reader.report("limit.exceeded", path, `files deeper than ${fileDepth} folders are not read`);
  }
}
