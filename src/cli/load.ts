import type { EngineOptions } from "../app/effective.ts";
import type { Computer } from "../model/gpo.ts";
import { selectTargets } from "../app/select-targets.ts";
import { backslashVfs } from "../sources/backslash-vfs.ts";
import { fsVfs } from "../sources/fs-vfs.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { readInputs } from "../sources/read-inputs.ts";
import { parseAssumptions } from "./assumptions.ts";
import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import { findRoot, requirePath, toAbsolute } from "./paths.ts";

/** Options that say what to read and which computers to work out policy for. */
export interface InputArgs {
  readonly paths: readonly string[];
  readonly directory: readonly string[];
  readonly target: readonly string[];
  readonly assume: readonly string[];
  readonly root: string | null;
}

export interface Loaded {
  readonly inputs: Inputs;
  readonly computers: readonly Computer[];
  readonly engine: EngineOptions;
}

/** Checks what was typed, reads it, and picks the target computers. */
export function load(io: CliIo, args: InputArgs): Loaded {
  if (args.paths.length === 0)
    throw new UsageError(
      "no PATH given: name a SYSVOL export, e.g. gpolint scan ./sysvol --directory directory.ldif",
    );
  const engine = parseAssumptions(args.assume);
  const paths = args.paths.map((typed) => checked(io, typed, "folder", "PATH"));
  const directoryFiles = args.directory.map((typed) => checked(io, typed, "file", "directory file"));
  const root = findRoot(paths, args.root === null ? null : checked(io, args.root, "folder", "root folder"));
  const inputs = readInputs(backslashVfs(fsVfs), { paths, directoryFiles, root });
  return { inputs, computers: pickComputers(inputs, args.target), engine };
}

function checked(io: CliIo, typed: string, wanted: "folder" | "file", what: string): string {
  const path = toAbsolute(io.cwd, typed);
  requirePath(path, typed, wanted, what);
  return path;
}

function pickComputers({ inventory: { directory } }: Inputs, names: readonly string[]): readonly Computer[] {
  if (directory === null) return [];
  const selection = selectTargets(directory, names);
  if (selection.ok) return selection.computers;
  const known = selection.known.length === 0 ? "" : `; domain controllers: ${selection.known.join(", ")}`;
  throw new UsageError(
    `no computer named '${selection.unmatched.join("', '")}' in the directory data${known}`,
  );
}
