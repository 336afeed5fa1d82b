import { spawnSync } from "node:child_process";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { repoPath } from "../util/run.ts";

/** The command for the live tests, on a machine where nothing is installed. */
function runWithoutSamba(environment: Readonly<Record<string, string>>): {
  code: number | null;
  said: string;
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, [repoPath("scripts/test-live.mjs")], {
    env: { PATH: "/nonexistent", ...environment },
    encoding: "utf8",
  });
  return { code: status, said: stdout + stderr };
}

describe("npm run test:live without Samba", () => {
  it("says in one line that it is skipped, and why", () => {
    const { code, said } = runWithoutSamba({});
    expect(code).toBe(0);
    expect(said).toMatch(/^gpolint: live tests skipped: [^\n]+\n$/);
  });

  it("fails where the suite is required", () => {
    const { code, said } = runWithoutSamba({ GPOLINT_REQUIRE_SAMBA: "1" });
    expect(code).toBe(1);
    expect(said).toMatch(/^gpolint: live tests cannot run: [^\n]+\n$/);
  });
});
