import type { Diagnostic } from "../model/diagnostic.ts";
import type { InspectedFile } from "../model/inspect.ts";
import type { Archive } from "../sources/archive/archive.ts";
import { mountArchives } from "../sources/archive/mount-archives.ts";
import { FileReader } from "../sources/file-reader.ts";
import { nameInputs } from "../sources/name-inputs.ts";
import { inspectPath } from "../sources/policy-files.ts";
import type { Vfs } from "../sources/vfs.ts";

export interface InspectResult {
  readonly files: readonly InspectedFile[];
  /** Complaints about files, folders and archives that could not be read. */
  readonly problems: readonly Diagnostic[];
  readonly incomplete: boolean;
}

/**
 * What each file says, file by file: no precedence, no judgement. Paths are absolute.
 *
 * @param archives Those among the paths, opened.
 */
export function inspect(
  base: Vfs,
  paths: readonly string[],
  root: string,
  archives: ReadonlyMap<string, Archive> = new Map(),
): InspectResult {
  const mounted = new Map([...archives].map(([path, archive]) => [path, archive.vfs]));
  const vfs = mountArchives(base, mounted);
  const reader = new FileReader(vfs, nameInputs(vfs, root, paths));
  const ofArchives = [...archives].flatMap(([path, { diagnostics }]) =>
    diagnostics.map((diagnostic) => ({ ...diagnostic, path: reader.naming.relative(path) })),
  );
  const files = paths
    .filter((path) => archives.get(path)?.damaged !== true)
    .flatMap((path) => inspectPath(reader, path));
  const own = new Set(files.flatMap(({ diagnostics }) => diagnostics));
  const ofFiles = reader.diagnostics.filter(
    (diagnostic) => !own.has(diagnostic) && diagnostic.code.startsWith("file."),
  );
  const problems = [...ofArchives, ...ofFiles];
  return {
    files,
    problems,
    incomplete: files.length === 0 || problems.some(({ severity }) => severity === "error"),
  };
}
