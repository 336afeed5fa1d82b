import { suggestion } from "./nearest.ts";
import type { Path, Positioned } from "./positioned.ts";
import type { FileProblem } from "./problem.ts";
import { orList, shown } from "./problem.ts";
import type { SchemaError } from "./schema-error.ts";

/** What a kind of file must look like. */
export interface FileShape {
  readonly validate: (data: unknown) => readonly SchemaError[];
  /** What messages call the whole: "the policy pack". */
  readonly noun: string;
  /** Field that lists its items: one that lacks a field can be read for the others. */
  readonly list: string;
  /** What was expected instead of a field that the schema has at another place only. */
  readonly misplaced?: (owner: unknown) => string;
}

/** A file held against the schema: what is wrong, and which pieces can be read all the same. */
export interface Shaped<T> {
  readonly document: Positioned;
  /** Only pieces for which `isSound` may be read: the others are not what the type says. */
  readonly file: T;
  /** Nothing is wrong with the piece, nor with anything in it. */
  readonly isSound: (path: Path) => boolean;
  /** The piece is of the right kind, whatever is wrong in it. */
  readonly isReadable: (path: Path) => boolean;
  readonly problems: readonly FileProblem[];
}

/** With more mistakes than anybody corrects at once, the first ones are told and nothing else is looked at. */
const maxProblems = 500;

export function checkFileShape<T extends object>(document: Positioned, shape: FileShape): Shaped<T> {
  const all = shape.validate(document.data).filter(({ keyword }) => !silent.has(keyword));
  const errors = all.slice(0, maxProblems).map((error) => ({ ...error, path: toPath(error.instancePath) }));
  // What a value of the wrong type lacks besides does not matter.
  const wrongTypes = new Set(
    errors.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath),
  );
  const told = new Set<string>();
  const problems: FileProblem[] = [];
  const unsound: Path[] = [];
  for (const error of errors) {
    if (error.keyword !== "type" && wrongTypes.has(error.instancePath)) continue;
    const problem = toProblem(document, error, shape);
    const place = `${error.instancePath} ${isAboutName(error) ? String(nameIn(error)) : ""}`;
    if (!told.has(place)) problems.push(problem);
    told.add(place);
    if (isWanting(error, shape)) continue;
    unsound.push(
      error.keyword === "additionalProperties" ? [...error.path, String(nameIn(error))] : error.path,
    );
  }
  const isCut = all.length > errors.length;
  if (isCut)
    problems.push(document.problem([], `found ${all.length - errors.length} more mistakes, expected none`));
  return {
    document,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- guarded by isSound, see there
    file: (isObject(document.data) ? document.data : {}) as T,
    isSound: (path) => !isCut && !unsound.some((bad) => overlaps(bad, path)),
    isReadable: (path) => !isCut && !unsound.some((bad) => bad.length <= path.length && overlaps(bad, path)),
    problems,
  };
}

/** The schema says these beside the error itself. */
const silent: ReadonlySet<string> = new Set(["if"]);

function isObject(data: unknown): data is object {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** One is in the other, or they are the same. */
function overlaps(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => String(step) === String(other[index]));
}

interface PlacedError extends SchemaError {
  readonly path: Path;
}

function isAboutName({ keyword }: SchemaError): boolean {
  return keyword === "additionalProperties" || keyword === "required";
}

/** A file or an item that lacks a field can be read for the others. */
function isWanting({ keyword, path }: PlacedError, { list }: FileShape): boolean {
  return keyword === "required" && (path.length === 0 || (path.length === 2 && path[0] === list));
}

function nameIn({ params }: SchemaError): unknown {
  return params["additionalProperty"] ?? params["missingProperty"];
}

function toProblem(document: Positioned, error: PlacedError, shape: FileShape): FileProblem {
  const { path, keyword, expected, names } = error;
  const name = String(nameIn(error));
  const what = subject(path, shape);
  switch (keyword) {
    case "additionalProperties":
      return document.problem(
        [...path, name],
        `found the unknown field ${shown(name)}, expected one of ${names.join(", ")}${suggestion(name, names)}`,
        "name",
      );
    case "required":
      return document.problem(path, `found no '${name}' in ${what}, expected one`);
    case "false schema":
      return document.problem(
        path,
        `found ${what} where it has no meaning, ${shape.misplaced?.(valueAt(document.data, path.slice(0, -1))) ?? "expected none"}`,
        "name",
      );
    default: {
      const value = valueAt(document.data, path);
      const wanted = expected ?? wantedBy(error);
      const allowed = error.params["allowedValues"];
      const near =
        typeof value === "string" && Array.isArray(allowed) ? suggestion(value, allowed.map(String)) : "";
      return document.problem(
        path,
        `${what}: found ${shown(value)}${size(value, keyword)}, expected ${wanted}${near}`,
      );
    }
  }
}

function wantedBy({ keyword, params }: SchemaError): string {
  const limit = String(params["limit"]);
  switch (keyword) {
    case "enum": {
      const values = params["allowedValues"];
      return Array.isArray(values) ? orList(values.map(String)) : "another value";
    }
    case "const":
      return String(params["allowedValue"]);
    case "type": {
      const types: unknown = params["type"];
      return orList(
        (Array.isArray(types) ? types : [types]).map((type) => typeWords[String(type)] ?? String(type)),
      );
    }
    case "minItems":
      return `at least ${limit}`;
    case "maxItems":
      return `${limit} at most`;
    case "maxLength":
      return `${limit} characters at most`;
    case "minLength":
      return "text";
    case "uniqueItems":
      return "each only once";
    case "minimum":
      return `at least ${limit}`;
    case "maximum":
      return `${limit} at most`;
    default:
      return "something else";
  }
}

const typeWords: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  object: "a group of fields",
  string: "text",
};

function size(value: unknown, keyword: string): string {
  if (Array.isArray(value) && keyword.endsWith("Items")) return ` of ${value.length}`;
  return typeof value === "string" && keyword === "maxLength" ? ` of ${value.length} characters` : "";
}

/** What a path leads to, for people. */
function subject(path: Path, { noun }: FileShape): string {
  const last = path.at(-1);
  if (last === undefined) return noun;
  if (typeof last === "string") return `'${last}'`;
  const list = path.at(-2);
  const place = `item ${last + 1}`;
  return list === undefined ? place : `${place} of '${String(list)}'`;
}

/** JSON pointer to path; numbers are places in lists. */
function toPath(pointer: string): Path {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~")));
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
