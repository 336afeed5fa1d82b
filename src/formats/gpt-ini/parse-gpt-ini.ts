import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { InspectEntry } from "../../model/inspect.ts";
import type { TextLocation } from "../../model/location.ts";
import { readIni } from "../ini/read-ini.ts";
import { splitKeyValue } from "../ini/split-row.ts";
import type { PolicyDocument } from "../policy-document.ts";
import { decodeText } from "../text/decode.ts";
import { maxUint32 } from "../text/numbers.ts";
import { refuseWhole } from "../text/whole-file.ts";

export interface GptIni extends Pick<PolicyDocument, "encoding" | "bom" | "entries" | "diagnostics"> {
  /** Null where the version cannot be known. */
  readonly machineVersion: number | null;
  readonly userVersion: number | null;
  /** The version's line; where there is none, the line that stands for the file. */
  readonly location: TextLocation;
}

/** Reads a GPT.INI (MS-GPOL 2.2.4): the version of a GPT, user half above machine half. */
export function parseGptIni(bytes: Uint8Array, path: string): GptIni {
  const diagnostics = new DiagnosticCollector(path);
  const none = { machineVersion: null, userVersion: null, location: { path, line: 1 } };
  if (refuseWhole(bytes, diagnostics) !== null) {
    return { encoding: "binary", bom: false, entries: [], diagnostics: diagnostics.items, ...none };
  }
  const { text, encoding, bom, hadNul, lossy } = decodeText(bytes, diagnostics);
  if (encoding === "utf-16le" || encoding === "utf-16be") diagnostics.atFile("gpt-ini.encoding", encoding);

  const { entries, versions, generalLine, complete } = readRows(text, diagnostics);
  if (generalLine === null) diagnostics.atFile("gpt-ini.no-general");
  else if (versions.length === 0) diagnostics.atLine("gpt-ini.no-version", generalLine);
  if (versions.length > 1) diagnostics.atLine("gpt-ini.version-repeated", versions.at(-1)?.line ?? 1);

  const numbers = versions.map(({ line, value }) => {
    const version = readVersion(value);
    if (version === null) diagnostics.atLine("gpt-ini.version", line, value);
    return version;
  });
  // Which of two different versions Windows takes is not documented, and damaged text has none.
  const [version = null] = numbers;
  const certain = complete && !hadNul && !lossy && numbers.every((number) => number === version);
  const known = certain ? version : null;
  return {
    encoding,
    bom,
    entries,
    diagnostics: diagnostics.items,
    machineVersion: known === null ? null : known & 0xffff,
    userVersion: known === null ? null : known >>> 16,
    location: { path, line: versions.at(-1)?.line ?? generalLine ?? 1 },
  };
}

interface VersionRow {
  readonly line: number;
  readonly value: string;
}

interface Rows {
  readonly entries: readonly InspectEntry[];
  readonly versions: readonly VersionRow[];
  /** Line of `[General]`. */
  readonly generalLine: number | null;
  /** False where a limit or a broken header may hide a version. */
  readonly complete: boolean;
}

function readRows(text: string, diagnostics: DiagnosticCollector): Rows {
  const entries: InspectEntry[] = [];
  const versions: VersionRow[] = [];
  let generalLine: number | null = null;
  let complete = true;
  for (const item of readIni(text, diagnostics)) {
    if (item.kind === "section") {
      if (item.name.toLowerCase() === "general") generalLine ??= item.line;
      continue;
    }
    const pair = item.kind === "row" ? splitKeyValue(item.text) : null;
    if (item.kind !== "row" || pair === null) {
      if (item.kind !== "limit") diagnostics.atLine("gpt-ini.row-malformed", item.line, item.text);
      if (item.kind !== "row") complete = false;
      continue;
    }
    const { line, section } = item;
    entries.push({ section, key: pair.key, value: pair.value, line });
    if (section.toLowerCase() === "general" && pair.key.toLowerCase() === "version") {
      versions.push({ line, value: pair.value });
    }
  }
  return { entries, versions, generalLine, complete };
}

function readVersion(text: string): number | null {
  if (!/^\d{1,15}$/.test(text)) return null;
  const version = Number(text);
  return version <= maxUint32 ? version : null;
}
