import type { ProposeOptions } from "../app/apply-proposals.ts";
import type { EngineOptions } from "../app/effective.ts";
import { selectTargets } from "../app/select-targets.ts";
import { isSite, withStandIn } from "../app/stand-in.ts";
import type { Computer } from "../model/gpo.ts";
import type { ProposedLink } from "../model/proposal.ts";
import type { SourceKind } from "../model/source.ts";
import { openArchives } from "../sources/archive/open-archives.ts";
import { backslashVfs } from "../sources/backslash-vfs.ts";
import { parseEvidenceArgument } from "../sources/evidence.ts";
import { fsVfs } from "../sources/fs-vfs.ts";
import { joinPath } from "../sources/naming.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { readInputs } from "../sources/read-inputs.ts";
import type { ReadinessSpec } from "../sources/read-readiness.ts";
import { namesToLookUp } from "../sources/read-readiness.ts";
import { withFile } from "../sources/with-file.ts";
import { parseAssumptions } from "./assumptions.ts";
import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import type { LdapArgs } from "./ldap-args.ts";
import { readLdap } from "./ldap-args.ts";
import { findRoot, requirePath, toAbsolute } from "./paths.ts";
import type { LinkArgs } from "./proposed-link.ts";
import { readLink } from "./proposed-link.ts";

/** Options that say what to read and which computers to work out policy for, as typed. */
export interface InputArgs {
  readonly paths: readonly string[];
  readonly as: SourceKind | null;
  readonly overlay: readonly string[];
  /** `[HOST=]FILE`; left out of commands that compare nothing. */
  readonly evidence?: readonly string[];
  readonly link: LinkArgs;
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
  readonly proposals: ProposeOptions;
}

/** Checks what was typed, reads it, and picks the target computers. */
export async function load(io: CliIo, args: InputArgs): Promise<Loaded> {
  if (args.paths.length === 0)
    throw new UsageError(
      "no PATH given: name a SYSVOL export, GPO backups or a report, e.g. gpolint scan ./sysvol --directory directory.ldif",
    );
  const { engine, delivered, alone } = parseAssumptions(args.assume);
  const proposals: ProposeOptions = { link: readLink(args.link), assumeDelivered: delivered };
  if (alone) requireAlone(args, proposals.link);
  const paths = args.paths.map((typed) => checked(io, typed, "any", "PATH"));
  const overlay = args.overlay.map((typed) => checked(io, typed, "any", "proposal"));
  const evidence = (args.evidence ?? []).map(parseEvidenceArgument).map(({ host, path }) => ({
    host,
    path: checked(io, path, "any", "evidence"),
  }));
  const directoryFiles = args.directory.map((typed) => checked(io, typed, "file", "directory file"));
  const root = findRoot(paths, args.root === null ? null : checked(io, args.root, "folder", "root folder"));
  let vfs = backslashVfs(fsVfs);
  const readiness = args.readiness === undefined ? {} : { readiness: readinessSpec(io, args.readiness) };
  const archives = await openArchives([...paths, ...overlay, ...evidence.map(({ path }) => path)]);
  if (args.ldap !== null) {
    // What was read over LDAP is a file like any other from here on, so that nothing depends on where it came from.
    const names = readiness.readiness === undefined ? [] : namesToLookUp(vfs, readiness.readiness);
    const { fileName, text } = await readLdap(io, args.ldap, null, names);
    const path = joinPath(root, fileName);
    vfs = withFile(vfs, path, Buffer.from(text));
    directoryFiles.push(path);
  }
  const sources = { paths, overlay, evidence, as: args.as, archives };
  const read = readInputs(vfs, { ...sources, directoryFiles, root, ...readiness });
  const inputs = alone && proposals.link !== null ? withStandIn(read, proposals.link) : read;
  return { inputs, computers: pickComputers(inputs, args.target), engine, proposals };
}

/** Vouching that there are no others makes sense only where nothing tells of others. */
function requireAlone({ directory, ldap, overlay }: InputArgs, link: ProposedLink | null): void {
  const what = "--assume no-other-gpos judges the GPOs of PATH by themselves";
  if (link === null)
    throw new UsageError(`${what}: say where they are linked with --as-if-linked DN or dc-ou`);
  if (isSite(link))
    throw new UsageError(`${what}: name the domain or OU that the computer stands in, not a site`);
  if (directory.length > 0 || ldap !== null)
    throw new UsageError(`${what}: leave it out where directory data shows which others there are`);
  if (overlay.length > 0) throw new UsageError(`${what}: name them as PATH, not as --overlay`);
}

export function readinessSpec(io: CliIo, { serviceAccounts, honeytokens }: ReadinessArgs): ReadinessSpec {
  const listFile = honeytokens === null ? null : checked(io, honeytokens, "file", "list of accounts");
  return { serviceAccounts, listFile };
}

function checked(io: CliIo, typed: string, wanted: "folder" | "file" | "any", what: string): string {
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
