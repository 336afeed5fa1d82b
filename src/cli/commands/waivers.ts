import { pruneRegister } from "../../app/edit-waivers.ts";
import { readSavedResult } from "../../app/saved-result.ts";
import type { WaiversInUse } from "../../app/waivers.ts";
import { judgeSaved, loadWaivers, problemText, reviewTerms } from "../../app/waivers.ts";
import type { ScanResult } from "../../model/result.ts";
import { visible } from "../../reporters/escape.ts";
import type { CliIo } from "../io.ts";
import { UsageError } from "../io.ts";
import { readMoment } from "../moment.ts";
import { requirePath, toAbsolute } from "../paths.ts";
import { defaultRegister, readRegister, requireValid } from "../waivers-load.ts";
import { writeWhole } from "../write-files.ts";

export interface ReviewArgs {
  readonly result: string | null;
  readonly asOf: string | null;
}

/** Every mistake, or what somebody must see to. Returns 2 for an invalid register, 1 where a waiver has expired. */
export function runWaiversCheck(io: CliIo, files: readonly string[], args: ReviewArgs): number {
  const now = readMoment(args.asOf) ?? io.now();
  const result = readResult(io, args.result);
  const texts = (files.length === 0 ? [defaultRegister] : files).map((file) => readRegister(io, file));
  const loaded = loadWaivers(texts, now);
  if (!loaded.ok) {
    for (const problem of loaded.problems) io.stderr.write(`${visible(problemText(problem))}\n`);
    return 2;
  }
  const { waivers } = loaded;
  const notices = result === null ? reviewTerms(waivers) : judgeSaved(result, waivers).register.notices;
  for (const { file } of texts) {
    const own = waivers.waivers.filter((waiver) => waiver.file === file).length;
    io.stdout.write(`${visible(file)}: valid, ${own} ${own === 1 ? "waiver" : "waivers"}\n`);
  }
  for (const { text, level } of notices) io.stdout.write(`${level}: ${visible(text)}\n`);
  return reviewTerms(waivers).some(({ code }) => code === "waiver-expired") ? 1 : 0;
}

export interface PruneArgs extends ReviewArgs {
  readonly dryRun: boolean;
}

/** Takes out of a register what is not needed any more, and says what. */
export function runWaiversPrune(io: CliIo, file: string, args: PruneArgs): number {
  const now = readMoment(args.asOf) ?? io.now();
  const result = readResult(io, args.result);
  const source = readRegister(io, file);
  const inUse: WaiversInUse = requireValid([source], now);
  const { removed, kept, edited } = pruneRegister(source, inUse, result);
  if (!edited.ok) throw new UsageError(`cannot prune '${file}': ${edited.problem}`);
  if (removed.length > 0 && !args.dryRun) writeWhole(toAbsolute(io.cwd, file), edited.text);
  const verb = args.dryRun ? "would remove" : "removed";
  for (const { waiver, why } of removed)
    io.stdout.write(`${verb} ${visible(`${waiver.id} (${waiver.rule}): ${why}`)}\n`);
  io.stdout.write(`${removed.length === 0 ? "nothing to remove, " : ""}${kept.length} kept\n`);
  return 0;
}

function readResult(io: CliIo, typed: string | null): ScanResult | null {
  if (typed === null) return null;
  const path = toAbsolute(io.cwd, typed);
  requirePath(path, typed, "file", "result");
  const read = readSavedResult(path, typed);
  if (read.ok) return read.saved.result;
  throw new UsageError(`cannot use result '${typed}': ${read.problem}`);
}
