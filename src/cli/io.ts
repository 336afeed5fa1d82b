/** Everything the command line touches, injected so that tests run it in process. */
export interface CliIo {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** ISO 8601 UTC. */
  now(): string;
}

export interface TextSink {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** A mistake of the caller: one line for people, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Colour only where a person watches, and never against NO_COLOR (no-color.org). */
export function wantsColor(io: CliIo): boolean {
  if (io.env["NO_COLOR"] !== undefined && io.env["NO_COLOR"] !== "") return false;
  if (io.env["FORCE_COLOR"] !== undefined && io.env["FORCE_COLOR"] !== "0") return true;
  return io.stdout.isTTY && io.env["TERM"] !== "dumb";
}
