import { isAlias, isMap, isPair, isScalar, isSeq, Lexer, parseDocument, Parser, visit } from "yaml";
import type { Alias, Document } from "yaml";
import type { FileProblem, TextFile } from "./problem.ts";
import { printable } from "./problem.ts";

export type Path = readonly (string | number)[];

/** Data of a file that knows where each of its pieces stands. */
export interface Positioned {
  readonly source: TextFile;
  readonly data: unknown;
  /** A problem with the piece at `path`, or with its name where `part` says so; the nearest piece where it is not there. */
  problem(path: Path, text: string, part?: "name" | "value"): FileProblem;
}

export type ReadData =
  | { readonly ok: true; readonly document: Positioned }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Packs are five levels deep, other files fewer. The parser recurses, and a deep file would end the process without a catchable error. */
const maxDepth = 24;
const maxAliases = 100;
/** What is wrong with the syntax beyond that follows from the first ones. */
const maxSyntaxProblems = 20;

/**
 * Reads JSON or YAML. No tags, no merge keys, no second document: data and nothing else. `noun`: what a file holds, for
 * messages ("policy pack").
 */
export function readPositioned(source: TextFile, noun: string): ReadData {
  const starts = lineStarts(source.text);
  const at = (offset: number, text: string): FileProblem => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { file: source.file, line: line + 1, column: offset - (starts[line] ?? 0) + 1, text };
  };
  const excess = findExcess(source.text, noun);
  if (excess !== null) return fail(at(excess.offset, excess.text));
  const document = parseDocument(source.text, {
    prettyErrors: false,
    version: "1.2",
    schema: "core",
    merge: false,
    // Looking for a name twice takes time that grows with its square; `findRepeated` does not.
    uniqueKeys: false,
    stringKeys: true,
  });
  const wrong = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (wrong.length > 0) {
    return fail(
      ...wrong.slice(0, maxSyntaxProblems).map(({ pos, message }) => at(pos[0], syntaxText(message, noun))),
    );
  }
  const faults = [...findBadAliases(document), ...findRepeated(document)].slice(0, maxSyntaxProblems);
  if (faults.length > 0) return fail(...faults.map(({ offset, text }) => at(offset, text)));
  const strict = /\.json$/i.test(source.file) ? findJsonFault(source.text) : null;
  if (strict !== null) return fail(at(strict.offset, strict.text));
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    return fail(at(0, `cannot be read: ${error instanceof Error ? error.message : String(error)}`));
  }
  return {
    ok: true,
    document: {
      source,
      data,
      problem: (path, text, part = "value") => at(offsetOf(document, path, part), text),
    },
  };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function fail(...problems: readonly FileProblem[]): ReadData {
  return { ok: false, problems };
}

/** What would make the parser recurse or search without end, before it starts. */
function findExcess(text: string, noun: string): SyntaxFault | null {
  const parser = new Parser();
  let [offset, aliases, before] = [0, 0, ""];
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) continue;
    // The text of a scalar comes after a mark, and may begin with anything.
    if (lexeme.startsWith("*") && before !== scalarMark && ++aliases > maxAliases)
      return { offset, text: `found more than ${maxAliases} aliases, expected fewer` };
    // A list or group takes two places on the stack at most.
    if (parser.stack.length > 2 * maxDepth)
      return { offset, text: `nested more than ${maxDepth} levels deep: no ${noun} is` };
    // Marks stand for no characters of the text.
    if (!marks.has(lexeme)) offset += lexeme.length;
    before = lexeme;
  }
  return null;
}

const scalarMark = "\u001F";
/** What the lexer adds: a scalar follows, a document begins, the flow ended unclosed, a byte order mark. */
const marks: ReadonlySet<string> = new Set([scalarMark, "\u0002", "\u0018"]);

function syntaxText(message: string, noun: string): string {
  return /multiple documents/.test(message)
    ? `found a second document, expected one ${noun} a file`
    : `not readable as JSON or YAML: ${printable(message)}`;
}

interface SyntaxFault {
  readonly offset: number;
  readonly text: string;
}

/** Aliases of nothing, and of a piece that they stand in: that would have no end. */
function findBadAliases(document: Document): readonly SyntaxFault[] {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  return aliases.flatMap((alias) => {
    const range = alias.resolve(document)?.range;
    const name = printable(alias.source);
    const at = alias.range?.[0] ?? 0;
    if (!range)
      return [{ offset: at, text: `found the alias '${name}', expected an anchor of that name before it` }];
    const isInside = range[0] <= at && at < range[2];
    return isInside ? [{ offset: at, text: `found the alias '${name}' inside of what it stands for` }] : [];
  });
}

/** Names that stand twice in one group: only one of them would count. */
function findRepeated(document: Document): readonly SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  visit(document, {
    Map(_, map) {
      const names = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (names.has(name))
          faults.push({
            offset: startOf(key) ?? 0,
            text: `found '${printable(name)}' a second time, expected each only once`,
          });
        names.add(name);
      }
    },
  });
  return faults;
}

/** YAML takes more than JSON does; editors and other programs would refuse the same file. */
function findJsonFault(text: string): SyntaxFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    return { offset, text: `not JSON: ${printable(message.replace(/ in JSON at position.*/, ""))}` };
  }
}

function offsetOf(document: Document, path: Path, part: "name" | "value"): number {
  let node: unknown = document.contents;
  let [name, value] = [0, startOf(node) ?? 0];
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      name = startOf(pair.key) ?? value;
      value = startOf(pair.value) ?? name;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) break;
      value = startOf(item) ?? value;
      name = value;
      node = item;
    } else break;
  }
  return part === "name" ? name : value;
}

function startOf(node: unknown): number | null {
  if (isPair(node)) return startOf(node.key);
  return (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range ? node.range[0] : null;
}
