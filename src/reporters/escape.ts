/**
 * Characters that change how the text around them looks or what a terminal does, and so could hide a name or forge a
 * line: controls (C0, DEL, C1), bidi and other format controls, line and paragraph separators, lone surrogates.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from the input, safe to print in any format: what cannot be seen is written as `\u{202E}`. */
export function visible(text: string): string {
  return text.replace(invisible, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`);
}

/** The same for every string in a view, at any depth: a template cannot show what did not pass here. */
export function visibleDeep<T>(value: T): T;
export function visibleDeep(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map((item) => visibleDeep(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visibleDeep(item)]));
}
