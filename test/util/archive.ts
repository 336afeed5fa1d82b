import type { Archive } from "../../src/sources/archive/archive.ts";
import { openArchive } from "../../src/sources/archive/open-archive.ts";
import type { VfsEntry } from "../../src/sources/vfs.ts";

export const archivePath = "/in/export.zip";

export async function open(bytes: Buffer): Promise<Archive> {
  const archive = await openArchive(bytes, archivePath, "export.zip");
  if (archive === null) throw new Error("not taken for an archive");
  return archive;
}

/** Everything in an archive: path below it, and content as text, or why it cannot be read. */
export function contents({ vfs }: Pick<Archive, "vfs">, folder = archivePath): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, kind } of vfs.list(folder)) {
    const path = `${folder}/${name}`;
    if (kind === "folder") Object.assign(found, contents({ vfs }, path));
    found[path.slice(archivePath.length + 1)] = describe(vfs, path, kind);
  }
  return found;
}

function describe(vfs: Archive["vfs"], path: string, kind: VfsEntry["kind"]): string {
  if (kind !== "file") return `<${kind}>`;
  try {
    return new TextDecoder().decode(vfs.read(path, 1024 * 1024));
  } catch (error) {
    return error instanceof Error ? `! ${error.message}` : "!";
  }
}

/** `code: detail` of every diagnostic. */
export function notes({ diagnostics }: Archive): readonly string[] {
  return diagnostics.map(({ code, detail }) => `${code}: ${detail}`);
}
