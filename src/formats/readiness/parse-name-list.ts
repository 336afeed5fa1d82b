import type { Diagnostic } from "../../model/diagnostic.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Encoding, Location } from "../../model/location.ts";
import { decodeText } from "../text/decode.ts";
import { splitLines } from "../text/lines.ts";
import { refuseWhole } from "../text/whole-file.ts";

/** An account as a person wrote it. */
export interface ListedName {
  readonly name: string;
  /** Null where it was typed on the command line. */
  readonly location: Location | null;
}

export interface NameList {
  readonly encoding: Encoding;
  readonly bom: boolean;
  /** Each name once, in the order of the file. */
  readonly names: readonly ListedName[];
  /** False where a part of the file is lost. */
  readonly whole: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a list of accounts: one a line; `#` begins a comment, at the start of a line or after a blank. */
export function parseNameList(bytes: Uint8Array, path: string): NameList {
  const diagnostics = new DiagnosticCollector(path);
  if (refuseWhole(bytes, diagnostics) !== null)
    return { encoding: "binary", bom: false, names: [], whole: false, diagnostics: diagnostics.items };
  const { text, encoding, bom, lossy } = decodeText(bytes, diagnostics);
  const names = new Map<string, ListedName>();
  for (const { text: line, number } of splitLines(text)) {
    const name = line.replace(/(^|\s)#.*$/, "").trim();
    const key = name.toLowerCase();
    if (name !== "" && !names.has(key)) names.set(key, { name, location: { path, line: number } });
  }
  return { encoding, bom, names: [...names.values()], whole: !lossy, diagnostics: diagnostics.items };
}
