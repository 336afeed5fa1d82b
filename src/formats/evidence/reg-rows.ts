import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import { splitLines } from "../text/lines.ts";

/** One statement of a .reg file; a value may go over several lines. */
export type RegRow = {
  /** Its first line as it stands, trimmed. */
  readonly text: string;
  /** Number of that line, from 1. */
  readonly line: number;
} & (
  | { readonly kind: "blank" }
  | { readonly kind: "header"; readonly unicode: boolean }
  | { readonly kind: "key"; readonly path: string; readonly deletion: boolean }
  /** `name` still has its escapes; empty is the default value. */
  | { readonly kind: "value"; readonly name: string; readonly data: string }
  | { readonly kind: "malformed" }
  /** The file ends inside this row. */
  | { readonly kind: "cut" }
  /** The rest was not read. */
  | { readonly kind: "limit" }
);

interface Pending {
  readonly line: number;
  readonly parts: string[];
  length: number;
  readonly form: "hex" | "string";
}

const header = /^\ufeff?(Windows Registry Editor Version 5\.00|REGEDIT4)$/;

/** Splits a .reg file into rows, in order. Comments are left out. */
export function* readRegRows(text: string, diagnostics: DiagnosticCollector): Generator<RegRow> {
  let pending: Pending | null = null;
  for (const { number, text: raw, closed } of splitLines(text)) {
    const length: number = raw.length + (pending?.length ?? 0);
    if (number > limits.infLines || length > limits.infLineLength) {
      diagnostics.atLine("limit.exceeded", number);
      yield { kind: "limit", text: "", line: number };
      return;
    }
    if (pending !== null && goesOn(pending, raw)) {
      pending.parts.push(pending.form === "hex" ? raw.trim() : raw);
      pending.length = length;
    } else {
      // A string that never ends: the row is lost, and this line stands for itself.
      if (pending !== null) yield { kind: "malformed", ...placeOf(pending) };
      pending = { line: number, parts: [raw.trim()], length, form: formOf(raw) };
    }
    if (!closed) {
      yield { kind: "cut", ...placeOf(pending) };
      return;
    }
    if (isOpen(pending)) continue;
    const row = readRow(join(pending), placeOf(pending));
    pending = null;
    if (row !== null) yield row;
  }
  if (pending !== null) yield { kind: "cut", ...placeOf(pending) };
}

const valueForm = /^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/s;
const openString = /^(?:@|"(?:[^"\\]|\\.)*")\s*=\s*"(?:[^"\\]|\\.)*$/s;

function formOf(line: string): Pending["form"] {
  return openString.test(line.trim()) ? "string" : "hex";
}

/** Whether the row needs another line: data after a backslash, or a string that contains a line end. */
function isOpen({ parts, form }: Pending): boolean {
  const last = parts.at(-1) ?? "";
  if (form === "hex")
    return last.endsWith("\\") && /^(?:@|"(?:[^"\\]|\\.)*")\s*=\s*hex/i.test(parts[0] ?? "");
  return parts.length === 1 || !endsString(last);
}

/** A quotation mark inside a string is escaped, so a bare one before the end of a line belongs to another row. */
function goesOn({ form }: Pending, line: string): boolean {
  return form === "hex" || /^(?:[^"\\]|\\.)*\\?$/.test(line) || endsString(line);
}

function endsString(line: string): boolean {
  return /^(?:[^"\\]|\\.)*"\s*$/.test(line);
}

function join({ parts, form }: Pending): string {
  return form === "hex" ? parts.map((part) => part.replace(/\\$/, "")).join("") : parts.join("\n").trimEnd();
}

function placeOf({ parts, line }: Pending): Pick<RegRow, "text" | "line"> {
  return { text: parts[0] ?? "", line };
}

function readRow(text: string, base: Pick<RegRow, "text" | "line">): RegRow | null {
  if (text === "") return { ...base, kind: "blank" };
  if (text.startsWith(";")) return null;
  const [, version] = header.exec(text) ?? [];
  if (version !== undefined) return { ...base, kind: "header", unicode: version !== "REGEDIT4" };
  const [, minus, path] = /^\[(-?)(.+)\]$/.exec(text) ?? [];
  if (path !== undefined) return { ...base, kind: "key", path, deletion: minus === "-" };
  const [, name = "", data] = valueForm.exec(text) ?? [];
  return data === undefined
    ? { ...base, kind: "malformed" }
    : { ...base, kind: "value", name, data: data.trimEnd() };
}
