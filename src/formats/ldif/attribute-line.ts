import { wantedAttributes } from "../directory/wanted-attributes.ts";
import type { LogicalLine } from "./logical-lines.ts";

/** `name;options: text`, `name:: base64` or `name:< url` (RFC 2849). */
export interface AttributeLine {
  readonly number: number;
  readonly name: AttributeName;
  readonly form: "text" | "base64" | "url";
  /** Without the blanks that may follow the colon. */
  readonly value: string;
}

export interface AttributeName {
  /** In lower case, without options. */
  readonly key: string;
  readonly wanted: boolean;
  /** A range that does not cover all values (MS-ADTS 3.1.1.3.1.3.3). */
  readonly ranged: boolean;
}

const colon = 0x3a;
const less = 0x3c;

/** Splits one line of a record; null where it is none. */
export function parseAttributeLine(line: LogicalLine): AttributeLine | null {
  const { text, number } = line;
  const end = text.indexOf(":");
  if (end < 1) return null;
  const name = attributeName(text.slice(0, end));
  if (name === null) return null;
  const mark = text.charCodeAt(end + 1);
  const form = mark === colon ? "base64" : mark === less ? "url" : "text";
  let start = form === "text" ? end + 1 : end + 2;
  while (text.charCodeAt(start) === 0x20) start++;
  return { number, name, form, value: text.slice(start) };
}

/** An export repeats a few hundred names a million times. */
const names = new Map<string, AttributeName | null>();

function attributeName(raw: string): AttributeName | null {
  let name = names.get(raw);
  if (name === undefined) {
    name = readName(raw);
    if (names.size > 10_000) names.clear();
    names.set(raw, name);
  }
  return name;
}

function readName(raw: string): AttributeName | null {
  const match = /^([a-z][a-z0-9-]*|\d+(?:\.\d+)*)((?:;[a-z0-9=*-]*)*)$/i.exec(raw);
  if (match === null) return null;
  const [, type = "", options = ""] = match;
  const key = type.toLowerCase();
  const range = options
    .toLowerCase()
    .split(";")
    .find((option) => option.startsWith("range="));
  return { key, wanted: wantedAttributes.has(key), ranged: range !== undefined && range !== "range=0-*" };
}
