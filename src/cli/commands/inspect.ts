import { inspect } from "../../app/inspect.ts";
import { diagnosticText } from "../../model/diagnostic.ts";
import { renderInspectJsonl, renderInspectPretty } from "../../reporters/inspect.ts";
import { openArchives } from "../../sources/archive/open-archives.ts";
import { backslashVfs } from "../../sources/backslash-vfs.ts";
import { fsVfs } from "../../sources/fs-vfs.ts";
import type { CliIo } from "../io.ts";
import { tell, UsageError } from "../io.ts";
import { findRoot, requirePath, toAbsolute } from "../paths.ts";

export interface InspectArgs {
  readonly paths: readonly string[];
  readonly root: string | null;
  readonly format: string;
}

/** Prints what each policy file says. Returns the exit code. */
export async function runInspect(io: CliIo, args: InspectArgs): Promise<number> {
  if (args.paths.length === 0)
    throw new UsageError("no PATH given: name a file, folder or archive, e.g. gpolint inspect ./sysvol");
  const paths = args.paths.map((typed) => {
    const path = toAbsolute(io.cwd, typed);
    requirePath(path, typed, "any", "PATH");
    return path;
  });
  const root = findRoot(paths, args.root === null ? null : toAbsolute(io.cwd, args.root));
  const archives = await openArchives(paths);
  const { files, problems, incomplete } = inspect(backslashVfs(fsVfs), paths, root, archives);
  if (args.format === "jsonl") io.stdout.write(renderInspectJsonl(files));
  else if (args.format === "json")
    io.stdout.write(`[\n${renderInspectJsonl(files).trimEnd().split("\n").join(",\n")}\n]\n`);
  else io.stdout.write(renderInspectPretty(files));
  for (const problem of problems) tell(io, `gpolint: ${problem.path}: ${diagnosticText(problem)}`);
  // What went wrong with the only file that was named is said already.
  if (files.length === 0 && problems.every(({ severity }) => severity !== "error"))
    tell(io, "gpolint: incomplete: no policy file was found at or below the given paths");
  return incomplete ? 3 : 0;
}
