import { diagnosticText } from "../model/diagnostic.ts";
import type { EvidenceKind } from "../model/evidence.ts";
import type { SourceKind } from "../model/source.ts";
import { readFoundBackups } from "./backup.ts";
import type { FileReader } from "./file-reader.ts";
import { guidOfFolder } from "./gpt-folder.ts";
import { readGpt } from "./gpt.ts";
import { baseName } from "./naming.ts";
import { searchPolicy } from "./policy-search.ts";
import { backupProposal, reportProposal, sysvolProposal } from "./proposals.ts";
import { readMeasured } from "./read-measured.ts";
import { readReport } from "./report.ts";
import type { FileSourceKind } from "./recognise-file.ts";
import { recogniseFile } from "./recognise-file.ts";
import type { SourceContent } from "./source-content.ts";
import { ContentCollector, unreadPlaces } from "./source-content.ts";
import { findSourceFiles } from "./source-files.ts";
import { ReadError } from "./vfs.ts";

/**
 * Reads what a PATH is by its content and layout: GPOs of SYSVOL and backups of a folder; where it has neither, the reports
 * and measurements in it; or one such file. What is nothing of that, or could not be looked into, is told as lost.
 *
 * @param as What the user says that it is; null: found out.
 * @param packed The path is an archive.
 */
export function readPath(
  reader: FileReader,
  path: string,
  as: SourceKind | null,
  packed: boolean,
): SourceContent {
  const content = new ContentCollector();
  if (kindOf(reader, path) === "folder") readFolder(reader, { path, as, packed }, content);
  else readNamedFile(reader, path, as, content);
  if (content.kinds.size === 0 && content.lost.length === 0) {
    const name = reader.naming.relative(path);
    content.addLost("source-unrecognised", name, nothingIn(as) + closedText(reader, name));
  }
  return content;
}

function kindOf(reader: FileReader, path: string): string {
  try {
    return reader.vfs.kindOf(path);
  } catch (error) {
    if (error instanceof ReadError) return "other";
    throw error;
  }
}

const nouns: Readonly<Record<SourceKind, string>> = {
  sysvol: "GPO folder",
  backup: "GPO backup",
  report: "GPO report",
  gpresult: "report of gpresult /x",
  auditpol: "auditpol CSV",
};

function nothingIn(as: SourceKind | null): string {
  return as === null
    ? "holds neither GPO folders of SYSVOL nor GPO backups, GPO reports, reports of gpresult /x or auditpol CSVs"
    : `holds no ${nouns[as]}, and --as ${as} says that it does`;
}

/** What in an archive without anything stayed closed. */
function closedText({ diagnostics }: FileReader, name: string): string {
  const codes = diagnostics.filter((diagnostic) => diagnostic.path === name).map(({ code }) => code);
  if (codes.includes("archive.nested")) return "; an archive inside it is not read: unpack it first";
  return codes.includes("archive.link") ? "; a link in it is not followed" : "";
}

interface Place {
  readonly path: string;
  readonly as: SourceKind | null;
  readonly packed: boolean;
}

function readFolder(reader: FileReader, place: Place, content: ContentCollector): void {
  const { path, as, packed } = place;
  if (as === null || as === "sysvol" || as === "backup") {
    readPolicy(reader, { path, packed, as }, content);
    if (as !== null || content.kinds.size > 0) return;
  }
  const from = reader.diagnostics.length;
  const files = findSourceFiles(reader, path, packed).filter(({ kind }) => as === null || kind === as);
  addUnread(reader, from, new Set(content.lost.map((lost) => lost.path)), content);
  for (const file of files) readFile(reader, file.path, file.kind, content);
}

function readPolicy(
  reader: FileReader,
  { path, packed, as }: Place & { readonly as: "sysvol" | "backup" | null },
  content: ContentCollector,
): void {
  const from = reader.diagnostics.length;
  const found = searchPolicy(reader, path, as, packed);
  // That a GPO cannot be listed is a fact of the GPO.
  addUnread(reader, from, new Set(found.gpts.map(({ folder }) => reader.naming.relative(folder))), content);
  for (const { code, path: link } of reader.diagnostics.slice(from)) {
    if (code === "file.link-skipped" && guidOfFolder(link) !== null)
      content.addLost(
        "source-incomplete",
        link,
        "is a link, which is not followed, and has the name of a GPO",
      );
  }
  content.addGpos(
    "sysvol",
    found.gpts.map((place) => sysvolProposal(readGpt(reader, place))),
  );
  content.archives.push(...found.archives.map((archive) => reader.naming.relative(archive)));
  const inBackups = reader.diagnostics.length;
  content.addGpos("backup", readFoundBackups(reader, found).map(backupProposal));
  for (const diagnostic of reader.diagnostics.slice(inBackups)) {
    if (diagnostic.code === "backup.identity")
      content.addLost("source-incomplete", diagnostic.path, diagnosticText(diagnostic));
  }
}

/** The folder in which a server keeps what it replicates is closed to everybody, and holds no policy. */
const closedFolder = "dfsrprivate";

function addUnread(
  reader: FileReader,
  from: number,
  known: ReadonlySet<string>,
  content: ContentCollector,
): void {
  for (const { path, text } of unreadPlaces(reader.diagnostics.slice(from))) {
    if (known.has(path) || baseName(path).toLowerCase() === closedFolder) continue;
    content.addLost("source-incomplete", path, text);
  }
}

function readNamedFile(
  reader: FileReader,
  path: string,
  as: SourceKind | null,
  content: ContentCollector,
): void {
  const name = reader.naming.relative(path);
  if (as === "sysvol" || as === "backup") {
    content.addLost("source-unrecognised", name, `is a file, and a ${nouns[as]} is a folder`);
    return;
  }
  const found = as === null ? recogniseFile(reader, path) : { kind: as };
  switch (found.kind) {
    case "archive":
      content.addLost("archive-refused", name, "the archive is too large to be opened, or cannot be read");
      break;
    case "unreadable":
      reader.report("file.unreadable", path, found.text);
      content.addLost("source-incomplete", name, `cannot be read: ${found.text}`);
      break;
    case "other":
      content.addLost("source-unrecognised", name, found.text);
      break;
    case "report":
    case "gpresult":
    case "auditpol":
      readFile(reader, path, found.kind, content);
      break;
  }
}

function readFile(reader: FileReader, path: string, kind: FileSourceKind, content: ContentCollector): void {
  if (kind === "report") readReportFile(reader, path, content);
  else readMeasurement(reader, path, kind, content);
}

function readReportFile(reader: FileReader, path: string, content: ContentCollector): void {
  const report = readReport(reader, path);
  content.addGpos("report", (report?.gpos ?? []).map(reportProposal));
  if (report?.complete === true) return;
  const text =
    report === null ? "the report cannot be read" : "the report breaks off, or GPOs of it cannot be read";
  content.addLost("source-incomplete", reader.naming.relative(path), text);
}

const evidenceKinds: Readonly<Record<"gpresult" | "auditpol", EvidenceKind>> = {
  gpresult: "RSoP report",
  auditpol: "auditpol csv",
};

function readMeasurement(
  reader: FileReader,
  path: string,
  kind: "gpresult" | "auditpol",
  content: ContentCollector,
): void {
  const { evidence, lost } = readMeasured(reader, { host: null, path });
  const own = evidence.filter(({ file }) => file.kind === evidenceKinds[kind]);
  content.lost.push(...lost);
  content.evidence.push(...own);
  if (own.length > 0) content.kinds.add(kind);
  else if (lost.length === 0) {
    content.addLost("evidence-unusable", reader.naming.relative(path), `is no ${nouns[kind]}`);
  }
}
