/** The text of a file that people write (a pack, a register), with the name that messages call it by. */
export interface TextFile {
  /** Tells files apart, whatever they are called: an absolute path, or `bundled:NAME`. */
  readonly id: string;
  readonly file: string;
  readonly text: string;
  /** Of the bytes: evidence of what was checked. */
  readonly sha256: string;
}

/** One mistake in a file. */
export interface FileProblem {
  readonly file: string;
  /** Counted from 1, like `column`. */
  readonly line: number;
  readonly column: number;
  /** What was found and what was expected; a clause without full stop. */
  readonly text: string;
}

/** A problem as compilers print it, so that editors find the place. */
export function problemText({ file, line, column, text }: FileProblem): string {
  return `${file}:${line}:${column}: ${text}`;
}

/** Something out of a file, in a message: short, and without characters that a terminal would obey. */
export function shown(value: unknown): string {
  if (typeof value === "string") return `'${printable(value)}'`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return "nothing";
  return Array.isArray(value) ? "a list" : "a group of fields";
}

const longest = 80;

export function printable(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "?");
}

/** Names for people: "a, b or c". */
export function orList(items: readonly string[], word: "or" | "and" = "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}
