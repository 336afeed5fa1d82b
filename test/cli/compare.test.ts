import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { Comparison } from "../../src/model/comparison.ts";
import { expectHtml } from "../util/html-rules.ts";
import { Quarters } from "../util/quarters.ts";
import { repoPath } from "../util/run.ts";

const quarters = new Quarters();
const userAccounts = ["Success and Failure,,3", "Success,,1"] as const;
beforeAll(async () => {
  generateTemplates();
  await quarters.scan("q1");
  quarters.audit(2, ...userAccounts);
  await quarters.scan("q2");
  quarters.reset();
  quarters.directory(/CN=DC2,OU=Berlin,/g, "CN=DC2,OU=Munich,");
  await quarters.scan("q3");
  quarters.reset();
  await quarters.scan("dc1", "--target", "DC1");
  await quarters.scan("open", "--overlay", repoPath("test/fixtures/what-if/pass-to-unknown"));
});
afterAll(() => quarters.remove());

const schema: unknown = JSON.parse(readFileSync(repoPath("policies/schema/comparison.schema.json"), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  Object(schema),
);

describe("compare", () => {
  it.each<[string, readonly string[], number]>([
    ["the same", ["q1.json", "q1.json"], 0],
    ["a new failure", ["q1.json", "q2.json"], 1],
    ["a new failure below the gate", ["q1.json", "q2.json", "--fail-on", "critical"], 0],
    ["a new failure, softly", ["q1.json", "q2.json", "--soft-fail"], 0],
    ["a failure that is resolved", ["q2.json", "q1.json"], 0],
    ["a failure that comes back", ["q2.json", "q1.json", "q2.json"], 1],
    ["fewer computers", ["q1.json", "dc1.json"], 3],
    ["fewer computers, allowed", ["q1.json", "dc1.json", "--allow-incomplete"], 0],
    ["more computers, some of which fail", ["dc1.json", "q1.json"], 1],
    ["a verdict that is lost", ["q1.json", "open.json"], 3],
    ["one result", ["q1.json"], 2],
    ["no such file", ["q1.json", "q9.json"], 2],
    ["no such format", ["q1.json", "q2.json", "--format", "sarif"], 2],
    ["nowhere to write", ["q1.json", "q2.json", "--out", "sarif=x"], 2],
  ])("%s", async (_, argv, code) => {
    expect((await quarters.run("compare", ...argv)).code).toBe(code);
  });

  it("says in one line what is wrong with a file, and why a comparison is incomplete", async () => {
    quarters.write("broken", "{");
    expect((await quarters.run("compare", "q1.json", "broken.json")).stderr).toBe(
      "gpolint: cannot use result 'broken.json': it is not JSON; it may be cut, or in another format\n",
    );
    expect((await quarters.run("compare", "q1.json", "dc1.json")).stderr).toBe(
      "gpolint: incomplete: 24 findings are not examined any more\n",
    );
  });

  it("is incomplete where the newer result asks nothing of anybody, though it was allowed", async () => {
    expect(await quarters.scan("adcs", "--policy", "mdi-adcs", "--allow-incomplete")).toBe(0);
    expect((await quarters.run("compare", "adcs.json", "adcs.json")).code).toBe(3);
  });

  it("knows what comes back by the results before", async () => {
    const { stdout } = await quarters.run("compare", "q2.json", "q1.json", "q2.json", "--format", "json");
    const { summary, findings, results } = JSON.parse(stdout) as Comparison;
    expect(summary.counts).toMatchObject({ reopened: 1, new: 0 });
    expect(findings.find(({ state }) => state === "reopened")).toMatchObject({
      rule: "mdi.user-account-management",
      targetName: "DC2",
    });
    expect(results.map(({ path }) => path)).toEqual(["q2.json", "q1.json", "q2.json"]);
  });

  it.each([
    ["q1.json", "q2.json"],
    ["q1.json", "q2.json", "q3.json"],
    ["q1.json", "dc1.json"],
    ["q1.json", "open.json"],
  ])("%s %s %s: is valid against the published schema", async (...argv) => {
    const { stdout } = await quarters.run("compare", ...argv, "--format", "json");
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
  });

  it("writes every format in one run, the same each time", async () => {
    const argv = ["compare", "q1.json", "q2.json", "q3.json", "--allow-incomplete"];
    const outs = ["pretty=c.txt", "markdown=c.md", "html=c.html", "json=c.json"];
    const flags = outs.flatMap((out) => ["--out", out]);
    const first = await quarters.run(...argv, ...flags);
    const second = await quarters.run(...argv);
    expect(second.stdout).toBe(first.stdout);
    const file = (name: string): string => readFileSync(join(quarters.folder, name), "utf8");
    expect(file("c.txt")).toBe(first.stdout);
    const page = file("c.html");
    expectHtml(page);
    const bare = page
      .replace(/<style>[^]*?<\/style>/, "<style></style>")
      .replace(/'sha256-[^']+'/, "'sha256-'");
    await expect(masked(first.stdout)).toMatchFileSnapshot("goldens/compare.txt");
    await expect(masked(file("c.md"))).toMatchFileSnapshot("goldens/compare.md");
    await expect(masked(bare)).toMatchFileSnapshot("goldens/compare.html");
  });
});

/** What another edition of gpolint or of its packs changes. */
function masked(text: string): string {
  return text
    .replace(/[0-9a-f]{64}/g, "#")
    .replace(/gpolint \d+\.\d+\.\d+/g, "gpolint #")
    .replace(/mdi \d+\.\d+\.\d+/g, "mdi #");
}

describe("scan --baseline", () => {
  const scan = (...flags: readonly string[]) => quarters.scan("now", ...flags);

  it("fails on what is new alone, and keeps every verdict and total", async () => {
    quarters.reset();
    expect(await scan("--baseline", "q1.json")).toBe(1);
    expect(await scan("--baseline", "q1.json", "--fail-on-new")).toBe(0);
    const held = quarters.result("now");
    const plain = quarters.result("q1");
    expect(held.summary.counts).toEqual(plain.summary.counts);
    expect(held.findings).toEqual(plain.findings.map((finding) => ({ ...finding, baseline: "unchanged" })));
    expect(held.run.baseline).toMatchObject({
      path: "q1.json",
      counts: { unchanged: plain.findings.length },
    });
    quarters.audit(2, ...userAccounts);
    expect(await scan("--baseline", "q1.json", "--fail-on-new")).toBe(1);
    expect(await scan("--baseline", "q1.json", "--fail-on-new", "--fail-on", "critical")).toBe(0);
    expect(await scan("--baseline", "q1.json", "--fail-on-new", "--soft-fail")).toBe(0);
    const states = quarters.result("now").findings.filter(({ baseline }) => baseline === "new");
    expect(states.map(({ rule }) => rule)).toEqual(["mdi.user-account-management"]);
  });

  it("calls reopened what its baseline shows resolved", async () => {
    quarters.reset();
    await quarters.scan("fixed", "--baseline", "q2.json");
    quarters.audit(2, ...userAccounts);
    expect(await scan("--baseline", "fixed.json", "--fail-on-new")).toBe(1);
    expect(quarters.result("now").run.baseline?.counts).toMatchObject({ reopened: 1, new: 0 });
  });

  it("stays incomplete where something is unknown, however old", async () => {
    quarters.reset();
    const overlay = ["--overlay", repoPath("test/fixtures/what-if/pass-to-unknown")];
    expect(await scan("--baseline", "open.json", "--fail-on-new", ...overlay)).toBe(3);
  });

  it("takes what the baseline does not know for new, and says how the two differ", async () => {
    quarters.reset();
    expect(await scan("--baseline", "dc1.json", "--fail-on-new")).toBe(1);
    const { coverage, findings } = quarters.result("now");
    const onDc2 = findings.filter(({ target }) => target?.startsWith("CN=DC2,"));
    expect(new Set(onDc2.map(({ verdict, baseline }) => `${verdict} ${baseline ?? ""}`))).toEqual(
      new Set(["fail new", "pass added"]),
    );
    expect(coverage.gaps.map(({ code, text }) => `${code}: ${text}`)).toEqual([
      "baseline-targets: held against 'dc1.json': only in this scan: DC2",
    ]);
    await scan("--baseline", "q1.json", "--fail-on-new", "--policy", "yamato");
    expect(quarters.result("now").coverage.gaps.map(({ code }) => code)).toEqual([
      "baseline-policy",
      "baseline-policy",
      "baseline-gone",
    ]);
  });

  it.each([
    ["--fail-on-new alone", ["--fail-on-new"]],
    ["no such baseline", ["--baseline", "none.json"]],
    ["a baseline that is none", ["--baseline", "base/directory.ldif"]],
    [
      "two gates",
      ["--baseline", "q1.json", "--fail-on-new", "--fail-on-regression", "--overlay", "base/sysvol"],
    ],
  ])("%s is a mistake of the caller", async (_, flags) => {
    expect(await scan(...flags)).toBe(2);
  });

  it("goes by its name where its path is absolute: no report tells of the machine", async () => {
    quarters.reset();
    await scan("--baseline", join(quarters.folder, "dc1.json"));
    const text = readFileSync(join(quarters.folder, "now.json"), "utf8");
    expect(text).toContain("held against 'dc1.json'");
    expect(text).not.toContain(quarters.folder);
  });

  it("is told by the reports for people", async () => {
    quarters.reset();
    quarters.audit(2, ...userAccounts);
    const typed = [
      "scan",
      "base/sysvol",
      "--directory",
      "base/directory.ldif",
      "--baseline",
      "q1.json",
      "--fail-on-new",
    ];
    for (const format of ["pretty", "markdown", "html"]) {
      const { stdout } = await quarters.run(...typed, "--format", format);
      expect(stdout).toContain("Since the baseline q1.json: 1 new, 47 unchanged.");
      expect(stdout).toContain("only what is new fails it, low and above");
    }
    const { stdout } = await quarters.run(...typed);
    expect(stdout).toMatch(/User Account Management is audited[^]{1,900}\n {6}\* new since the baseline\n/);
  });
});
