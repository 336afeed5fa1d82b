import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt } from "../../model/setting.ts";
import { readIni } from "../ini/read-ini.ts";
import type { PolicyDocument } from "../policy-document.ts";
import type { DecodedText } from "../text/decode.ts";
import { decodeText } from "../text/decode.ts";
import { refuseWhole } from "../text/whole-file.ts";
import { TemplateReader } from "./template-reader.ts";

/** Reads a security template: GptTmpl.inf of a GPO, or one exported by secedit. */
export function parseGptTmpl(bytes: Uint8Array, path: string): PolicyDocument {
  const diagnostics = new DiagnosticCollector(path);
  const refused = refuseWhole(bytes, diagnostics);
  if (refused !== null) {
    const reader = new TemplateReader(path, diagnostics, refused);
    reader.lose(refused);
    return { encoding: "binary", bom: false, ...reader.finish(), diagnostics: diagnostics.items };
  }

  const decoded = decodeText(bytes, diagnostics);
  const doubt = formDoubt(decoded);
  if (doubt !== null) diagnostics.atFile("inf.encoding", decoded.encoding);
  const reader = new TemplateReader(path, diagnostics, doubt);
  // Characters were lost, or everything was: any row may be missing or misread.
  if (doubt !== null && (decoded.hadNul || decoded.lossy || decoded.text === "")) reader.lose(doubt);
  for (const item of readIni(decoded.text, diagnostics)) reader.add(item);
  reader.checkSections();
  return {
    encoding: decoded.encoding,
    bom: decoded.bom,
    ...reader.finish(),
    diagnostics: diagnostics.items,
  };
}

/** A template that is not what MS-GPSB 2.2 asks for may be ignored as a whole (MS-GPSB 3.2.5). */
function formDoubt({ encoding, bom, hadNul, lossy, text }: DecodedText): Doubt | null {
  if (hadNul)
    return { code: "text.nul", text: "the template contains NUL characters, so something overwrote it" };
  if (lossy) return { code: "text.undecodable", text: "the template is cut or holds bytes that are no text" };
  if (text === "") return { code: "inf.truncated", text: "the template is empty" };
  if (encoding === "utf-16le" && bom) return null;
  const found = encoding === "utf-16le" ? "utf-16le without byte order mark" : encoding;
  return {
    code: "inf.encoding",
    text: `the template is ${found} instead of UTF-16LE with byte order mark, and Windows may ignore it`,
  };
}
