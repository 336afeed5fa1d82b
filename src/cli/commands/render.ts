import type { CliIo } from "../io.ts";
import type { OutputArgs } from "../outputs.ts";
import { planOutputs } from "../outputs.ts";
import { requireResult } from "../results.ts";

export interface RenderArgs extends OutputArgs {
  /** File that `scan --format json` wrote. */
  readonly result: string;
}

/**
 * Writes a saved result in other formats, byte for byte as the scan would have. Reads that one file and judges nothing. The
 * exit code says whether it was rendered: the gate was the scan's, and its answer stands in the result.
 */
export async function runRender(io: CliIo, args: RenderArgs): Promise<number> {
  const write = planOutputs(io, args);
  await write(requireResult(io, args.result).result);
  return 0;
}
