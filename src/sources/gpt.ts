import { parseAuditCsv } from "../formats/audit-csv/parse-audit-csv.ts";
import { parseGppRegistry } from "../formats/gpp-xml/parse-gpp-registry.ts";
import { parseGptIni } from "../formats/gpt-ini/parse-gpt-ini.ts";
import { parseGptTmpl } from "../formats/gpttmpl/parse-gpttmpl.ts";
import { templateHolds } from "../formats/gpttmpl/sections.ts";
import type { PolicyDocument } from "../formats/policy-document.ts";
import { parsePreg } from "../formats/preg/parse-preg.ts";
import type { Gpt, GptIni, Guid } from "../model/gpo.ts";
import type { Doubt, GptPart, PartKind, SettingKey, Write } from "../model/setting.ts";
import { auditSubcategoryPrefix, partKinds, registryValuePrefix } from "../model/setting.ts";
import type { FileReader } from "./file-reader.ts";
import type { Found } from "./folder-search.ts";
import { findByNames } from "./folder-search.ts";
import type { VfsEntry } from "./vfs.ts";

interface PartSource {
  /** Names below the GPT, lower case. */
  readonly names: readonly string[];
  readonly parse: (bytes: Uint8Array, path: string) => PolicyDocument;
  /** What a file that cannot be read may hold. */
  readonly holds: readonly SettingKey[];
}

const sources: Readonly<Record<PartKind, PartSource>> = {
  "registry.pol": { names: ["machine", "registry.pol"], parse: parsePreg, holds: [registryValuePrefix] },
  "GptTmpl.inf": {
    names: ["machine", "microsoft", "windows nt", "secedit", "gpttmpl.inf"],
    parse: parseGptTmpl,
    holds: templateHolds,
  },
  "GPP Registry.xml": {
    names: ["machine", "preferences", "registry", "registry.xml"],
    parse: parseGppRegistry,
    holds: [registryValuePrefix],
  },
  "audit.csv": {
    names: ["machine", "microsoft", "windows nt", "audit", "audit.csv"],
    parse: parseAuditCsv,
    holds: [auditSubcategoryPrefix],
  },
};

export interface GptPlace {
  /** Absolute path of the `{GUID}` folder. */
  readonly folder: string;
  readonly guid: Guid;
  readonly domainLabel: string | null;
  /** What lies in the folder; null: it could not be listed (reported). */
  readonly entries: readonly VfsEntry[] | null;
}

/** Reads the machine side of one GPT. Files of the user side, scripts and packages are not even listed. */
export function readGpt(reader: FileReader, place: GptPlace): Gpt {
  const { folder, entries } = place;
  reader.listings.clear();
  reader.listings.set(folder, entries);
  return {
    guid: place.guid,
    domainLabel: place.domainLabel,
    path: reader.naming.relative(folder),
    empty: entries?.length === 0,
    unreadable: entries === null ? { code: "gpt.unreadable", text: "its folder cannot be listed" } : null,
    gptIni: readGptIni(reader, folder),
    parts: readParts(reader, folder, []),
  };
}

/** Reads the policy files of the machine side. `names`, lower case, lead from the folder to the root of the GPT. */
export function readParts(reader: FileReader, folder: string, names: readonly string[]): GptPart[] {
  return partKinds.map((kind) => readPart(reader, folder, names, kind)).filter((part) => part !== null);
}

/** The part that a file of a GPT belongs to, by its names below the root in lower case; null: to none. */
export function partKindOf(names: readonly string[]): PartKind | null {
  return partKinds.find((kind) => sources[kind].names.join("/") === names.join("/")) ?? null;
}

/** A part whose file is known to exist and is not there: it may hold anything that such a file can hold. */
export function missingPart(kind: PartKind, path: string, doubt: Doubt): GptPart {
  const open = sources[kind].holds.map((keyPrefix) => ({ keyPrefix, doubt }));
  return { kind, paths: [path], writes: [], open, unreadable: false };
}

function readGptIni(reader: FileReader, folder: string): GptIni | null {
  const [found, ...more] = findByNames(reader, folder, ["gpt.ini"]).filter(({ kind }) => kind === "file");
  if (found === undefined) return null;
  const read = reader.read(found.path, "GPT.INI", parseGptIni);
  if (read === null) return null;
  // Which of two files the server would serve as GPT.INI is not known, so neither is the version.
  const machineVersion = more.length > 0 ? null : read.parsed.machineVersion;
  return { path: read.file.path, location: read.parsed.location, machineVersion };
}

function readPart(
  reader: FileReader,
  folder: string,
  names: readonly string[],
  kind: PartKind,
): GptPart | null {
  const found = findByNames(reader, folder, [...names, ...sources[kind].names]);
  const documents = found.map((item) => readDocument(reader, item, kind));
  const [first, ...rest] = documents;
  if (first === undefined) return null;
  const paths = found.map(({ path }) => reader.naming.relative(path));
  if (rest.length === 0) return { kind, paths, ...first };
  const twin: Doubt = {
    code: "file.case-twin",
    text: `${paths.join(" and ")} differ only by case, and Windows knows only one`,
  };
  return {
    kind,
    paths,
    writes: documents.flatMap(({ writes }) =>
      writes.map((write): Write => ({ ...write, doubt: write.doubt ?? twin })),
    ),
    open: documents.flatMap(({ open }) => open),
    unreadable: documents.some(({ unreadable }) => unreadable),
  };
}

type PartContent = Pick<GptPart, "writes" | "open" | "unreadable">;

function readDocument(reader: FileReader, { path, kind: entryKind }: Found, kind: PartKind): PartContent {
  const { parse, holds } = sources[kind];
  if (entryKind === "file") {
    const read = reader.read(path, kind, parse);
    if (read !== null) return { writes: read.parsed.writes, open: read.parsed.open, unreadable: false };
  } else if (entryKind === "link") {
    reader.report("file.link-skipped", path);
  }
  const doubt: Doubt = { code: "file.unreadable", text: `${reader.naming.relative(path)} could not be read` };
  return { writes: [], open: holds.map((keyPrefix) => ({ keyPrefix, doubt })), unreadable: true };
}
