/** One object as a test describes it; several attributes may have the same name. */
export interface LdifRecord {
  readonly dn: string;
  readonly attributes: readonly (readonly [name: string, value: string | Uint8Array])[];
}

export interface LdifStyle {
  /** Physical lines are at most this long; 0: never folded. */
  readonly width?: number;
  readonly lineEnd?: string;
  /** The character that begins a continuation. */
  readonly fold?: " " | "\t";
}

/** Writes LDIF as RFC 2849 wants it: base64 where a value is binary, not ASCII, or begins or ends oddly. */
export function writeLdif(records: readonly LdifRecord[], style: LdifStyle = {}): string {
  const { width = 76, lineEnd = "\n", fold = " " } = style;
  const lines: string[] = [];
  for (const { dn, attributes } of records) {
    for (const [name, value] of [["dn", dn] as const, ...attributes]) {
      lines.push(...foldLine(attributeLine(name, value), width, fold));
    }
    lines.push("");
  }
  return lines.map((line) => line + lineEnd).join("");
}

function attributeLine(name: string, value: string | Uint8Array): string {
  if (typeof value === "string" && /^(?:[!-9;=-~][ -~]*[!-~]|[!-9;=-~]|)$/.test(value))
    return `${name}: ${value}`;
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return `${name}:: ${Buffer.from(bytes).toString("base64")}`;
}

function foldLine(line: string, width: number, fold: string): string[] {
  if (width === 0 || line.length <= width) return [line];
  const parts = [line.slice(0, width)];
  for (let i = width; i < line.length; i += width - 1) parts.push(fold + line.slice(i, i + width - 1));
  return parts;
}
