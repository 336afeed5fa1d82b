import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { EvidenceKind } from "../../model/evidence.ts";
import { decodeText } from "../text/decode.ts";
import { refuseWhole } from "../text/whole-file.ts";
import type { EvidenceDocument } from "./evidence-document.ts";
import { nothingMeasured } from "./evidence-document.ts";
import { parseAuditpol } from "./parse-auditpol.ts";
import { parseReg } from "./parse-reg.ts";
import { parseSecedit } from "./parse-secedit.ts";

/** gpresult /x can be too large to be read as a whole: it comes another way. */
type WholeKind = Exclude<EvidenceKind, "RSoP report">;

const parsers: Readonly<Record<WholeKind, (bytes: Uint8Array, path: string) => EvidenceDocument>> = {
  "auditpol csv": parseAuditpol,
  "security template": parseSecedit,
  "registry export": parseReg,
};

/** Reads one file that a computer wrote about itself. Its content tells what it is, not its name. */
export function parseEvidence(bytes: Uint8Array, path: string): EvidenceDocument {
  const diagnostics = new DiagnosticCollector(path);
  if (refuseWhole(bytes, diagnostics) !== null) {
    return { encoding: "binary", bom: false, diagnostics: diagnostics.items, state: nothingMeasured };
  }
  const { text, encoding, bom } = decodeText(bytes, diagnostics);
  const kind = detect(text);
  // What is odd about the text is reported by the parser.
  if (kind !== null) return parsers[kind](bytes, path);
  diagnostics.atFile("evidence.unrecognised", hint);
  return { encoding, bom, diagnostics: diagnostics.items, state: nothingMeasured };
}

const hint = "use auditpol /backup, auditpol /get /category:* /r, secedit /export, reg export or gpresult /x";

const regHeader = /^\s*(Windows Registry Editor Version 5\.00|REGEDIT4)\s*$/m;
const templateHeader =
  /^\s*\[(Unicode|Version|System Access|Event Audit|Registry Values|Privilege Rights)\]\s*$/im;
/** Column 3 holds the GUID of a subcategory, in every language. */
const auditpolRow = /^(?:[^,\r\n]*,){3}\s*"?\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/im;

/** Only the start is looked at: a value further down may quote anything. */
function detect(text: string): WholeKind | null {
  const head = text.slice(0, 4096);
  if (regHeader.test(head.slice(0, 200))) return "registry export";
  if (templateHeader.test(head)) return "security template";
  return auditpolRow.test(head) ? "auditpol csv" : null;
}
