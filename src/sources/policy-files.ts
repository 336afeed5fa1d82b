import { parseAuditCsv } from "../formats/audit-csv/parse-audit-csv.ts";
import { parseGppRegistry } from "../formats/gpp-xml/parse-gpp-registry.ts";
import { parseGptIni } from "../formats/gpt-ini/parse-gpt-ini.ts";
import { parseGptTmpl } from "../formats/gpttmpl/parse-gpttmpl.ts";
import { parsePreg } from "../formats/preg/parse-preg.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { InspectedFile, InspectEntry } from "../model/inspect.ts";
import { limits } from "../model/limits.ts";
import type { Encoding, FileKind } from "../model/location.ts";
import type { FileReader } from "./file-reader.ts";
import { listFolder } from "./folder-search.ts";
import { baseName, joinPath } from "./naming.ts";

interface Inspected {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly entries: readonly InspectEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Recognised {
  readonly kind: FileKind;
  readonly parse: (bytes: Uint8Array, path: string) => Inspected;
}

const byName: Readonly<Record<string, Recognised>> = {
  "audit.csv": { kind: "audit.csv", parse: parseAuditCsv },
  "gpttmpl.inf": { kind: "GptTmpl.inf", parse: parseGptTmpl },
  "gpt.ini": { kind: "GPT.INI", parse: parseGptIni },
  "registry.xml": { kind: "GPP Registry.xml", parse: parseGppRegistry },
};
const byEnding: Readonly<Record<string, Recognised>> = {
  ".pol": { kind: "registry.pol", parse: parsePreg },
  ".inf": { kind: "security template", parse: parseGptTmpl },
  ".csv": { kind: "auditpol csv", parse: parseAuditCsv },
};

/** Reads every recognised policy file below a path, or the one file it names, in name order. */
export function inspectPath(reader: FileReader, path: string): InspectedFile[] {
  if (reader.vfs.kindOf(path) === "file") return inspectFile(reader, path, true);
  const files: InspectedFile[] = [];
  walk(reader, path, 0, files);
  return files;
}

function walk(reader: FileReader, folder: string, depth: number, files: InspectedFile[]): void {
  if (depth > limits.folderDepth) {
    reader.report("limit.exceeded", folder, `folders deeper than ${limits.folderDepth} are not read`);
    return;
  }
  reader.listings.clear();
  for (const entry of listFolder(reader, folder) ?? []) {
    const path = joinPath(folder, entry.name);
    if (entry.kind === "folder") walk(reader, path, depth + 1, files);
    else if (entry.kind === "file") files.push(...inspectFile(reader, path, false));
    else if (entry.kind === "link") reader.report("file.link-skipped", path);
    else if (recognise(path) !== null) reader.report("file.unreadable", path, "neither a file nor a folder");
  }
}

/** `named`: the user named the file, so that one of an unknown kind is worth a complaint. */
function inspectFile(reader: FileReader, path: string, named: boolean): InspectedFile[] {
  const recognised = recognise(path);
  if (recognised === null) {
    if (named) reader.report("file.unrecognised", path);
    return [];
  }
  const read = reader.read(path, recognised.kind, recognised.parse);
  if (read === null) return [];
  const { entries, diagnostics } = read.parsed;
  // Other programs write .inf and .csv files too: only those that hold policy are ours.
  const isOther = recognised.kind === "security template" || recognised.kind === "auditpol csv";
  if (isOther && !named && !looksLikePolicy(entries)) return [];
  return [{ file: read.file, entries, diagnostics }];
}

function recognise(path: string): Recognised | null {
  const name = baseName(path).toLowerCase();
  return byName[name] ?? byEnding[name.slice(name.lastIndexOf("."))] ?? null;
}

const templateSections = new Set([
  "system access", "event audit", "registry values", "privilege rights", "kerberos policy", "security log", "unicode",
]); // prettier-ignore

function looksLikePolicy(entries: readonly InspectEntry[]): boolean {
  return entries.some((entry) =>
    "section" in entry
      ? templateSections.has(entry.section.toLowerCase())
      : "kind" in entry && entry.kind !== undefined,
  );
}
