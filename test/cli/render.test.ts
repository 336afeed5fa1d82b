import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import { sarifProfiles } from "../../src/reporters/sarif-profile.ts";
import { reporterIds } from "../../src/reporters/registry.ts";
import { runCli } from "../util/cli.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-render-"));
beforeAll(() => generateTemplates());
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const input = ["examples/corp.example/sysvol", "--directory", "examples/corp.example/directory.ldif"];
const at = (name: string): string => join(temp, name);
const read = (name: string): string => readFileSync(at(name), "utf8");

describe("render", () => {
  it.each([
    ["as it is", []],
    ["--deterministic", ["--deterministic"]],
  ])("every format is byte for byte what scan wrote: %s", async (_name, flags) => {
    const outs = reporterIds.flatMap((id) => ["--out", `${id}=${at(`scan.${id}`)}`]);
    const scanned = await runCli(["scan", ...input, ...flags, ...outs]);
    expect(scanned.code).toBe(3);
    expect(scanned.stdout).toBe(read("scan.pretty"));
    const again = reporterIds.flatMap((id) => ["--out", `${id}=${at(`render.${id}`)}`]);
    expect((await runCli(["render", at("scan.json"), ...again])).code).toBe(0);
    for (const id of reporterIds) {
      expect(read(`render.${id}`), id).toBe(read(`scan.${id}`));
      const printed = await runCli(["render", at("scan.json"), "--format", id]);
      expect(printed).toEqual({ code: 0, stdout: read(`scan.${id}`), stderr: "" });
    }
  });

  it.each(sarifProfiles)("--sarif-profile %s: the same in both, in a pipeline too", async (profile) => {
    const env = {
      TF_BUILD: "True",
      BUILD_DEFINITIONID: "42",
      BUILD_DEFINITIONNAME: "gpo",
      SYSTEM_PHASEID: "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
      SYSTEM_PHASENAME: "Job",
    };
    const flags = ["--format", "sarif", "--sarif-profile", profile];
    const scanned = await runCli(["scan", ...input, ...flags, "--out", `json=${at("p.json")}`], { env });
    expect((await runCli(["render", at("p.json"), ...flags], { env })).stdout).toBe(scanned.stdout);
    expect(scanned.stdout.includes("azuredevops/pipeline")).toBe(profile === "ado");
    // A deterministic result says nothing of where it was made.
    const still = await runCli(["scan", ...input, ...flags, "--deterministic"], { env });
    expect(still.stdout).toBe((await runCli(["scan", ...input, ...flags, "--deterministic"])).stdout);
  });

  it("--report-dir writes the standard set, and sha256sum finds it whole", async () => {
    const folders = [at("by-scan"), at("by-render")];
    await runCli(["scan", ...input, "--report-dir", folders[0] ?? ""]);
    await runCli(["render", join(folders[0] ?? "", "result.json"), "--report-dir", folders[1] ?? ""]);
    const names = ["SHA256SUMS", "report.csv", "report.html", "report.md", "report.sarif", "result.json"];
    for (const folder of folders) expect(readdirSync(folder).sort()).toEqual(names);
    const sums = read("by-scan/SHA256SUMS");
    expect(read("by-render/SHA256SUMS")).toBe(sums);
    const lines = sums.trimEnd().split("\n");
    expect(lines.length).toBe(names.length - 1);
    for (const line of lines) {
      const [hash, name = ""] = line.split("  ");
      expect(
        createHash("sha256")
          .update(readFileSync(at(`by-scan/${name}`)))
          .digest("hex"),
      ).toBe(hash);
    }
    const checked = spawnSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: at("by-scan"), encoding: "utf8" });
    // Windows and macOS have no such program.
    if (checked.error === undefined) expect([checked.status, checked.stderr]).toEqual([0, ""]);
  });

  const result = (): Record<string, unknown> => JSON.parse(read("scan.json")) as Record<string, unknown>;
  const broken: readonly (readonly [string, () => string, RegExp])[] = [
    ["no JSON", () => "{", /it is not JSON/],
    ["another document", () => "[]", /not a result of gpolint/],
    [
      "a later schema",
      () => JSON.stringify({ ...result(), schemaVersion: "2.0" }),
      /schema version 2\.0.*reads 1\.0/,
    ],
    [
      "a piece missing",
      () => JSON.stringify({ ...result(), run: {} }),
      /not a result of gpolint scan: \/run/,
    ],
    ["findings taken away", () => JSON.stringify({ ...result(), findings: [] }), /cut or edited/],
  ];
  it.each(broken)("%s is refused in one line", async (_name, text, expected) => {
    writeFileSync(at("broken.json"), text());
    for (const command of [
      ["render", at("broken.json")],
      ["verify", at("broken.json"), ...input.slice(0, 1)],
    ]) {
      const { code, stdout, stderr } = await runCli(command);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^gpolint: [^\n]+\n$/);
      expect(stderr).toMatch(expected);
    }
  });

  it.each([
    [["render"], /Not enough/],
    [["render", "nowhere.json"], /cannot read result 'nowhere.json'/],
    [["render", "examples"], /a file is needed/],
    [["render", at("scan.json"), "--format", "xml"], /format/],
    [["render", at("scan.json"), "--sarif-profile", "gitlab"], /sarif-profile/],
    [["render", at("scan.json"), "--policy", "mdi"], /Unknown argument/],
  ] as const)("%j is a usage error", async (argv, expected) => {
    const { code, stderr } = await runCli(argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
  });
});
