import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import { auditSubcategoryPrefix } from "../../model/setting.ts";
import type { DecodedText } from "../text/decode.ts";
import { decodeText } from "../text/decode.ts";
import { splitLines } from "../text/lines.ts";
import { refuseWhole } from "../text/whole-file.ts";
import type { AuditCsvDocument } from "./audit-csv-document.ts";
import { AuditCsvReader } from "./audit-csv-reader.ts";

/** Reads an audit.csv of a GPO, an `auditpol /backup` file, or the output of `auditpol /get /r`. */
export function parseAuditCsv(bytes: Uint8Array, path: string): AuditCsvDocument {
  const diagnostics = new DiagnosticCollector(path);
  const refused = refuseWhole(bytes, diagnostics);
  if (refused !== null) {
    const frame = { encoding: "binary", bom: false, layout: "gpo", diagnostics: diagnostics.items } as const;
    return {
      ...frame,
      entries: [],
      writes: [],
      open: [{ keyPrefix: auditSubcategoryPrefix, doubt: refused }],
    };
  }

  const reader = new AuditCsvReader(path, diagnostics);
  const decoded = decodeText(bytes, diagnostics);
  const fault = encodingFault(decoded);
  if (fault !== null) {
    if (fault === "audit.encoding") diagnostics.atFile(fault, decoded.encoding);
    reader.damage(fault, "audit.csv is not intact UTF-8 text, which Windows requires");
  }
  for (const { number, text, closed } of splitLines(decoded.text)) {
    if (number > limits.csvRows || text.length > limits.infLineLength) {
      diagnostics.atLine("limit.exceeded", number);
      reader.damage("limit.exceeded", `audit.csv was not read beyond line ${number}`);
      break;
    }
    if (text.trim() !== "") reader.add(text, number, closed);
  }
  return {
    encoding: decoded.encoding,
    bom: decoded.bom,
    ...reader.finish(),
    diagnostics: diagnostics.items,
  };
}

/** MS-GPAC 2.2 asks for UTF-8. A guessed 8-bit text differs from it in words only, so it is no fault here. */
function encodingFault({ encoding, hadNul, lossy }: DecodedText): DiagnosticCode | null {
  if (encoding === "utf-16le" || encoding === "utf-16be") return "audit.encoding";
  if (hadNul) return "text.nul";
  return lossy ? "text.undecodable" : null;
}
