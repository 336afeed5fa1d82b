import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { toolEnvironment } from "../dc/run-tool.ts";
import type { Account } from "../dc/settings.ts";
import { caFile, host, otherHost, repository } from "../dc/settings.ts";
import { newFolder } from "./exports.ts";

export interface ProgramRun {
  /** Null where it hung and was ended. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** `host:port` of every connection that it tried. */
  readonly contacts: readonly string[];
  readonly seconds: number;
}

export interface RunOptions {
  readonly password?: string | undefined;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const patience = 25_000;
const fence = pathToFileURL(join(repository, "test/util/loopback-only.mjs")).href;

/** Runs the built program, with a fence around its network. What it must not hang on, it gets 25 seconds for. */
export async function gpolint(args: readonly string[], options: RunOptions = {}): Promise<ProgramRun> {
  const contacts = join(newFolder("run"), "contacts");
  writeFileSync(contacts, "");
  const began = Date.now();
  const child = spawn(process.execPath, ["--import", fence, join(repository, "dist/bin.js"), ...args], {
    cwd: repository,
    env: {
      ...toolEnvironment,
      GPOLINT_TEST_NAMES: `${host},${otherHost}`,
      GPOLINT_TEST_CONTACTS: contacts,
      ...(options.password === undefined ? {} : { GPOLINT_PASSWORD: options.password }),
      ...options.environment,
    },
    timeout: patience,
    killSignal: "SIGKILL",
  });
  child.stdin.end(options.stdin ?? "");
  const texts = [child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join(""));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [stdout = "", stderr = ""] = await Promise.all(texts);
  const seconds = (Date.now() - began) / 1000;
  return { code, stdout, stderr, contacts: readFileSync(contacts, "utf8").split("\n").slice(0, -1), seconds };
}

/** Flags that read the live directory as this account, over LDAPS unless told otherwise. */
export function live(account: Account, url = `ldaps://${host}`): readonly string[] {
  return ["--ldap", url, "--user", account.user, "--ca", caFile];
}

/** Collects a snapshot, which must work, and gives back its path. */
export async function collect(
  account: Account,
  {
    url,
    file = join(newFolder("snapshot"), "corp.example.gpodir.json"),
  }: { url?: string; file?: string } = {},
): Promise<string> {
  const run = await gpolint(["collect", ...live(account, url), "--out", file], {
    password: account.password,
  });
  if (run.code !== 0) throw new Error(`collect ended with ${String(run.code)}: ${run.stderr}`);
  return file;
}
