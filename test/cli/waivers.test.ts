import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { RunGit } from "../../src/cli/git.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";
import { registerText } from "../util/waivers.ts";

const example = repoPath("examples/corp.example");
const settled = ["--assume", "wmi:{E10CC350-42C1-44BC-916A-B8907F80C078}=true"];
const input = [`${example}/sysvol`, "--directory", `${example}/directory.ldif`, ...settled];

const temp = realpathSync(mkdtempSync(join(tmpdir(), "gpolint-waivers-")));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

function tempFile(name: string, content: string): string {
  const path = join(temp, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const everything = { rule: "*", broad: true, scope: {} };
const all = tempFile("all.yaml", registerText(everything));

async function scan(...flags: readonly string[]) {
  const run = await runCli(["scan", ...input, "--format", "json", ...flags]);
  return { ...run, result: run.stdout === "" ? null : (JSON.parse(run.stdout) as ScanResult) };
}

describe("scan --waivers", () => {
  it("turns failures into accepted ones, keeps their number, and says by which file", async () => {
    const [plain, waived] = [await scan(), await scan("--waivers", all, "--as-of", "2026-06-01")];
    expect([plain.code, waived.code]).toEqual([1, 0]);
    const [before, now] = [plain.result, waived.result];
    expect(now?.summary.counts).toEqual({
      ...before?.summary.counts,
      fail: 0,
      waived: before?.summary.counts.fail,
    });
    expect(now?.findings.map(({ fingerprint, actual, message }) => [fingerprint, actual, message])).toEqual(
      before?.findings.map(({ fingerprint, actual, message }) => [fingerprint, actual, message]),
    );
    expect(now?.run.waivers).toEqual([
      {
        path: "all.yaml",
        ref: null,
        commit: null,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    expect(now?.targets.map(({ counts }) => counts.fail)).toEqual(now?.targets.map(() => 0));
  });

  it.each([
    ["2026-12-30", 0],
    ["2026-12-31", 0],
    ["2026-12-31T23:59:59Z", 0],
    ["2026-12-31T23:59:59.999Z", 0],
    ["2027-01-01", 1],
    ["2027-01-01T00:00:00Z", 1],
  ])("as of %s ends with %d", async (asOf, code) => {
    const run = await scan("--waivers", all, "--as-of", asOf);
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(
      code === 0 ? /^$/ : /^gpolint: waiver W-1 \(\*\) expired on 2026-12-31: \d+ failures count again/,
    );
  });

  it("judges by the clock where no day is given", async () => {
    const run = async (now: string): Promise<number> =>
      (await runCli(["scan", ...input, "--waivers", all, "--format", "json"], { now })).code;
    expect(await run("2026-12-31T23:59:59.999Z")).toBe(0);
    expect(await run("2027-01-01T00:00:00.000Z")).toBe(1);
  });

  it("needs a day without a clock, and gives the same bytes with one", async () => {
    const none = await scan("--waivers", all, "--deterministic");
    expect([none.code, none.stdout]).toEqual([2, ""]);
    expect(none.stderr).toMatch(/^gpolint: waivers end on a day, .* add --as-of DATE, e\.g\. [^\n]*\n$/);
    const flags = ["--waivers", all, "--deterministic", "--as-of", "2026-06-01"];
    const days = ["2026-03-01T00:00:00.000Z", "2026-09-01T00:00:00.000Z"];
    const [one, other] = await Promise.all(
      days.map((now) => runCli(["scan", ...input, "--format", "json", ...flags], { now })),
    );
    expect(one?.stdout).toBe(other?.stdout);
    // Nor does it tell where the register lies on this machine.
    expect(one?.stdout).toContain('"all.yaml"');
    expect(one?.stdout).not.toContain(temp);
  });

  it("never makes an unknown verdict anything else", async () => {
    const flags = ["scan", `${example}/sysvol`, "--directory", `${example}/directory.ldif`, "--waivers", all];
    expect((await runCli([...flags, "--as-of", "2026-06-01"])).code).toBe(3);
    const blind = await runCli([
      "scan",
      `${example}/sysvol`,
      "--waivers",
      all,
      "--as-of",
      "2026-06-01",
      "--format",
      "json",
    ]);
    expect(blind.code).toBe(3);
    expect((JSON.parse(blind.stdout) as ScanResult).summary.counts.waived).toBe(0);
  });

  it("takes several registers, of which all must be valid and no id twice", async () => {
    const other = tempFile("other.yaml", registerText({ ...everything, id: "W-2" }));
    const both = await scan("--waivers", all, "--waivers", other, "--as-of", "2026-06-01");
    expect(both.result?.run.waivers).toHaveLength(2);
    const again = tempFile("again.yaml", registerText());
    const bad = tempFile("bad.yaml", registerText({ id: "W-3", expires: null, owner: 7 }));
    const run = await scan("--waivers", all, "--waivers", again, "--waivers", bad, "--as-of", "2026-06-01");
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(
      /again\.yaml:3:9: found the id 'W-1' a second time.*all\.yaml:3; .*bad\.yaml:3:5: found no 'expires'.*; .*bad\.yaml:9:12: 'owner'[^\n]*\n$/,
    );
  });

  it.each([
    ["is not there", "none.yaml", /cannot read register of waivers 'none\.yaml': no such file or folder/],
    ["is a folder", ".", /it is a folder, and a file is needed/],
    ["is too big", tempFile("big.yaml", `# ${"x".repeat(1024 * 1024)}`), /bytes, and the limit is 1048576/],
  ])("refuses one that %s", async (_, path, problem) => {
    const run = await runCli(["scan", ...input, "--waivers", path], { cwd: temp });
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(problem);
  });

  it("a requirement of a pack that nobody may waive stays a failure, in every rule that extends it", async () => {
    const pack = tempFile(
      "strict.yaml",
      "name: strict\ntitle: S\nversion: 1.0.0\ndate: 2026-01-01\nsource: s\nlicence: l\nextends: mdi\nrequirements:\n  - { id: directory-service-access, nonWaivable: true }\n",
    );
    const run = await scan("--policy", pack, "--waivers", all, "--as-of", "2026-06-01");
    expect(run.code).toBe(1);
    const failing = run.result?.findings.filter(({ verdict }) => verdict === "fail") ?? [];
    expect(new Set(failing.map(({ rule, waiver }) => `${rule} ${waiver?.hold ?? ""}`))).toEqual(
      new Set(["strict.directory-service-access non-waivable"]),
    );
    expect(run.stderr).toContain("under a requirement that nobody may waive");
  });
});

describe("scan --overlay --waivers", () => {
  const root = repoPath("test/fixtures/what-if");
  const overlay = [
    "scan",
    `${root}/base/sysvol`,
    "--directory",
    `${root}/base/directory.ldif`,
    "--overlay",
    `${root}/worse`,
    "--fail-on-regression",
    "--format",
    "json",
  ];

  it("a regression behind a waiver is shown and does not fail the gate; a value that gets worse than what was accepted does", async () => {
    const plain = await runCli(overlay);
    expect(plain.code).toBe(1);
    const before = JSON.parse(plain.stdout) as ScanResult;
    const run = await runCli([...overlay, "--waivers", all, "--as-of", "2026-06-01"]);
    const now = JSON.parse(run.stdout) as ScanResult;
    expect(now.whatIf?.changes).toEqual(before.whatIf?.changes);
    const worse = now.findings.filter(({ before: was }) => was?.change === "worse");
    expect(worse.length).toBeGreaterThan(0);
    for (const { before: was, verdict, waiver } of worse) {
      const deeper = was?.verdict === "fail";
      expect([verdict, waiver?.hold]).toEqual(deeper ? ["fail", "got-worse"] : ["waived", "applied"]);
    }
    expect(run.code).toBe(worse.some(({ verdict }) => verdict === "fail") ? 1 : 0);
    const text = await runCli([...overlay.slice(0, -2), "--waivers", all, "--as-of", "2026-06-01"]);
    expect(text.stdout).toMatch(/verdicts? gets? worse on/);
  });
});

describe("scan --waivers-ref", () => {
  const repo = join(temp, "repo");
  const git = (...args: readonly string[]): string =>
    execFileSync(
      "git",
      ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "init.defaultBranch=main", ...args],
      {
        cwd: repo,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
  const file = "gov/gpolint.waivers.yaml";
  mkdirSync(repo);
  tempFile(`repo/${file}`, registerText({ rule: "mdi.directory-service-access", broad: true, scope: {} }));
  git("init");
  git("add", ".");
  git("commit", "-m", "one");
  git("branch", "protected");
  // The change waives everything, and is committed.
  tempFile(`repo/${file}`, registerText(everything));
  git("commit", "-am", "two");

  const run = (cwd: string, ...flags: readonly string[]) =>
    runCli(["scan", ...input, "--format", "json", "--as-of", "2026-06-01", ...flags], { cwd });
  const waivedRules = (text: string): ReadonlySet<string> =>
    new Set(
      (JSON.parse(text) as ScanResult).findings
        .filter(({ verdict }) => verdict === "waived")
        .map(({ rule }) => rule),
    );

  it("reads the register of the protected branch: a change cannot waive itself", async () => {
    const own = await run(repo, "--waivers", file);
    expect([own.code, waivedRules(own.stdout).size > 1]).toEqual([0, true]);
    const safe = await run(repo, "--waivers", file, "--waivers-ref", "protected");
    expect(safe.code).toBe(1);
    expect(waivedRules(safe.stdout)).toEqual(new Set(["mdi.directory-service-access"]));
    expect((JSON.parse(safe.stdout) as ScanResult).run.waivers).toEqual([
      expect.objectContaining({ path: file, ref: "protected", commit: git("rev-parse", "protected").trim() }),
    ]);
  });

  it.each([
    ["in a folder of the repository", "gov", "gpolint.waivers.yaml"],
    ["from above, by an absolute path", ".", join(repo, file)],
    ["with a folder too much", "gov", "../gov/gpolint.waivers.yaml"],
  ])("%s", async (_, cwd, path) => {
    const { stdout } = await run(join(repo, cwd), "--waivers", path, "--waivers-ref", "protected");
    expect(waivedRules(stdout)).toEqual(new Set(["mdi.directory-service-access"]));
  });

  it("takes the register of the current folder where none is named, also if the change deleted it", async () => {
    rmSync(join(repo, file));
    const { stdout } = await run(join(repo, "gov"), "--waivers-ref", "protected");
    expect(waivedRules(stdout)).toEqual(new Set(["mdi.directory-service-access"]));
    git("checkout", file);
  });

  it.each([
    [
      "an unknown revision",
      ["--waivers-ref", "origin/nothing"],
      /there is no such revision here; fetch it first/,
    ],
    ["an option", ["--waivers-ref=--output=x"], /it is no name of a revision/],
    ["a range", ["--waivers-ref", "protected..main"], /it is no name of a revision/],
    ["a path in a revision", ["--waivers-ref", "main:gov"], /it is no name of a revision/],
    ["a blob", ["--waivers-ref", git("rev-parse", `main:${file}`).trim()], /there is no such revision here/],
    [
      "a file that is not there",
      ["--waivers", "none.yaml", "--waivers-ref", "main"],
      /it has no file 'none\.yaml' that can be read/,
    ],
    ["a folder", ["--waivers", "gov", "--waivers-ref", "main"], /it has no file 'gov'/],
    [
      "a file outside",
      ["--waivers", "../x.yaml", "--waivers-ref", "main"],
      /'\.\.\/x\.yaml' is outside of the git repository/,
    ],
  ])("refuses %s", async (_, flags, problem) => {
    const refused = await run(repo, ...flags);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toMatch(problem);
    expect(existsSync(join(repo, "x"))).toBe(false);
  });

  it("refuses a name that a tag and a branch share: the tag would win", async () => {
    git("tag", "protected", "main");
    const refused = await run(repo, "--waivers", file, "--waivers-ref", "protected");
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining("names more than one thing; write it in full"),
    ]);
    const full = await run(repo, "--waivers", file, "--waivers-ref", "refs/heads/protected");
    expect(waivedRules(full.stdout)).toEqual(new Set(["mdi.directory-service-access"]));
    git("tag", "-d", "protected");
  });

  it("refuses a folder of the working tree that looks like a repository: it may come with the change", async () => {
    const folder = join(repo, "ci");
    execFileSync("git", ["clone", "--quiet", "--bare", repo, folder], { stdio: "ignore" });
    execFileSync("git", ["update-ref", "refs/heads/protected", "refs/heads/main"], { cwd: folder });
    for (const args of [
      ["--waivers", file],
      ["--waivers", "gpolint.waivers.yaml"],
    ]) {
      const refused = await run(folder, ...args, "--waivers-ref", "protected");
      expect([refused.code, refused.stdout]).toEqual([2, ""]);
    }
    // An old git knows no such rule.
    const old: RunGit = (args, cwd) => {
      const stdout = execFileSync("git", [...args], { cwd });
      return { code: 0, stdout, stderr: "" };
    };
    const flags = ["--waivers", file, "--waivers-ref", "protected", "--as-of", "2026-06-01"];
    const refused = await runCli(["scan", ...input, ...flags], { cwd: folder, git: old });
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining("is itself a git repository, not its working tree"),
    ]);
    rmSync(folder, { recursive: true });
  });

  it("takes no object for another that replaces it", async () => {
    git("replace", "protected", "main");
    const safe = await run(repo, "--waivers", file, "--waivers-ref", "protected");
    expect(waivedRules(safe.stdout)).toEqual(new Set(["mdi.directory-service-access"]));
    git("replace", "-d", "protected");
  });

  it("refuses where there is no repository, or no git", async () => {
    const outside = await run(tmpdir(), "--waivers-ref", "main");
    expect([outside.code, outside.stderr]).toEqual([
      2,
      expect.stringContaining("the current folder is in no git repository"),
    ]);
    const none = await runCli(["scan", ...input, "--waivers-ref", "main"], { git: () => null });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("git is not installed here")]);
  });
});

describe("waivers check", () => {
  it.each([
    ["2026-06-01", 0, /valid, 1 waiver\n$/],
    ["2026-12-20", 0, /valid, 1 waiver\nwarning: waiver W-1 \(\*\) ends on 2026-12-31, in 11 days\n$/],
    ["2026-12-31", 0, /ends today, 2026-12-31\n$/],
    ["2027-01-01", 1, /error: waiver W-1 \(\*\) expired on 2026-12-31: renew it/],
  ])("as of %s ends with %d", async (asOf, code, text) => {
    const run = await runCli(["waivers", "check", all, "--as-of", asOf]);
    expect([run.code, run.stderr]).toEqual([code, ""]);
    expect(run.stdout).toMatch(text);
  });

  it("prints every mistake on a line of its own", async () => {
    const bad = tempFile("two.yaml", registerText({ expires: "2026-02-30", approvedBy: null }));
    const run = await runCli(["waivers", "check", bad]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/two\.yaml:3:5: found no 'approvedBy'/),
      expect.stringMatching(/two\.yaml:8:14: 'expires': found '2026-02-30'/),
    ]);
  });

  it("with a result tells what is not needed, and does not mind that waivers were judged before", async () => {
    const { stdout } = await scan("--waivers", all, "--as-of", "2026-06-01");
    const result = tempFile("result.json", stdout);
    const own = tempFile(
      "unused.yaml",
      `${registerText({ rule: "mdi.power-scheme" })}${registerText({ id: "W-2", rule: "mdi.ntlm-log-size" }).split("\n").slice(2).join("\n")}`,
    );
    const run = await runCli(["waivers", "check", own, "--result", result, "--as-of", "2026-06-01"]);
    expect(run.code).toBe(0);
    expect(run.stdout.split("\n").slice(1)).toEqual([
      expect.stringMatching(/^warning: waiver W-1 \(mdi\.power-scheme\) holds for no failure/),
      "",
    ]);
    const pruned = await runCli([
      "waivers",
      "prune",
      own,
      "--result",
      result,
      "--as-of",
      "2026-06-01",
      "--dry-run",
    ]);
    expect(pruned.stdout).toBe(
      "would remove W-1 (mdi.power-scheme): holds for no failure of the result\n1 kept\n",
    );
    expect(readFileSync(own, "utf8")).toContain("W-1");
    await runCli(["waivers", "prune", own, "--result", result, "--as-of", "2026-06-01"]);
    expect(readFileSync(own, "utf8")).not.toContain("W-1");
  });

  it("refuses a result that is none", async () => {
    const run = await runCli(["waivers", "check", all, "--result", all]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/^gpolint: cannot use result .*\n$/)]);
  });
});

describe("waivers add and prune", () => {
  const now = "2026-06-01T12:00:00.000Z";
  const add = (file: string, ...more: readonly string[]) =>
    runCli(
      [
        "waivers",
        "add",
        file,
        "--rule",
        "mdi.logon",
        "--target",
        "DC1",
        "--justification",
        "why",
        "--approved-by",
        "me",
        "--expires",
        "2026-12-31",
        ...more,
      ],
      { cwd: temp, now },
    );

  it("makes a register, numbers its waivers, and what it wrote is valid", async () => {
    expect(await add("new.yaml")).toEqual({
      code: 0,
      stdout: "new.yaml: added W-2026-001, until 2026-12-31\n",
      stderr: "",
    });
    expect(
      (await add("new.yaml", "--ticket", "R-1", "--type", "fix-planned", "--max-severity", "high")).stdout,
    ).toContain("W-2026-002");
    expect(readFileSync(join(temp, "new.yaml"), "utf8"))
      .toBe(`# yaml-language-server: $schema=./node_modules/gpolint/policies/schema/waivers.schema.json
# Accepted deviations: each holds to the end of the day on which it expires, UTC.
schemaVersion: 1
waivers:
  - id: W-2026-001
    rule: mdi.logon
    scope: { target: DC1 }
    justification: why
    approvedBy: me
    approvedOn: 2026-06-01
    expires: 2026-12-31
  - id: W-2026-002
    rule: mdi.logon
    scope: { target: DC1 }
    type: fix-planned
    justification: why
    approvedBy: me
    approvedOn: 2026-06-01
    expires: 2026-12-31
    ticket: R-1
    maxSeverity: high
`);
    expect((await runCli(["waivers", "check", "new.yaml"], { cwd: temp, now })).code).toBe(0);
    const json = await add("new.json");
    expect([
      json.code,
      (JSON.parse(readFileSync(join(temp, "new.json"), "utf8")) as { waivers: unknown[] }).waivers.length,
    ]).toEqual([0, 1]);
  });

  it.each([
    ["too long a life", ["--expires", "2029-01-01"], /can be given only once/],
    ["a wildcard", ["--domain", "*"], /found \* in '\*', expected 'broad: true'/],
    ["an id that is there", ["--id", "W-1"], /found the id 'W-1' a second time/],
    ["a GPO by name", ["--gpo", "Default"], /expected the GUID of a GPO/],
    ["a day that is none", ["--approved-on", "2026-02-30"], /expected a day that the calendar has/],
  ])("writes nothing for %s", async (_, flags, problem) => {
    const path = tempFile("kept.yaml", registerText());
    const run = await add("kept.yaml", ...flags);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(problem);
    expect(readFileSync(path, "utf8")).toBe(registerText());
  });

  it("prunes what has expired, and says what", async () => {
    const path = tempFile(
      "prune.yaml",
      `${registerText()}  # soon\n  - { id: W-2, rule: mdi.a, scope: { target: x }, justification: j, approvedBy: me, expires: 2027-01-01 }\n`,
    );
    const run = await runCli(["waivers", "prune", path, "--as-of", "2027-01-01"]);
    expect(run).toEqual({
      code: 0,
      stdout: "removed W-1 (mdi.credential-validation): expired on 2026-12-31\n1 kept\n",
      stderr: "",
    });
    expect(readFileSync(path, "utf8")).toBe(
      `schemaVersion: 1\nwaivers:\n  # soon\n  - { id: W-2, rule: mdi.a, scope: { target: x }, justification: j, approvedBy: me, expires: 2027-01-01 }\n`,
    );
    expect((await runCli(["waivers", "prune", path, "--as-of", "2027-01-01"])).stdout).toBe(
      "nothing to remove, 1 kept\n",
    );
  });
});
