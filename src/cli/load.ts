import type { EngineOptions } from "../app/effective.ts";
import type { Computer } from "../model/gpo.ts";
import { selectTargets } from "../app/select-targets.ts";
import { backslashVfs } from "../sources/backslash-vfs.ts";
import { fsVfs } from "../sources/fs-vfs.ts";
import { joinPath } from "../sources/naming.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { readInputs } from "../sources/read-inputs.ts";
import type { ReadinessSpec } from "../sources/read-readiness.ts";
import { namesToLookUp } from "../sources/read-readiness.ts";
import { parseAssumptions } from "./assumptions.ts";
import { withFile } from "../sources/with-file.ts";
import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import type { LdapArgs } from "./ldap-args.ts";
import { readLdap } from "./ldap-args.ts";
import { findRoot, requirePath, toAbsolute } from "./paths.ts";

/** Options that say what to read and which computers to work out policy for. */
export interface InputArgs {
  readonly paths: readonly string[];
  readonly directory: readonly string[];
  readonly ldap: LdapArgs | null;
  readonly target: readonly string[];
  readonly assume: readonly string[];
  readonly root: string | null;
  /** Left out where no policy pack asks about readiness. */
  readonly readiness?: ReadinessArgs;
}

/** Whom the readiness checks ask about. */
export interface ReadinessArgs {
  readonly serviceAccounts: readonly string[];
  readonly honeytokens: string | null;
}

export interface Loaded {
  readonly inputs: Inputs;
  readonly computers: readonly Computer[];
  readonly engine: EngineOptions;
}

/** Checks what was typed, reads it, and picks the target computers. */
export async function load(io: CliIo, args: InputArgs): Promise<Loaded> {
  if (args.paths.length === 0)
    throw new UsageError(
      "no PATH given: name a SYSVOL export, e.g. gpolint scan ./sysvol --directory directory.ldif",
    );
  const engine = parseAssumptions(args.assume);
  const paths = args.paths.map((typed) => checked(io, typed, "folder", "PATH"));
  const directoryFiles = args.directory.map((typed) => checked(io, typed, "file", "directory file"));
  const root = findRoot(paths, args.root === null ? null : checked(io, args.root, "folder", "root folder"));
  let vfs = backslashVfs(fsVfs);
  const readiness = args.readiness === undefined ? {} : { readiness: readinessSpec(io, args.readiness) };
  if (args.ldap !== null) {
    // What was read over LDAP is a file like any other from here on, so that nothing depends on where it came from.
    const names = readiness.readiness === undefined ? [] : namesToLookUp(vfs, readiness.readiness);
    const { fileName, text } = await readLdap(io, args.ldap, null, names);
    const path = joinPath(root, fileName);
    vfs = withFile(vfs, path, Buffer.from(text));
    directoryFiles.push(path);
  }
  const inputs = readInputs(vfs, { paths, directoryFiles, root, ...readiness });
  return { inputs, computers: pickComputers(inputs, args.target), engine };
}

export function readinessSpec(io: CliIo, { serviceAccounts, honeytokens }: ReadinessArgs): ReadinessSpec {
  const listFile = honeytokens === null ? null : checked(io, honeytokens, "file", "list of accounts");
  return { serviceAccounts, listFile };
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
