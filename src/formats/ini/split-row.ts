/** `key = value`, both trimmed and the key without its quotation marks; null: no `=`. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Splits a row at its first `=`. */
export function splitKeyValue(text: string): KeyValue | null {
  const equals = text.indexOf("=");
  return equals < 0 ? null : { key: unquote(text.slice(0, equals)), value: text.slice(equals + 1).trim() };
}

/** Takes away white space and one pair of quotation marks. */
export function unquote(text: string): string {
  const trimmed = text.trim();
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return quoted ? trimmed.slice(1, -1) : trimmed;
}

/**
 * Splits at commas outside quotation marks and drops the marks: `a)"," b,c` is `a), b` and `c` (MS-GPSB 2.2.5).
 * An empty text has no fields.
 */
export function splitQuoted(text: string): readonly string[] {
  if (text === "") return [];
  const fields: string[] = [];
  let field = "";
  for (const [i, piece] of text.split('"').entries()) {
    // Odd pieces stand between quotation marks: their commas are text.
    const [first = "", ...rest] = i % 2 === 1 ? [piece] : piece.split(",");
    field += first;
    for (const next of rest) {
      fields.push(field);
      field = next;
    }
  }
  fields.push(field);
  return fields;
}

/** Whether every quotation mark has its partner. */
export function quotesBalance(text: string): boolean {
  return text.split('"').length % 2 === 1;
}
