import type { Diagnostic } from "../model/diagnostic.ts";
import type { InspectedFile } from "../model/inspect.ts";
import { FileReader } from "../sources/file-reader.ts";
import { PathNaming } from "../sources/naming.ts";
import { inspectPath } from "../sources/policy-files.ts";
import type { Vfs } from "../sources/vfs.ts";

export interface InspectResult {
  readonly files: readonly InspectedFile[];
  /** Complaints about files and folders that could not be read. */
  readonly problems: readonly Diagnostic[];
  readonly incomplete: boolean;
}

/** What each file says, file by file: no precedence, no judgement. Paths are absolute. */
export function inspect(vfs: Vfs, paths: readonly string[], root: string): InspectResult {
  const reader = new FileReader(vfs, new PathNaming(root));
  const files = paths.flatMap((path) => inspectPath(reader, path));
  const own = new Set(files.flatMap(({ diagnostics }) => diagnostics));
  const problems = reader.diagnostics.filter(
    (diagnostic) => !own.has(diagnostic) && diagnostic.code.startsWith("file."),
  );
  return {
    files,
    problems,
    incomplete: files.length === 0 || problems.some(({ severity }) => severity === "error"),
  };
}
