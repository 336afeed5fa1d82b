import type { PasswordInput } from "../../src/cli/io.ts";
import type { RunGit } from "../../src/cli/git.ts";
import { runGit } from "../../src/cli/git.ts";
import { main } from "../../src/cli/main.ts";
import { repoPath } from "./run.ts";

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, in the root of the repository unless told otherwise. */
export async function runCli(
  argv: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    readonly stdin?: Partial<PasswordInput>;
    readonly now?: string;
    readonly git?: RunGit;
  } = {},
): Promise<CliRun> {
  let stdout = "";
  let stderr = "";
  const code = await main({
    argv,
    cwd: options.cwd ?? repoPath(""),
    env: options.env ?? {},
    stdout: { isTTY: false, write: (text) => void (stdout += text) },
    stderr: { isTTY: false, write: (text) => void (stderr += text) },
    stdin: {
      isTTY: false,
      readAll: () => Promise.resolve(""),
      readHidden: () => Promise.resolve(null),
      ...options.stdin,
    },
    now: () => options.now ?? "2026-01-02T03:04:05.000Z",
    git: options.git ?? runGit,
  });
  return { code, stdout, stderr };
}
