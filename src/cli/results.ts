import type { SavedResult } from "../app/saved-result.ts";
import { readSavedResult } from "../app/saved-result.ts";
import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import { requirePath, toAbsolute } from "./paths.ts";

/** A saved result, or a mistake of the caller. */
export function requireResult(io: CliIo, typed: string): SavedResult {
  const path = toAbsolute(io.cwd, typed);
  requirePath(path, typed, "file", "result");
  const read = readSavedResult(path, typed);
  if (read.ok) return read.saved;
  throw new UsageError(`cannot use result '${typed}': ${read.problem}`);
}
