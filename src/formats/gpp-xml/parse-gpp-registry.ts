import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt, GptPart } from "../../model/setting.ts";
import { registryValuePrefix } from "../../model/setting.ts";
import type { PolicyDocument } from "../policy-document.ts";
import { decodeText } from "../text/decode.ts";
import { isUserSide } from "../text/gpo-side.ts";
import { lineNumbers } from "../text/lines.ts";
import { refuseWhole } from "../text/whole-file.ts";
import { ItemReader } from "./item-reader.ts";
import type { XmlElement } from "./xml-tree.ts";
import { parseXml } from "./xml-tree.ts";

/** Reads a Registry.xml of Group Policy Preferences (MS-GPPREF 2.2.1.10). User-side files write nothing to the machine. */
export function parseGppRegistry(bytes: Uint8Array, path: string): PolicyDocument {
  const diagnostics = new DiagnosticCollector(path);
  const machine = !isUserSide(path);
  const refused = refuseWhole(bytes, diagnostics);
  if (refused !== null) {
    const frame = { encoding: "binary", bom: false, diagnostics: diagnostics.items } as const;
    return { ...frame, entries: [], writes: [], open: machine ? openAll(refused) : [] };
  }

  const { text, encoding, bom, hadNul, lossy } = decodeText(bytes, diagnostics);
  const frame = { encoding, bom, diagnostics: diagnostics.items };
  const root = hadNul || lossy ? null : readRoot(text, diagnostics);
  if (root === null) {
    const doubt = { code: "gpp.malformed", text: "Registry.xml cannot be read as XML" };
    return { ...frame, entries: [], writes: [], open: machine ? openAll(doubt) : [] };
  }
  const lineAt = lineNumbers(text);
  const reader = new ItemReader(
    path,
    diagnostics,
    ({ start }) => lineAt(start),
    ({ start }) => quoteTag(text, start),
  );
  reader.addAll(root);
  return {
    ...frame,
    entries: reader.entries,
    writes: machine ? reader.writes : [],
    open: machine ? reader.open : [],
  };
}

function readRoot(text: string, diagnostics: DiagnosticCollector): XmlElement | null {
  const root = parseXml(text, diagnostics);
  if (root === null || root.name === "RegistrySettings") return root;
  diagnostics.atFile("gpp.root", root.name);
  return null;
}

function openAll(doubt: Doubt): GptPart["open"] {
  return [{ keyPrefix: registryValuePrefix, doubt }];
}

const quoteLength = 2000;

/** The start tag as it stands in the file. */
function quoteTag(text: string, start: number): string {
  const source = text.slice(start, start + quoteLength);
  const tag = /^<(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(source)?.[0] ?? `${source}...`;
  return tag.replace(/\s+/g, " ");
}
