import { parseEvidence } from "../formats/evidence/parse-evidence.ts";
import type { Evidence, EvidenceKind, MeasuredState, Measurement } from "../model/evidence.ts";
import type { Doubt } from "../model/setting.ts";
import type { FileReader } from "./file-reader.ts";
import { listFolder } from "./folder-search.ts";
import { isSameHost, parseHostName } from "./host-name.ts";
import { joinPath } from "./naming.ts";
import { readRsopReport, recogniseReport } from "./report.ts";
import { measureRsop, simulationDoubt } from "./rsop-evidence.ts";

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
 * Reads what computers measured of themselves: one file, or a folder with a file or a folder for each host. Every file
 * that was read is added to the files of the reader; what cannot be read stands in its diagnostics.
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
  const found = readState(reader, path);
  if (found === null) return [];
  const { file, state } = found;
  if (named === null || state.host === null) return [{ host: named ?? state.host ?? guessed, file, state }];
  if (isSameHost(named, state.host)) {
    // A short name may fit computers of several domains: what names the domain says more.
    const host = isShort(named) && !isShort(state.host) ? state.host : named;
    return [{ host, file, state }];
  }
  reader.report("evidence.host-differs", path, `${state.host}, not ${named}`);
  const text = `the file was measured on ${state.host}, not on ${named}`;
  return [{ host: named, file, state: discredit(state, { code: "evidence.host-differs", text }) }];
}

function isShort(host: string): boolean {
  return parseHostName(host).domain === null;
}

/** Null where the file cannot be read (reported). */
function readState(reader: FileReader, path: string): Pick<Evidence, "file" | "state"> | null {
  const complaints = reader.diagnostics.length;
  const kind = recogniseReport(reader, path);
  if (reader.diagnostics.length > complaints) return null;
  if (kind === "rsop-report") return readRsop(reader, path);
  const read = reader.read(path, kindByEnding(path), (bytes, name) => {
    const document = parseEvidence(bytes, name);
    return document.state.kind === null ? document : { ...document, kind: document.state.kind };
  });
  if (read === null) return null;
  const { state } = read.parsed;
  return { file: { ...read.file, kind: state.kind }, state };
}

function readRsop(reader: FileReader, path: string): Pick<Evidence, "file" | "state"> | null {
  const report = readRsopReport(reader, path);
  const file = reader.files.at(-1);
  if (report === null || file === undefined) return null;
  const simulated = simulationDoubt(report);
  if (simulated !== null) reader.report("evidence.planned", path, simulated.text);
  return { file: { ...file, kind: "RSoP report" }, state: measureRsop(report) };
}

/** What a file that is nothing of that was taken for. */
function kindByEnding(path: string): EvidenceKind {
  if (/\.reg$/i.test(path)) return "registry export";
  if (/\.(inf|cfg)$/i.test(path)) return "security template";
  return /\.xml$/i.test(path) ? "RSoP report" : "auditpol csv";
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
