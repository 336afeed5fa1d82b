/** The parts of a security descriptor in text form. */
export interface SddlParts {
  readonly hasOwner: boolean;
  /** Null where there is no `D:` part. */
  readonly dacl: SddlAcl | null;
  /** Null where there is no `S:` part. */
  readonly sacl: SddlAcl | null;
}

export interface SddlAcl {
  readonly flags: string;
  /** Without their parentheses. */
  readonly aces: readonly string[];
}

/** Splits `O:..G:..D:..S:..` (MS-DTYP 2.5.1.1); a text says what is wrong. */
export function splitSddl(text: string): SddlParts | string {
  const seen = new Set<string>();
  const lists = new Map<string, SddlAcl>();
  let position = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  while (position < end) {
    const mark = /[OGDS]:/iy;
    mark.lastIndex = position;
    const letter = mark.exec(text)?.[0].charAt(0).toUpperCase();
    if (letter === undefined) return `unexpected text at character ${position + 1}`;
    if (seen.has(letter)) return `two parts ${letter}:`;
    seen.add(letter);
    position += 2;
    if (letter === "O" || letter === "G") {
      position = endOf(/S-1-(?:0x[0-9a-f]+|\d+)(?:-\d+)*|[a-z]{2}(?!:)/iy, text, position);
      continue;
    }
    const flagsEnd = endOf(/(?:P|AR|AI|NO_ACCESS_CONTROL|\s)*/iy, text, position);
    const list = readList(text, flagsEnd);
    if (typeof list === "string") return list;
    lists.set(letter, { flags: text.slice(position, flagsEnd), aces: list.aces });
    position = list.end;
  }
  return {
    hasOwner: seen.has("O") || seen.has("G"),
    dacl: lists.get("D") ?? null,
    sacl: lists.get("S") ?? null,
  };
}

function endOf(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return position + (pattern.exec(text)?.[0].length ?? 0);
}

/** Entries in parentheses; those of a condition nest, and stand in quotes for nothing. */
function readList(
  text: string,
  start: number,
): { readonly aces: readonly string[]; readonly end: number } | string {
  const aces: string[] = [];
  let position = start;
  while (text.charAt(position) === "(") {
    const close = closing(text, position);
    if (close === -1) return `the entry at character ${position + 1} is cut`;
    aces.push(text.slice(position + 1, close));
    position = endOf(/\s*/y, text, close + 1);
  }
  return { aces, end: position };
}

function closing(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = open; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return i;
  }
  return -1;
}
