import { spawnSync } from "node:child_process";
import process from "node:process";
import { files, folder } from "./settings.ts";

/** Environment of every tool: nothing of the person who runs the suite, but where programs are. */
export const toolEnvironment: NodeJS.ProcessEnv = {
  PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`,
  HOME: folder,
  TMPDIR: folder,
  LC_ALL: "C.UTF-8",
};

export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program and gives back how it ended. */
export function runTool(command: string, args: readonly string[], input = ""): ToolRun {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    env: toolEnvironment,
    encoding: "utf8",
    input,
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  });
  if (error !== undefined) throw new Error(`${command} did not run: ${error.message}`);
  return { code: status, stdout, stderr };
}

/** Runs a program that must succeed, and gives back what it printed. */
export function mustRun(command: string, args: readonly string[], input = ""): string {
  const { code, stdout, stderr } = runTool(command, args, input);
  if (code === 0) return stdout;
  const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-15).join("\n");
  throw new Error(`${command} ended with ${String(code)}:\n${said}`);
}

/** A tool of ldb on the database file itself, which only works for root and asks for no account. */
export function onDatabase(tool: string, args: readonly string[], ldif = ""): string {
  return mustRun(tool, [`--configfile=${files.config}`, "-H", files.database, ...args], ldif);
}

/** Names of all objects of the forest, in lower case. */
export function existingNames(base: string): ReadonlySet<string> {
  const found = onDatabase("ldbsearch", ["--cross-ncs", "-b", base, "-s", "sub", "(objectClass=*)", "dn"]);
  return new Set(
    [...found.replaceAll("\n ", "").matchAll(/^dn: (.*)$/gm)].map(([, dn = ""]) => dn.toLowerCase()),
  );
}

/** Adds or changes objects. The tools end with success at a record that they cannot read, so they are counted. */
export function load(
  tool: "ldbadd" | "ldbmodify",
  records: readonly string[],
  ...args: readonly string[]
): void {
  const said = onDatabase(tool, args, records.join(""));
  const [, count] = /^(?:Added|Modified) (\d+) records/m.exec(said) ?? [];
  if (Number(count) === records.length) return;
  throw new Error(
    `${tool} took ${count ?? "no"} records of ${records.length}; the next one:\n${records[Number(count)] ?? ""}`,
  );
}
