import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { caFile, host, reader } from "../dc/settings.ts";
import { newFolder } from "./exports.ts";
import type { ProgramRun } from "./program.ts";
import { gpolint } from "./program.ts";

export interface Attempt {
  readonly url?: string;
  readonly user?: string;
  readonly password?: string;
  readonly ca?: string | null;
  readonly more?: readonly string[];
}

/** Tries to collect, which must fail, and holds what every failed attempt has in common. */
export async function failToCollect(attempt: Attempt): Promise<ProgramRun> {
  const { url = `ldaps://${host}`, user = reader.user, password = reader.password, ca = caFile } = attempt;
  const out = join(newFolder("failure"), "corp.example.gpodir.json");
  const trust = ca === null ? [] : ["--ca", ca];
  const args = ["collect", "--ldap", url, "--user", user, ...trust, "--out", out, ...(attempt.more ?? [])];
  const run = await gpolint(args, { password });
  expect(run.code, `${run.stdout}${run.stderr}`).not.toBe(0);
  expect(run.code, "it must not hang").not.toBe(null);
  expect(run.stdout).toBe("");
  expect(existsSync(out), "no half snapshot").toBe(false);
  if (password !== "") expect(run.stderr).not.toContain(password);
  return run;
}

/** What is wrong stands in one line, beside warnings, and this is the exit code. */
export function expectLine(run: ProgramRun, code: number, words: RegExp): void {
  const lines = run.stderr
    .split("\n")
    .slice(0, -1)
    .filter((line) => !line.startsWith("gpolint: WARNING: "));
  expect(lines, run.stderr).toHaveLength(1);
  expect(lines[0]).toMatch(/^gpolint: /);
  expect(lines[0]).toMatch(words);
  expect(lines[0]).not.toContain("internal error");
  expect(run.code, run.stderr).toBe(code);
}
