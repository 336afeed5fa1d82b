import { expect } from "vitest";
import type { EffectiveResult } from "../../../src/model/effective-result.ts";
import { runCli } from "../../util/cli.ts";

/** What `effective` makes of these inputs: targets sorted by name, all else as printed. */
export async function effective(sysvol: string, directory: readonly string[]): Promise<string> {
  const flags = directory.flatMap((file) => ["--directory", file]);
  const { stdout, stderr } = await runCli(["effective", sysvol, ...flags, "--format", "json"]);
  expect(stdout, stderr).not.toBe("");
  return sorted(JSON.parse(stdout) as EffectiveResult);
}

/** Order of objects is the server's business and differs from run to run. */
export function sorted(result: EffectiveResult): string {
  const targets = result.targets.toSorted((a, b) => (a.dn < b.dn ? -1 : 1));
  return JSON.stringify({ ...result, targets }, null, 1);
}
