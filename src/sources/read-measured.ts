import type { Evidence } from "../model/evidence.ts";
import { diagnosticText } from "../model/diagnostic.ts";
import type { LostSource } from "../model/source.ts";
import type { EvidenceArgument } from "./evidence.ts";
import { readEvidence } from "./evidence.ts";
import { FileReader } from "./file-reader.ts";
import { isSameHost } from "./host-name.ts";
import { joinPath } from "./naming.ts";
import type { VfsEntry } from "./vfs.ts";
import { ReadError } from "./vfs.ts";

/** Files that programs write beside what people keep: nothing is lost with them. */
const evidenceEnding = /\.(?:csv|inf|cfg|reg|xml|txt)$/i;

const notRead: ReadonlySet<string> = new Set([
  "file.unreadable",
  "file.too-large",
  "file.unrecognised",
  "file.link-skipped",
]);

/** Reads measured evidence, and tells what of it nobody can use. */
export function readMeasured(
  reader: FileReader,
  argument: EvidenceArgument,
): { readonly evidence: readonly Evidence[]; readonly lost: readonly LostSource[] } {
  const from = reader.diagnostics.length;
  const evidence = readEvidence(reader, argument);
  const name = reader.naming.relative(argument.path);
  const lost: LostSource[] = reader.diagnostics
    .slice(from)
    .filter(({ code }) => notRead.has(code))
    .map((diagnostic) => unusable(diagnostic.path, diagnosticText(diagnostic)));
  for (const { file } of evidence) {
    if (file.kind !== null) continue;
    if (file.path === name || evidenceEnding.test(file.path))
      lost.push(unusable(file.path, "is no evidence of a kind that is read here"));
  }
  if (evidence.every(({ file }) => file.kind === null) && lost.length === 0)
    lost.push(unusable(name, "holds no evidence"));
  return { evidence: evidence.filter(({ file }) => file.kind !== null), lost };
}

/**
 * An archive often holds one folder around what was packed. It names a computer only where nothing in it says otherwise.
 */
export function unpacked(reader: FileReader, argument: EvidenceArgument): EvidenceArgument {
  const [only, ...others] = tryList(reader, argument.path);
  if (argument.host !== null || only?.kind !== "folder" || others.length > 0) return argument;
  const inner = { host: null, path: joinPath(argument.path, only.name) };
  if (tryList(reader, inner.path).some(({ kind }) => kind === "folder")) return inner;
  const trial = readEvidence(new FileReader(reader.vfs, reader.naming), inner);
  const hosts = trial.flatMap(({ state }) => state.host ?? []);
  return hosts.some((host) => !isSameHost(host, only.name)) ? inner : argument;
}

function tryList(reader: FileReader, folder: string): readonly VfsEntry[] {
  try {
    return reader.vfs.list(folder);
  } catch (error) {
    // Whoever reads the folder says why it cannot be read.
    if (error instanceof ReadError) return [];
    throw error;
  }
}

function unusable(path: string, text: string): LostSource {
  return { code: "evidence-unusable", path, text };
}
