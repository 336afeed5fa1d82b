import type { WaiversInUse } from "../app/waivers.ts";
import { loadWaivers, problemText } from "../app/waivers.ts";
import type { WrittenText } from "../sources/text-file.ts";
import { readTextFile } from "../sources/text-file.ts";
import { ReadError } from "../sources/vfs.ts";
import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import { requirePath, toAbsolute } from "./paths.ts";
import { RefReader } from "./waivers-ref.ts";

export interface WaiverArgs {
  readonly waivers: readonly string[];
  readonly waiversRef: string | null;
}

export const defaultRegister = "gpolint.waivers.yaml";

/**
 * The registers that a scan is told to use; undefined where it is told of none.
 *
 * @param now ISO 8601; null where the run has no clock.
 */
export function waiversForScan(io: CliIo, args: WaiverArgs, now: string | null): WaiversInUse | undefined {
  const { waivers: named, waiversRef } = args;
  if (named.length === 0 && waiversRef === null) return undefined;
  if (now === null)
    throw new UsageError(
      "waivers end on a day, and --deterministic leaves out the clock: add --as-of DATE, e.g. --as-of 2026-12-31",
    );
  const paths = [...new Set(named.length === 0 ? [defaultRegister] : named)];
  const texts =
    waiversRef === null
      ? paths.map((path) => readRegister(io, path))
      : readFromRef(new RefReader(io.git, io.cwd, waiversRef), paths);
  return requireValid(texts, now);
}

function readFromRef(reader: RefReader, paths: readonly string[]) {
  return paths.map((path) => reader.read(path));
}

export function readRegister(io: CliIo, typed: string): WrittenText {
  const path = toAbsolute(io.cwd, typed);
  requirePath(path, typed, "file", "register of waivers");
  try {
    return readTextFile(path, path, typed);
  } catch (error) {
    if (error instanceof ReadError)
      throw new UsageError(`cannot read register of waivers '${typed}': ${error.message}`);
    throw error;
  }
}

/** A register that is half right waives nothing: every mistake is told, and the run ends. */
export function requireValid(texts: readonly WrittenText[], now: string): WaiversInUse {
  const loaded = loadWaivers(texts, now);
  if (loaded.ok) return loaded.waivers;
  const problems = loaded.problems.map(problemText).join("; ");
  throw new UsageError(`the register of waivers is invalid: ${problems}`);
}
