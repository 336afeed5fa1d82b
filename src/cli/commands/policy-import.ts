import { checkWritten, importPolicy } from "../../app/import-policy.ts";
import type { ImportResult } from "../../app/import-policy.ts";
import { readImportSource } from "../../app/import-source.ts";
import { formatLocation } from "../../model/location.ts";
import type { LeftOut } from "../../model/pack-draft.ts";
import { visible } from "../../reporters/escape.ts";
import { renderPackJson, renderPackYaml } from "../../reporters/pack-file.ts";
import { openArchives } from "../../sources/archive/open-archives.ts";
import { backslashVfs } from "../../sources/backslash-vfs.ts";
import { fsVfs } from "../../sources/fs-vfs.ts";
import type { CliIo } from "../io.ts";
import { UnreadError, UsageError } from "../io.ts";
import { findRoot, requirePath, toAbsolute } from "../paths.ts";
import { writeWhole } from "../write-files.ts";

export interface PolicyImportArgs {
  readonly source: string;
  readonly name: string | null;
  readonly gpo: string | null;
  /** Null: printed as JSON. A name that ends in .yaml or .yml makes it YAML. */
  readonly out: string | null;
}

/** Makes a pack of what GPOs set now. Returns the exit code: 3 where something is not in the pack. */
export async function runPolicyImport(io: CliIo, args: PolicyImportArgs): Promise<number> {
  for (const flag of ["name", "gpo", "out"] as const) {
    // The parser makes a list of an option that is given twice, whatever its type says.
    if (Array.isArray(args[flag])) throw new UsageError(`--${flag} can be given only once`);
  }
  if (args.name !== null && !/^[a-z0-9][a-z0-9-]{0,63}$/.test(args.name))
    throw new UsageError(`--name '${args.name}' is no name of a pack: small letters, digits and hyphens`);
  const path = toAbsolute(io.cwd, args.source);
  requirePath(path, args.source, "any", "SOURCE");
  const archives = await openArchives([path]);
  const source = readImportSource(backslashVfs(fsVfs), path, findRoot([path], null), archives);
  for (const problem of source.problems) io.stderr.write(`gpolint: ${visible(problem)}\n`);
  if (source.gpos.length === 0)
    throw new UnreadError(`nothing to import: '${args.source}' holds no GPO that can be read`);
  const result = importPolicy(source, { ...args, today: io.now().slice(0, 10) });
  if (!result.ok) throw new UsageError(visible(`cannot import '${args.source}': ${result.problem}`));
  for (const [why, items] of byReason(result.leftOut))
    io.stderr.write(`gpolint: ${visible(`not imported: ${why}: ${items.map(named).join("; ")}`)}\n`);
  for (const note of result.notes) io.stderr.write(`gpolint: note: ${visible(note)}\n`);
  if (result.draft.requirements.length === 0) {
    const none =
      result.leftOut.length === 0 ? "has no setting that a pack can ask for" : "could not be imported";
    throw new UnreadError(`'${args.source}' ${none}: no pack was written`);
  }
  write(io, args, result);
  io.stderr.write(`gpolint: ${summary(result, source.problems.length)}\n`);
  return result.leftOut.length + source.problems.length === 0 ? 0 : 3;
}

type Imported = Extract<ImportResult, { readonly ok: true }>;

function write(io: CliIo, { out }: PolicyImportArgs, { draft }: Imported): void {
  const text = /\.ya?ml$/i.test(out ?? "") ? renderPackYaml(draft) : renderPackJson(draft);
  const [problem] = checkWritten(text, out ?? "the imported pack");
  if (problem !== undefined) throw new Error(`the pack that was made is invalid: ${problem}`);
  if (out === null) io.stdout.write(text);
  else writeWhole(toAbsolute(io.cwd, out), text);
}

/** One line a reason: often it is the same for many. */
function byReason(leftOut: readonly LeftOut[]): ReadonlyMap<string, readonly LeftOut[]> {
  const reasons = new Map<string, LeftOut[]>();
  for (const item of leftOut) reasons.set(item.why, [...(reasons.get(item.why) ?? []), item]);
  return reasons;
}

function named({ what, location }: LeftOut): string {
  return location === null ? what : `${what} (${formatLocation(location)})`;
}

function summary({ draft, gpos, leftOut }: Imported, problems: number): string {
  const { length } = draft.requirements;
  const [only] = gpos;
  const from = gpos.length === 1 ? (only ?? "") : `${gpos.length} GPOs that agree: ${gpos.join(", ")}`;
  const rest = [
    ...(leftOut.length === 0 ? [] : [`not imported: ${leftOut.length}, listed above`]),
    ...(problems === 0 ? [] : [`problems of the source: ${problems}, listed above`]),
  ];
  const made = `'${draft.name}' has ${length} requirement${length === 1 ? "" : "s"} from ${from}`;
  return visible([made, ...rest].join("; "));
}
