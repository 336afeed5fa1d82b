export interface CsvFields {
  readonly fields: readonly string[];
  /** False where a quotation mark has no partner in the line, or where text follows a closing one. */
  readonly regular: boolean;
}

/** A quoted field with what follows it up to the comma, or a plain field (RFC 4180, 2). */
const field = /\s*"((?:[^"]|"")*)"([^,]*)(,|$)|([^,]*)(,|$)/y;

/** Splits one line. A quoted field never goes on in the next line: no audit.csv needs it, and a lost mark would swallow rows. */
export function splitFields(line: string): CsvFields {
  if (!line.includes('"')) return { fields: line.split(","), regular: true };
  const fields: string[] = [];
  let regular = line.split('"').length % 2 === 1;
  field.lastIndex = 0;
  for (let match = field.exec(line); match !== null; match = field.exec(line)) {
    const [, quoted, after = "", quotedEnd, plain = "", plainEnd] = match;
    if (quoted !== undefined && after.trim() !== "") regular = false;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if ((quotedEnd ?? plainEnd) !== ",") break;
  }
  return { fields, regular };
}
