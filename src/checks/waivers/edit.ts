import { Document, isCollection, isNode, isSeq, parseDocument } from "yaml";
import type { YAMLSeq } from "yaml";
import type { WaiverInFile } from "./register-file.ts";
import { waiverFields } from "./register-file.ts";

export type Edited =
  | { readonly ok: true; readonly text: string }
  /** A clause that says why the file must be edited by hand. */
  | { readonly ok: false; readonly problem: string };

const readOptions = { version: "1.2", schema: "core", uniqueKeys: false } as const;
/** Long texts stay on their line. */
const writeOptions = { lineWidth: 0 } as const;

/** A register with one more entry at its end; everything else stays as people wrote it. The text is a valid register. */
export function addWaiver(text: string, isJson: boolean, entry: WaiverInFile): Edited {
  const ordered = inOrder(entry);
  return edit(text, isJson, {
    wanted: (entries) => [...entries, ordered],
    inText: (list) => append(text, list, ordered),
    inDocument: (list, document) => {
      list.flow = false;
      list.add(entryNode(document, ordered));
    },
  });
}

/** A register without the entries at some places (from 0), and without the comments that stand right above them. */
export function removeWaivers(text: string, isJson: boolean, places: ReadonlySet<number>): Edited {
  return edit(text, isJson, {
    wanted: (entries) => entries.filter((_, place) => !places.has(place)),
    inText: (list) => cut(text, list, places),
    inDocument: (list) => {
      list.items = list.items.filter((_, place) => !places.has(place));
      if (list.items.length === 0) list.flow = true;
    },
  });
}

interface Change {
  readonly wanted: (entries: readonly unknown[]) => readonly unknown[];
  /** Null where the layout is too unusual for that. */
  readonly inText: (list: YAMLSeq) => string | null;
  readonly inDocument: (list: YAMLSeq, document: Document) => void;
}

/**
 * In the text itself first, so that not even a blank changes elsewhere; else through the document, which keeps comments.
 * Either way the outcome is read again and must say what is wanted and nothing else.
 */
function edit(text: string, isJson: boolean, change: Change): Edited {
  const document = parseDocument(text, readOptions);
  const data: unknown = document.toJS();
  const list = document.get("waivers", true);
  if (!isRecord(data) || !Array.isArray(data["waivers"]) || !isSeq(list))
    return { ok: false, problem: "its list of waivers is not written out: edit it by hand" };
  const wanted = { ...data, waivers: change.wanted(data["waivers"]) };
  if (isJson) return { ok: true, text: `${JSON.stringify(wanted, null, 2)}\n` };
  const says = (edited: string): boolean => {
    const again = parseDocument(edited, readOptions);
    return again.errors.length === 0 && JSON.stringify(again.toJS()) === JSON.stringify(wanted);
  };
  const direct = list.flow === true ? null : change.inText(list);
  try {
    if (direct !== null && says(direct)) return { ok: true, text: direct };
    change.inDocument(list, document);
    const whole = withLineEnds(document.toString(writeOptions), text);
    if (says(whole)) return { ok: true, text: whole };
  } catch (error) {
    // An alias whose anchor goes, say.
    return {
      ok: false,
      problem: `edit it by hand: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  return { ok: false, problem: "it is written in a way that cannot be edited safely: edit it by hand" };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inOrder(entry: WaiverInFile): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    waiverFields.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  );
}

function entryNode(document: Document, entry: Readonly<Record<string, unknown>>) {
  const node = document.createNode(entry);
  const scope: unknown = isCollection(node) ? node.get("scope", true) : null;
  if (isCollection(scope)) scope.flow = true;
  return node;
}

/** Where an item of a block list stands in the text; null where its dash is not on the line on which it begins. */
interface ItemLines {
  /** Start of the line with the dash. */
  readonly start: number;
  /** What stands before the item on that line, the dash too. */
  readonly prefix: string;
  /** Start of the line after its last one. */
  readonly end: number;
}

function linesOf(text: string, list: YAMLSeq): readonly ItemLines[] | null {
  const lines: ItemLines[] = [];
  for (const item of list.items) {
    const range = isNode(item) ? item.range : null;
    if (!range) return null;
    const start = text.lastIndexOf("\n", range[0] - 1) + 1;
    const prefix = text.slice(start, range[0]);
    if (!/^ *- +$/.test(prefix)) return null;
    lines.push({ start, prefix, end: nextLine(text, range[1]) });
  }
  return lines;
}

/** The start of the line after the one in which a value ends; a block text ends with its line already. */
function nextLine(text: string, valueEnd: number): number {
  if (text[valueEnd - 1] === "\n") return valueEnd;
  const end = text.indexOf("\n", valueEnd);
  return end < 0 ? text.length : end + 1;
}

function append(text: string, list: YAMLSeq, entry: Readonly<Record<string, unknown>>): string | null {
  const lines = linesOf(text, list);
  const [first, second] = lines ?? [];
  const last = lines?.at(-1);
  if (first === undefined || last === undefined) return null;
  const own = new Document();
  own.contents = entryNode(own, entry);
  const [head = "", ...rest] = own.toString(writeOptions).trimEnd().split("\n");
  const below = " ".repeat(first.prefix.length);
  const isAiry = second !== undefined && /^[ \t]*\r?\n/m.test(text.slice(first.end, second.start));
  const added = [
    `${first.prefix}${head}`,
    ...rest.map((line) => (line === "" ? line : `${below}${line}`)),
    "",
  ];
  const before = text.slice(0, last.end);
  const gap = `${before.endsWith("\n") ? "" : "\n"}${isAiry ? "\n" : ""}`;
  return before + withLineEnds(gap + added.join("\n"), text) + text.slice(last.end);
}

function cut(text: string, list: YAMLSeq, places: ReadonlySet<number>): string | null {
  const lines = linesOf(text, list);
  const last = lines?.at(-1);
  if (lines === null || last === undefined || places.size >= lines.length) return null;
  const starts = lines.map(({ start }) => aboveComments(text, start));
  const kept = starts.flatMap((start, place) =>
    places.has(place) ? [] : [text.slice(start, starts[place + 1] ?? last.end)],
  );
  const isLastGone = places.has(lines.length - 1);
  const body = isLastGone ? kept.join("").replace(/(\r?\n)(?:[ \t]*\r?\n)+$/, "$1") : kept.join("");
  return text.slice(0, starts[0]) + body + text.slice(last.end);
}

/** The start of the comment lines that stand right above a line. */
function aboveComments(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const before = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(before, start))) return start;
    start = before;
  }
  return start;
}

function withLineEnds(edited: string, like: string): string {
  const plain = edited.replaceAll("\r\n", "\n");
  return /\r\n/.test(like) ? plain.replaceAll("\n", "\r\n") : plain;
}
