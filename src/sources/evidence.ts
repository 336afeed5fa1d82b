import { parseEvidence } from "../formats/evidence/parse-evidence.ts";
import type { Evidence, MeasuredState, Measurement } from "../model/evidence.ts";
import { limits } from "../model/limits.ts";
import type { Doubt } from "../model/setting.ts";
import type { FileReader } from "./file-reader.ts";
import { sha256 } from "./file-reader.ts";
import { listFolder } from "./folder-search.ts";
import { joinPath } from "./naming.ts";
import { ReadError } from "./vfs.ts";

export interface EvidenceArgument {
  /** Null: the file or folder says itself whose it is. */
  readonly host: string | null;
  readonly path: string;
}

/** Splits `HOST=FILE`. No host holds a colon or a slash, so that `C:\a=b.csv` and `./a=b.csv` are paths. */
export function parseEvidenceArgument(text: string): EvidenceArgument {
  const [, host, path] = /^([^\\/:=]+)=(.+)$/s.exec(text) ?? [];
  return host === undefined || path === undefined ? { host: null, path: text } : { host: host.trim(), path };
}

/**
 * Reads what computers measured of themselves: one file, or a folder with a file or a folder for each host. What cannot be
 * read stands in the diagnostics of the reader.
 */
export function readEvidence(reader: FileReader, { host, path }: EvidenceArgument): Evidence[] {
  if (reader.vfs.kindOf(path) !== "folder") return readFile(reader, path, host, null);
  reader.listings.clear();
  return (listFolder(reader, path) ?? []).flatMap((entry) => {
    const below = joinPath(path, entry.name);
    if (entry.kind === "folder") return readHostFolder(reader, below, host ?? entry.name);
    if (entry.kind === "file") return readFile(reader, below, host, withoutEnding(entry.name));
    reader.report("file.link-skipped", below);
    return [];
  });
}

function readHostFolder(reader: FileReader, folder: string, host: string): Evidence[] {
  return (listFolder(reader, folder) ?? []).flatMap((entry) => {
    const path = joinPath(folder, entry.name);
    if (entry.kind === "file") return readFile(reader, path, host, null);
    reader.report("file.unrecognised", path, "expected are the files of one computer");
    return [];
  });
}

/**
 * @param named Whose it is by the word of the user or by its folder: the file must not say otherwise.
 * @param guessed Whose it is by its name, where it does not say so itself.
 */
function readFile(
  reader: FileReader,
  path: string,
  named: string | null,
  guessed: string | null,
): Evidence[] {
  const bytes = readBytes(reader, path);
  if (bytes === null) return [];
  const name = reader.naming.relative(path);
  const { state, encoding, bom, diagnostics } = parseEvidence(bytes, name);
  reader.diagnostics.push(...diagnostics);
  const file = { path: name, kind: state.kind, size: bytes.length, sha256: sha256(bytes), encoding, bom };
  if (named === null || state.host === null || sameHost(named, state.host)) {
    return [{ host: named ?? state.host ?? guessed, file, state }];
  }
  reader.report("evidence.host-differs", path, `${state.host}, not ${named}`);
  const text = `the file was measured on ${state.host}, not on ${named}`;
  return [{ host: named, file, state: discredit(state, { code: "evidence.host-differs", text }) }];
}

function readBytes(reader: FileReader, path: string): Uint8Array | null {
  try {
    return reader.vfs.read(path, limits.fileBytes);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    reader.report(error.code === "too-large" ? "file.too-large" : "file.unreadable", path, error.message);
    return null;
  }
}

/** auditpol writes the short name. Where one of two names is short, the first labels decide. */
function sameHost(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left.includes(".") && right.includes(".")) return left === right;
  return left.split(".")[0] === right.split(".")[0];
}

function discredit(state: MeasuredState, doubt: Doubt): MeasuredState {
  const settings = [...state.settings].map(
    ([key, measured]) => [key, { ...measured, value: null, doubt }] satisfies [string, Measurement],
  );
  return { ...state, settings: new Map(settings), listedKeys: new Set(), complete: false };
}

function withoutEnding(name: string): string {
  return name.replace(/\.[^.]*$/, "");
}
