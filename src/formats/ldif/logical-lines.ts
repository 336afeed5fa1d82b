import { splitLines } from "../text/lines.ts";

/** One line of LDIF with its continuations joined (RFC 2849, note 2). Blank lines are kept: they end a record. */
export interface LogicalLine {
  /** Number of the first physical line, from 1. */
  readonly number: number;
  readonly text: string;
  /** False only for a last line that no line end closes. */
  readonly closed: boolean;
}

/** Unfolds LDIF: a line that begins with a space or a tab continues the one before, without that one character. */
export function* unfoldLines(text: string): Generator<LogicalLine> {
  let pending: LogicalLine | null = null;
  for (const line of splitLines(text)) {
    const first = line.text.charCodeAt(0);
    const folded = first === space || first === tab;
    if (folded && pending !== null) {
      pending = { number: pending.number, text: pending.text + line.text.slice(1), closed: line.closed };
      continue;
    }
    if (pending !== null) yield pending;
    // White space with nothing to continue is what an editor makes of a blank line.
    const blank = line.text === "" || (folded && line.text.trim() === "");
    pending = blank ? null : line;
    if (blank) yield line.text === "" ? line : { ...line, text: "" };
  }
  if (pending !== null) yield pending;
}

const space = 0x20;
const tab = 0x09;
