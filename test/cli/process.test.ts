import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../scripts/steps/build.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import { example, repoPath } from "../util/run.ts";

/** The built program as a process of its own: what only that can show. */
const bin = repoPath("dist/bin.js");
const folder = mkdtempSync(join(tmpdir(), "gpolint 100% #2 ü "));
beforeAll(async () => {
  await ensureBuilt();
  cpSync(example.root, join(folder, "corp.example"), { recursive: true });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], cwd: string, env: Record<string, string> = {}): Run {
  return spawnSync(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", SystemRoot: process.env["SystemRoot"] ?? "", ...env },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}

const here = (cwd: string): string[] => {
  const at = join(folder, "corp.example");
  const place = cwd === at ? "." : at;
  return [
    "scan",
    join(place, "sysvol"),
    "--directory",
    join(place, "directory.ldif"),
    "--root",
    place,
    "--deterministic",
  ];
};

describe("the built program", () => {
  it("gives the same bytes in every format, whatever the folder, locale, time zone and colour", () => {
    for (const format of ["json", "sarif", "html", "pretty"]) {
      const inside = join(folder, "corp.example");
      const outputs = [
        run([...here(inside), "--format", format], inside),
        run([...here(tmpdir()), "--format", format], tmpdir(), {
          LANG: "tr_TR.UTF-8",
          LC_ALL: "tr_TR.UTF-8",
          TZ: "Asia/Kathmandu",
        }),
        run([...here(folder), "--format", format], folder, {
          TZ: "America/Caracas",
          TERM: "xterm-256color",
          COLUMNS: "40",
        }),
      ];
      expect(new Set(outputs.map(({ status }) => status))).toEqual(new Set([3]));
      expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
      expect(outputs[0]?.stdout).not.toContain(folder);
    }
  });

  it("reports relative paths with the names as they are, percent-encoded in SARIF", () => {
    const { stdout } = run(
      [
        "scan",
        join("corp.example", "sysvol"),
        "--directory",
        join("corp.example", "directory.ldif"),
        "--root",
        ".",
        "--format",
        "json",
      ],
      folder,
    );
    const result = JSON.parse(stdout) as ScanResult;
    expect(
      result.run.inputs.map(({ path }) => path).filter((path) => !path.startsWith("corp.example/")),
    ).toEqual([]);
  });

  it("ends quietly when nobody reads on", () => {
    const script = `node ${JSON.stringify(bin)} scan ${JSON.stringify(example.sysvol)} --directory ${JSON.stringify(example.directory)} --format json | head -c 100`;
    if (process.platform === "win32") return;
    const { stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    expect(stderr).not.toContain("EPIPE");
    expect(stderr).not.toContain("    at ");
  });

  it("--version and a usage error", () => {
    const { version } = JSON.parse(readFileSync(repoPath("package.json"), "utf8")) as { version: string };
    expect(run(["--version"], folder)).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
    expect(run(["scan", "nowhere"], folder)).toMatchObject({ status: 2, stdout: "" });
  });
});
