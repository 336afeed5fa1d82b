import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import { splitLines } from "../text/lines.ts";

/** One line of an INI file that says something. Blank lines and `;` comments do not; an inline `;` is data. */
export type IniItem =
  | (IniLine & { readonly kind: "section"; readonly name: string })
  | { readonly kind: "limit"; readonly line: number }
  /** A line with only one of the brackets: a header that something damaged. */
  | (IniLine & { readonly kind: "broken-section" })
  /** `section` is empty above the first header and below a broken one. */
  | (IniLine & { readonly kind: "row"; readonly section: string });

interface IniLine {
  /** Trimmed. */
  readonly text: string;
  readonly line: number;
  /** False for a last line without a line end, which may be cut. */
  readonly closed: boolean;
}

/** The lines of an INI file. Where a limit ends the reading, the last item says so. */
export function* readIni(text: string, diagnostics: DiagnosticCollector): Generator<IniItem> {
  let section = "";
  for (const { number, text: raw, closed } of splitLines(text)) {
    if (raw.length > limits.infLineLength || number > limits.infLines) {
      diagnostics.atLine("limit.exceeded", number);
      yield { kind: "limit", line: number };
      return;
    }
    const line = { text: raw.trim(), line: number, closed };
    if (line.text === "" || line.text.startsWith(";")) continue;
    const header = /^\[([^\]]*)\]\s*(;.*)?$/.exec(line.text);
    if (header !== null) {
      section = (header[1] ?? "").trim();
      yield { ...line, kind: "section", name: section };
    } else if (looksLikeHeader(line.text)) {
      // The rows below belong to no section that can be named.
      section = "";
      yield { ...line, kind: "broken-section" };
    } else {
      yield { ...line, kind: "row", section };
    }
  }
}

function looksLikeHeader(text: string): boolean {
  return text.startsWith("[") || (text.endsWith("]") && !/[[=,]/.test(text));
}
