import type { RunGit } from "./git.ts";
import { visible } from "../reporters/escape.ts";

/** Everything the command line touches, injected so that tests run it in process. */
export interface CliIo {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: PasswordInput;
  /** ISO 8601 UTC. */
  now(): string;
  readonly git: RunGit;
}

export interface TextSink {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** Where a password can come from beside the environment. */
export interface PasswordInput {
  /** A person can be asked. */
  readonly isTTY: boolean;
  /** Everything up to the end of the input. */
  readAll(): Promise<string>;
  /** One line that a person types unseen; null where they rather stopped. */
  readHidden(prompt: string): Promise<string | null>;
}

/** A mistake of the caller: one line for people, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Something needed could not be read, and nothing was made of the rest: one line for people, exit code 3. */
export class UnreadError extends Error {
  override readonly name = "UnreadError";
}

/** Colour only where a person watches, and never against NO_COLOR (no-color.org). */
export function wantsColor(io: CliIo): boolean {
  if (io.env["NO_COLOR"] !== undefined && io.env["NO_COLOR"] !== "") return false;
  if (io.env["FORCE_COLOR"] !== undefined && io.env["FORCE_COLOR"] !== "0") return true;
  return io.stdout.isTTY && io.env["TERM"] !== "dumb";
}

/** One line on standard error. Names come from the input: none of them can break the line, hide a part or forge another. */
export function tell(io: Pick<CliIo, "stderr">, text: string): void {
  io.stderr.write(`${visible(text)}\n`);
}
