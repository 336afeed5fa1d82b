import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../io.ts";

const configNames = ["gpolint.config.yaml", "gpolint.config.yml", "gpolint.config.json"] as const;

/**
 * The nearest configuration from `cwd` up to the root of its git repository; outside of one only that of `cwd`. A file
 * further up may be anybody's. Null where there is none.
 */
export function findConfig(cwd: string): string | null {
  for (const folder of searched(cwd)) {
    const found = configNames.filter((name) => isThere(join(folder, name)));
    const [first, second] = found;
    if (second !== undefined)
      throw new UsageError(`found ${found.join(" and ")} in '${folder}': keep one, or name it with --config`);
    if (first !== undefined) return join(folder, first);
  }
  return null;
}

function searched(cwd: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    if (isThere(join(folder, ".git"))) return folders;
    if (dirname(folder) === folder) return [cwd];
  }
}

/** A link to nothing is there: settings that somebody wrote are not passed over. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot look for a configuration: ${text}; go on without one with --no-config`);
  }
}
