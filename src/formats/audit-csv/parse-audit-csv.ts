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
  if (fault !== null) reader.damage(fault, "audit.csv is not intact text");
  if (decoded.encoding === "utf-16le" || decoded.encoding === "utf-16be") {
    // MS-GPAC 2.2 asks for UTF-8. A guessed 8-bit text differs from it in words only, so that one is no fault.
    diagnostics.atFile("audit.encoding", decoded.encoding);
    reader.doubt(
      "audit.encoding",
      `audit.csv is ${decoded.encoding} instead of UTF-8, and Windows may ignore it`,
    );
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

function encodingFault({ hadNul, lossy }: DecodedText): DiagnosticCode | null {
  if (hadNul) return "text.nul";
  return lossy ? "text.undecodable" : null;
}
