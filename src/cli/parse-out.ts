import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import { toAbsolute } from "./paths.ts";

export interface OutFile<F extends string> {
  readonly format: F;
  /** Absolute. */
  readonly path: string;
}

/** `FORMAT=PATH`, split at the first `=`: a path may hold more of them, and a Windows path a colon. */
export function parseOut<F extends string>(
  io: CliIo,
  text: string,
  { isFormat, names }: { readonly isFormat: (id: string) => id is F; readonly names: readonly string[] },
): OutFile<F> {
  const at = text.indexOf("=");
  const format = text.slice(0, at);
  if (at < 1 || at === text.length - 1 || !isFormat(format)) {
    throw new UsageError(
      `cannot write to '${text}': expected FORMAT=PATH with FORMAT one of ${names.join(", ")}`,
    );
  }
  return { format, path: toAbsolute(io.cwd, text.slice(at + 1)) };
}
