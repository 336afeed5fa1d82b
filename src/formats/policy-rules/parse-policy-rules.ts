import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Encoding } from "../../model/location.ts";
import type { XmlElement } from "../gpp-xml/xml-tree.ts";
import { parseXml } from "../gpp-xml/xml-tree.ts";
import { decodeText } from "../text/decode.ts";
import { lineNumbers } from "../text/lines.ts";
import { refuseWhole } from "../text/whole-file.ts";
import type { RulesPolicy } from "./rules-reader.ts";
import { RulesReader } from "./rules-reader.ts";

export interface PolicyRulesDocument {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** In the order in which the file first names them. */
  readonly policies: readonly RulesPolicy[];
  /** False where the file could not be read as what it is. */
  readonly readable: boolean;
}

/** Reads the rules that Policy Analyzer and GPO2PolicyRules write: the settings of one or many GPOs, row by row. */
export function parsePolicyRules(bytes: Uint8Array, path: string): PolicyRulesDocument {
  const diagnostics = new DiagnosticCollector(path);
  if (refuseWhole(bytes, diagnostics) !== null) return unreadable("binary", false, diagnostics);
  const { text, encoding, bom, hadNul, lossy } = decodeText(bytes, diagnostics);
  const root = hadNul || lossy ? null : readRoot(text, diagnostics);
  if (root === null) return unreadable(encoding, bom, diagnostics);
  const lineAt = lineNumbers(text);
  const reader = new RulesReader(path, diagnostics, ({ start }) => lineAt(start));
  for (const element of root.children) reader.add(element);
  return { encoding, bom, policies: reader.policies(), readable: true, diagnostics: diagnostics.items };
}

/** Whether a document begins as such a file does. */
export function looksLikePolicyRules(head: Uint8Array): boolean {
  const { text } = decodeText(head.subarray(0, head.length & ~1), new DiagnosticCollector(""));
  return /^\s*(?:<\?[^>]*>\s*|<!--[\s\S]*?-->\s*)*<PolicyRules[\s/>]/i.test(text);
}

function readRoot(text: string, diagnostics: DiagnosticCollector): XmlElement | null {
  const root = parseXml(text, diagnostics);
  if (root === null || root.name.toLowerCase() === "policyrules") return root;
  diagnostics.atFile("xml.root", root.name);
  return null;
}

function unreadable(encoding: Encoding, bom: boolean, diagnostics: DiagnosticCollector): PolicyRulesDocument {
  return { encoding, bom, policies: [], readable: false, diagnostics: diagnostics.items };
}
