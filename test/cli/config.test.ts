import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { severities } from "../../src/model/requirement.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { sourceKinds } from "../../src/model/source.ts";
import { reporterIds } from "../../src/reporters/registry.ts";
import { sarifProfiles } from "../../src/reporters/sarif-profile.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";

const temp = realpathSync(mkdtempSync(join(tmpdir(), "gpolint-config-")));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const example = repoPath("examples/corp.example");
const settled = "wmi:{E10CC350-42C1-44BC-916A-B8907F80C078}=true";
let count = 0;

/** A project of its own; `files` by path, text or object. */
function project(files: Readonly<Record<string, unknown>>, git = true): string {
  const folder = join(temp, `project-${++count}`);
  mkdirSync(join(folder, "deep", "er"), { recursive: true });
  if (git) mkdirSync(join(folder, ".git"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

const inputs = {
  schemaVersion: 1,
  paths: [`${example}/sysvol`],
  directory: [`${example}/directory.ldif`],
  assume: [settled],
};

/** What `--show-config` prints, as value and origin by name. */
async function shown(cwd: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCli(["scan", "--show-config", ...flags], { cwd, env });
  const rows = stdout.split("\n").slice(1, -1);
  const parts = rows.map((row) => row.trim().split(/ {2,}/));
  return { code, stderr, of: new Map(parts.map(([name = "", ...rest]) => [name, rest.join(" from ")])) };
}

describe("which file", () => {
  const failOn = (value: string) => ({ "gpolint.config.json": { schemaVersion: 1, failOn: value } });

  it.each([
    ["here", failOn("high"), ".", true, "high from gpolint.config.json:1"],
    ["further up in the repository", failOn("high"), "deep/er", true, "high from gpolint.config.json:1"],
    ["further up without a repository", failOn("high"), "deep", false, "low from default"],
    ["here without a repository", failOn("high"), ".", false, "high from gpolint.config.json:1"],
    [
      "above the root of the repository",
      { ...failOn("high"), "deep/.git/HEAD": "" },
      "deep/er",
      true,
      "low from default",
    ],
    [
      "in the root of a worktree",
      { ...failOn("high"), "deep/.git": "gitdir: x" },
      "deep/er",
      true,
      "low from default",
    ],
    [
      "the nearest of two",
      { ...failOn("high"), "deep/gpolint.config.yml": "schemaVersion: 1\nfailOn: medium\n" },
      "deep/er",
      true,
      "medium from gpolint.config.yml:2",
    ],
  ] as const)("%s", async (_, files, cwd, git, expected) => {
    const { code, of } = await shown(join(project(files, git), cwd));
    expect([code, of.get("fail-on")]).toEqual([0, expected]);
  });

  it("--config names another, --no-config none", async () => {
    const folder = project({ ...failOn("high"), "other.yaml": "schemaVersion: 1\nfailOn: none\n" });
    expect((await shown(folder, ["--config", "other.yaml"])).of.get("fail-on")).toBe(
      "none from other.yaml:2",
    );
    expect((await shown(folder, ["--config=other.yaml"])).of.get("fail-on")).toBe("none from other.yaml:2");
    expect((await shown(folder, ["--no-config"])).of.get("fail-on")).toBe("low from default");
  });

  it.each([
    [["--config", "missing.yaml"], "cannot read configuration 'missing.yaml': no such file"],
    [["--config", "deep"], "it is a folder"],
    [["--config"], "--config needs a FILE"],
    [["--config", "--no-config"], "--config needs a FILE"],
    [["--config=a", "--config=b"], "only once"],
    [["--config=a", "--no-config"], "exclude each other"],
  ] as const)("%j is a mistake", async (flags, message) => {
    const { code, stderr, stdout } = await runCli(["scan", ...flags], { cwd: project({}) });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("two in one folder are a mistake, and so is a link to nothing", async () => {
    const both = project({ ...failOn("high"), "gpolint.config.yaml": "schemaVersion: 1\n" });
    expect((await shown(both)).stderr).toContain("found gpolint.config.yaml and gpolint.config.json");
    const broken = project({});
    symlinkSync("nowhere", join(broken, "gpolint.config.yaml"));
    expect(await shown(broken)).toMatchObject({ code: 2, stderr: /no such file/ });
  });
});

describe("which value", () => {
  const files = {
    "gpolint.config.yaml":
      "schemaVersion: 1\nfailOn: high\nformat: json\nsoftFail: true\npolicy: [mdi-2021, packs/own.yaml]\nwaivers:\n  - own.waivers.yaml\nevidence: [HAM-DC01=measured]\npaths: [sysvol]\n",
  };

  it("flags over environment over file over defaults", async () => {
    const env = { GPOLINT_FAIL_ON: "medium", GPOLINT_FORMAT: "sarif", GPOLINT_POLICY: "" };
    const { of } = await shown(project(files), ["--format=html", "--no-soft-fail"], env);
    expect(of.get("format")).toBe("html from flag --format");
    expect(of.get("soft-fail")).toBe("false from flag --soft-fail");
    expect(of.get("fail-on")).toBe("medium from environment GPOLINT_FAIL_ON");
    expect(of.get("policy")).toBe("mdi-2021, packs/own.yaml from gpolint.config.yaml:5");
    expect(of.get("sarif-profile")).toBe("github from default");
    expect(of.get("PATH")).toBe("sysvol from gpolint.config.yaml:9");
  });

  it("what is typed takes the place of the whole list, however it is spelt", async () => {
    const { of } = await shown(project(files), ["typed", "--policy", "mdi", "--failOn", "info"]);
    expect(of.get("policy")).toBe("mdi from flag --policy");
    expect(of.get("fail-on")).toBe("info from flag --fail-on");
    expect(of.get("PATH")).toBe("typed from argument");
  });

  it("paths are relative to the file", async () => {
    const { of } = await shown(join(project(files), "deep"));
    expect(of.get("waivers")).toContain("../own.waivers.yaml from");
    expect(of.get("evidence")).toContain("HAM-DC01=../measured from");
    expect(of.get("policy")).toContain("mdi-2021, ../packs/own.yaml from");
    expect(of.get("PATH")).toContain("../sysvol from");
  });

  it("a pack in the folder of the run stays a file", async () => {
    const pack = { "gpolint.config.yaml": "schemaVersion: 1\npolicy: [deep/mdi]\n" };
    expect((await shown(join(project(pack), "deep"))).of.get("policy")).toContain("./mdi from");
  });

  it.each([
    ["GPOLINT_FAIL_ON", "hgih", "did you mean 'high'?"],
    ["GPOLINT_FORMAT", "xml", "expected one of"],
  ])("%s=%s is a mistake", async (name, value, message) => {
    const { code, stderr } = await shown(project({}), [], { [name]: value });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).toContain(`${name}: found '${value}'`);
  });

  it("the choices of the schema are those of the flags", () => {
    const schema = JSON.parse(readFileSync(repoPath("policies/schema/config.schema.json"), "utf8")) as {
      readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
    };
    const of = (name: string) => schema.properties[name]?.enum?.toSorted();
    expect(of("format")).toEqual(reporterIds.toSorted());
    expect(of("failOn")).toEqual([...severities, "none"].toSorted());
    expect(of("as")).toEqual(sourceKinds.toSorted());
    expect(of("sarifProfile")).toEqual(sarifProfiles.toSorted());
  });

  it("every field of the schema is shown, and so reaches the scan", async () => {
    const schema = JSON.parse(readFileSync(repoPath("policies/schema/config.schema.json"), "utf8")) as {
      readonly properties: object;
    };
    const names = Object.keys(schema.properties).filter(
      (name) => !/^(\$schema|schemaVersion|paths)$/.test(name),
    );
    const { of } = await shown(project({}));
    const kebab = names.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    expect([...of.keys()].sort()).toEqual(["PATH", ...kebab].sort());
  });
});

describe("mistakes in the file", () => {
  it("are told all at once, with place and nearest name", async () => {
    const text = "schemaVersion: 1\nfail-on: high\nfailOn: hgih\nwaiver: []\ntarget: x\nassume: [all]\n";
    const { code, stdout, stderr } = await runCli(["scan"], {
      cwd: project({ "gpolint.config.yaml": text }),
    });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^gpolint: [^\n]+\n$/);
    for (const part of [
      "gpolint.config.yaml:2:1: found the unknown field 'fail-on'",
      "did you mean 'failOn'?",
      "gpolint.config.yaml:3:9: 'failOn': found 'hgih'",
      "did you mean 'high'?",
      "gpolint.config.yaml:4:1: found the unknown field 'waiver'",
      "did you mean 'waivers'?",
      "gpolint.config.yaml:5:9: 'target': found 'x', expected a list",
      "gpolint.config.yaml:6:10: item 1 of 'assume': found 'all', expected no-site-links",
    ])
      expect(stderr).toContain(part);
  });

  it.each([
    ["nothing", "", "expected a group of settings"],
    ["no version", "failOn: high\n", "found no 'schemaVersion'"],
    ["a tag", "schemaVersion: 1\nfailOn: !!js/function high\n", "gpolint.config.yaml:2:"],
    ["a second document", "schemaVersion: 1\n---\nfailOn: none\n", "found a second document"],
    ["a name twice", "schemaVersion: 1\nfailOn: high\nfailOn: none\n", "a second time"],
    ["an include", "schemaVersion: 1\nextends: other.yaml\n", "unknown field 'extends'"],
    // Whoever brings the file must not choose where a password goes, nor what is overwritten.
    ["a server", "schemaVersion: 1\nldap: ldaps://dc.example\n", "unknown field 'ldap'"],
    ["an output", "schemaVersion: 1\nout: [html=x.html]\n", "unknown field 'out'"],
    ["depth", `schemaVersion: 1\npaths: ${"[".repeat(5000)}\n`, "levels deep"],
  ])("%s", async (_, text, message) => {
    const cwd = project({ "gpolint.config.yaml": text });
    const run = await runCli(["scan", `${example}/sysvol`], { cwd, env: { GPOLINT_PASSWORD: "secret" } });
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(message);
    expect((await runCli(["scan", "--help"], { cwd })).code).toBe(0);
    expect((await shown(cwd, ["--no-config"])).code).toBe(0);
  });
});

describe("a run", () => {
  const scanIn = async (cwd: string, ...flags: readonly string[]) => {
    const run = await runCli(["scan", "--format", "json", ...flags], { cwd });
    return { ...run, result: JSON.parse(run.stdout) as ScanResult };
  };

  it("does what the file says as if it were typed, and says so", async () => {
    const folder = project({ "gpolint.config.json": { ...inputs, failOn: "none", softFail: true } });
    const byFile = await scanIn(join(folder, "deep"), "--deterministic");
    const typed = [`${example}/sysvol`, "--directory", `${example}/directory.ldif`, "--assume", settled];
    const byFlags = await scanIn(folder, "--deterministic", "--no-config", ...typed, "--fail-on", "none");
    const [notice, ...limits] = byFile.result.coverage.limits;
    expect(notice).toMatch(/^Settings from gpolint\.config\.json: .*fail-on = none; soft-fail = true\.$/);
    expect(notice).toContain(`assume = ${settled}`);
    expect({ ...byFile.result, coverage: { ...byFile.result.coverage, limits } }).toEqual(byFlags.result);
    expect([byFile.code, byFlags.code]).toEqual([0, 0]);
    expect(byFile.stderr).toContain("gpolint: settings from gpolint.config.json: ");
    expect(byFlags.stderr).toBe("");
  });

  it("is relaxed by no file without a word, in the standard set neither", async () => {
    const folder = project({ "gpolint.config.json": { ...inputs, failOn: "none" } });
    const typed = await scanIn(folder, "--fail-on", "low", "--report-dir", "reports");
    expect(typed.code).toBe(1);
    expect(typed.result.coverage.limits[0]).not.toContain("fail-on");
    await scanIn(folder, "--report-dir", "reports");
    for (const name of ["report.html", "report.sarif", "result.json"])
      expect(readFileSync(join(folder, "reports", name), "utf8")).toMatch(/fail-on (=|&#x3D;) none/);
  });

  it("the environment is told too", async () => {
    const run = await runCli(["scan", `${example}/sysvol`], {
      cwd: project({}),
      env: { GPOLINT_FAIL_ON: "none" },
    });
    expect(run.stderr).toContain("gpolint: settings from the environment: fail-on = none\n");
  });

  it.each([["effective"], ["explain", "--setting", "Logon"], ["events", "4776"]])(
    "%s takes what says what to read",
    async (...command) => {
      const folder = project({ "gpolint.config.json": { ...inputs, target: ["HAM-DC01"], format: "sarif" } });
      const { code, stdout, stderr } = await runCli(command, { cwd: folder });
      expect([code, stdout]).toEqual([0, expect.stringContaining("HAM-DC01")]);
      expect(stdout).not.toContain("HAM-DC04");
      expect(stderr).toContain("target = HAM-DC01");
      expect(stderr).not.toContain("sarif");
    },
  );

  it("a file changes nothing for other commands", async () => {
    const cwd = project({ "gpolint.config.json": "broken" });
    expect((await runCli(["policy", "list"], { cwd })).code).toBe(0);
  });

  it("hostile text forges no line", async () => {
    const target = "x\n\u001B[2Jgpolint: all is well\u202E";
    const cwd = project({ "gpolint.config.json": { ...inputs, target: [target] } });
    const { code, stderr } = await runCli(["scan"], { cwd });
    expect(code).toBe(2);
    expect(stderr.split("\n").filter((line) => line.startsWith("gpolint: all"))).toEqual([]);
    expect(stderr).not.toMatch(/[\u001B\u202E]/);
    expect((await shown(cwd)).of.get("target")).toContain("\\u{1B}[2J");
  });
});

it("what stands after -- is no flag, and turns no settings off", async () => {
  const cwd = project({ "gpolint.config.json": { schemaVersion: 1, failOn: "high" } });
  const { of } = await shown(cwd, ["--", "--help", "--no-config", "--fail-on"]);
  expect(of.get("fail-on")).toBe("high from gpolint.config.json:1");
});

it("a file is found from the folder of the run, not from PATH", async () => {
  const other = project({ "gpolint.config.json": { schemaVersion: 1, failOn: "none" } });
  const cwd = project({});
  expect((await shown(cwd, [relative(cwd, other)])).of.get("fail-on")).toBe("low from default");
});
