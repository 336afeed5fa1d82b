import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = join(root, "examples/corp.example");
const folder = mkdtempSync(join(tmpdir(), "gpolint start "));

function start(...args: readonly string[]) {
  // Without npm_execpath an attempt to install fails loudly.
  const env = { ...process.env, INIT_CWD: folder, npm_execpath: undefined, npm_config_directory: undefined };
  return spawnSync(process.execPath, [join(root, "scripts/start.mjs"), ...args], {
    cwd: root,
    env,
    encoding: "utf8",
  });
}

const exampleArguments = [
  join(example, "sysvol"),
  "--directory",
  join(example, "directory.ldif"),
  "--report-dir",
  "out",
];

describe("a later npm start", () => {
  beforeAll(() => start(...exampleArguments));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("neither installs nor builds, ends with 0 although the example has failures, and names the reports", () => {
    const { status, stdout, stderr } = start(...exampleArguments);
    expect(stderr).not.toMatch(/installing|generating|building/);
    expect(status).toBe(0);
    for (const name of ["report.html", "report.csv", "report.md", "report.sarif", "result.json"]) {
      const path = join(folder, "out", name);
      expect(stdout).toContain(path);
      expect(existsSync(path), path).toBe(true);
    }
  });

  it("ends with 2, and names no report, where the path is not there", () => {
    const { status, stdout, stderr } = start(join(folder, "nowhere"), "--report-dir", "out");
    expect(status).toBe(2);
    expect(stdout).not.toContain("report.html");
    expect(stderr).toContain("nowhere");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
