import { compareResults } from "../../app/compare/compare-results.ts";
import type { Severity } from "../../model/requirement.ts";
import type { CompareFormat } from "../../reporters/compare-registry.ts";
import { compareFormats, isCompareFormat, loadCompareRenderer } from "../../reporters/compare-registry.ts";
import { version } from "../../version.gen.ts";
import type { CliIo } from "../io.ts";
import { tell, wantsColor } from "../io.ts";
import { parseOut } from "../parse-out.ts";
import { requireResult } from "../results.ts";
import { writeWhole } from "../write-files.ts";

export interface CompareArgs {
  /** As typed. */
  readonly results: {
    readonly earlier: readonly string[];
    readonly before: string;
    readonly after: string;
  };
  readonly format: CompareFormat;
  /** `format=path`. */
  readonly out: readonly string[];
  readonly failOn: Severity | "none";
  readonly allowIncomplete: boolean;
  readonly softFail: boolean;
}

/** Holds saved results against each other. Returns the exit code. */
export async function runCompare(io: CliIo, args: CompareArgs): Promise<number> {
  const outputs = args.out.map((text) =>
    parseOut(io, text, { isFormat: isCompareFormat, names: compareFormats }),
  );
  const { earlier, before, after } = args.results;
  const series = {
    earlier: earlier.map((typed) => requireResult(io, typed)),
    before: requireResult(io, before),
    after: requireResult(io, after),
  };
  const comparison = compareResults(series, args, version);
  for (const { format, path } of outputs) {
    const render = await loadCompareRenderer(format);
    writeWhole(path, render(comparison, { color: false }));
  }
  const render = await loadCompareRenderer(args.format);
  io.stdout.write(render(comparison, { color: wantsColor(io) }));
  const { exitCode, incomplete } = comparison.summary;
  if (exitCode === 3) tell(io, `gpolint: incomplete: ${incomplete.join("; ")}`);
  return exitCode;
}
