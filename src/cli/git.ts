import { spawnSync } from "node:child_process";

/** One call of git, without a shell. Null where there is no git to be started. */
export type RunGit = (args: readonly string[], folder: string) => GitAnswer | null;

export interface GitAnswer {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/**
 * Only reads what is there: asks nobody, fetches nothing, writes nothing. A folder of the working tree that looks like a
 * bare repository is none, and no object stands in for another: both may come with a change.
 */
export const runGit: RunGit = (args, folder) => {
  const { error, status, stdout, stderr } = spawnSync(
    "git",
    ["-c", "safe.bareRepository=explicit", ...args],
    {
      cwd: folder,
      shell: false,
      windowsHide: true,
      maxBuffer: 4 * 1024 * 1024,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        LC_ALL: "C",
        GIT_TERMINAL_PROMPT: "0",
        GIT_NO_LAZY_FETCH: "1",
        GIT_NO_REPLACE_OBJECTS: "1",
        GIT_OPTIONAL_LOCKS: "0",
      },
    },
  );
  // Too much output is an error too, but git was there.
  if (error !== undefined && "code" in error && error.code === "ENOENT") return null;
  return { code: error === undefined ? (status ?? -1) : -1, stdout, stderr: stderr.toString("utf8") };
};
