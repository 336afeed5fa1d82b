import { readPositioned } from "../checks/files/positioned.ts";
import type { FileProblem, TextFile } from "../checks/files/problem.ts";
import { problemText } from "../checks/files/problem.ts";
import type { FileShape } from "../checks/files/shape.ts";
import { checkFileShape } from "../checks/files/shape.ts";
import { validateConfig } from "../checks/validate-config.gen.ts";

export { problemText };
export { suggestion } from "../checks/files/nearest.ts";

export type SettingValue = string | number | boolean | readonly string[];

export interface FileSetting {
  /** As policies/schema/config.schema.json names it. */
  readonly name: string;
  readonly value: SettingValue;
  /** Counted from 1. */
  readonly line: number;
}

export type LoadedConfig =
  | { readonly ok: true; readonly settings: readonly FileSetting[] }
  /** Everything that is wrong: of a file that is half right nothing is used. */
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

const shape: FileShape = { validate: validateConfig, noun: "the configuration", list: "" };
/** What says something of the file itself. */
const ofFile: ReadonlySet<string> = new Set(["$schema", "schemaVersion"]);

/** Reads settings in JSON or YAML: data and nothing else, so that a file can neither run code nor include another. */
export function loadConfig(source: TextFile): LoadedConfig {
  const read = readPositioned(source, "configuration");
  if (!read.ok) return read;
  const { file, document, problems } = checkFileShape<Readonly<Record<string, SettingValue>>>(
    read.document,
    shape,
  );
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  const settings = Object.entries(file)
    .filter(([name]) => !ofFile.has(name))
    .map(([name, value]) => ({ name, value, line: document.problem([name], "", "name").line }));
  return { ok: true, settings };
}

function inOrder(problems: readonly FileProblem[]): readonly FileProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
