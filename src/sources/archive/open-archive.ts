import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";
import { sha256 } from "../file-reader.ts";
import type { Vfs } from "../vfs.ts";
import { ReadError } from "../vfs.ts";
import type { Archive, ArchiveEntry, ArchiveKind } from "./archive.ts";
import { ArchiveFault } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { archiveLimits } from "./archive-limits.ts";
import { detectArchive, headLength } from "./detect.ts";
import { placeEntry, quoteName } from "./entry-name.ts";
import { EntryTree } from "./entry-tree.ts";
import { gunzip } from "./gunzip.ts";
import { readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";

/**
 * Opens an archive that lies in memory; null: it is none. Nothing is written to disk. What an archive holds is a fact only
 * if all of it is: one that is cut, that reaches out of itself or inflates beyond the limits is refused as a whole, and
 * every question about its content fails.
 *
 * @param path Absolute path of the archive, under which its entries are addressed.
 * @param name What reports call it.
 */
export async function openArchive(
  bytes: Buffer,
  path: string,
  name: string,
  limits: ArchiveLimits = archiveLimits,
): Promise<Archive | null> {
  const kind = detectArchive(bytes.subarray(0, headLength));
  if (kind === null) return null;
  const diagnostics = new DiagnosticCollector(name);
  const facts = { kind, diagnostics: diagnostics.items, size: bytes.length, sha256: sha256(bytes) };
  try {
    const entries = await readEntries(bytes, kind, limits);
    return { ...facts, vfs: buildTree(entries, limits, diagnostics).vfs(path), damaged: false };
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    diagnostics.atFile(error.code, error.message);
    return { ...facts, vfs: refusedVfs(path, error), damaged: true };
  }
}

async function readEntries(
  bytes: Buffer,
  kind: ArchiveKind,
  limits: ArchiveLimits,
): Promise<readonly ArchiveEntry[]> {
  switch (kind) {
    case "zip":
      return readZip(bytes, limits);
    case "tar":
      return readTar(bytes, limits);
    case "tar.gz": {
      const tar = await gunzip(bytes, limits);
      if (detectArchive(tar.subarray(0, headLength)) !== "tar") {
        throw new ArchiveFault("archive.kind", "the compressed file holds no tar archive");
      }
      return readTar(tar, limits);
    }
    case "other":
      throw new ArchiveFault("archive.kind", "pack it again as .zip, .tar or .tar.gz");
  }
}

const nestedEnding = /\.(zip|tar|gz|tgz|bz2|tbz2?|xz|txz|zst|7z|rar|cab)$/i;

function buildTree(
  entries: readonly ArchiveEntry[],
  limits: ArchiveLimits,
  diagnostics: DiagnosticCollector,
): EntryTree {
  const tree = new EntryTree(limits.entries);
  const notes = new Notes();
  for (const entry of entries) {
    const { names, folder, backslashes } = placeEntry(entry.name, limits);
    const kind = folder && entry.kind === "file" ? "folder" : entry.kind;
    if (backslashes) notes.add("archive.backslash", entry);
    if (entry.nameGuessed) notes.add("archive.name-encoding", entry);
    if (kind === "link") notes.add("archive.link", entry);
    if (kind === "file" && entry.refusal !== null) notes.add(entry.refusal.code, entry);
    if (kind === "file" && nestedEnding.test(entry.name)) notes.add("archive.nested", entry);
    if (!tree.add(names, { ...entry, kind })) notes.add("archive.duplicate", entry);
  }
  notes.report(diagnostics);
  return tree;
}

/** Says a thing once for an archive, however many of its entries it is true of. */
class Notes {
  readonly #entries = new Map<DiagnosticCode, { readonly first: string; count: number }>();

  add(code: DiagnosticCode, { name, refusal }: ArchiveEntry): void {
    const note = this.#entries.get(code);
    if (note !== undefined) note.count++;
    else
      this.#entries.set(code, {
        first: quoteName(name) + (code === refusal?.code ? `: ${refusal.text}` : ""),
        count: 1,
      });
  }

  report(diagnostics: DiagnosticCollector): void {
    for (const [code, { first, count }] of this.#entries)
      diagnostics.atFile(code, count === 1 ? first : `${first}, and ${count - 1} more`);
  }
}

function refusedVfs(path: string, fault: ArchiveFault): Vfs {
  const fail = (): never => {
    throw new ReadError("failed", `the archive was refused: ${fault.message}`);
  };
  // Still a folder, so that whoever lists it hears why it cannot.
  return { list: fail, read: fail, kindOf: (wanted) => (wanted === path ? "folder" : fail()) };
}
