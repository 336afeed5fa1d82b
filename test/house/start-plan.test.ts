import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodeOfStart, planScan } from "../../scripts/steps/start-plan.mjs";

const root = resolve("/project");
const caller = resolve("/somewhere/else");
const latest = join(root, "reports/latest");

describe("npm start", () => {
  it("scans the bundled example, from the project folder, wherever npm was called", () => {
    const plan = planScan([], { INIT_CWD: caller }, root);
    expect(plan).toMatchObject({ cwd: root, reportDir: latest });
    expect(plan.args).toEqual([
      "scan",
      join("examples/corp.example/sysvol"),
      "--directory",
      join("examples/corp.example/directory.ldif"),
      "--report-dir",
      latest,
    ]);
  });

  it.each([
    [["my export", "--directory", "d.ldif"], latest, ["--report-dir", latest]],
    [["x", "--report-dir", "out"], resolve(caller, "out"), []],
    [["x", "--report-dir=out"], resolve(caller, "out"), []],
  ])("passes %j on, with paths from where npm was called", (args, reportDir, added) => {
    const plan = planScan(args, { INIT_CWD: caller }, root);
    expect(plan).toEqual({ cwd: caller, reportDir, args: ["scan", ...args, ...added] });
  });

  it.each([
    [["export", "d.ldif"], "true"],
    [["export"], "d.ldif"],
  ])("does not scan %j without the flag that npm swallowed (%s)", (args, swallowed) => {
    expect(() => planScan(args, { npm_config_directory: swallowed }, root)).toThrow(
      "npm start -- PATH --directory FILE",
    );
  });

  it.each([
    [0, 0],
    [1, 0],
    [3, 0],
    [2, 2],
    [134, 2],
  ])("turns exit code %i of scan into %i", (scan, start) => {
    expect(exitCodeOfStart(scan)).toBe(start);
  });
});
