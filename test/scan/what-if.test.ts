import { describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import type { Change } from "../../src/model/what-if.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";

const root = repoPath("test/fixtures/what-if");

async function whatIf(overlay: string, ...flags: readonly string[]) {
  const run = await runCli([
    "scan",
    `${root}/base/sysvol`,
    "--directory",
    `${root}/base/directory.ldif`,
    "--overlay",
    `${root}/${overlay}`,
    "--format",
    "json",
    ...flags,
  ]);
  if (run.stdout === "") throw new Error(run.stderr);
  // The schema of the document is tested with the reporters.
  const result = JSON.parse(run.stdout) as ScanResult;
  return { code: run.code, result };
}

/** `DC1 rule: before -> after`, for the findings of one kind of change. */
function changed({ findings }: ScanResult, change: Change): string[] {
  return findings
    .filter(({ before }) => before?.change === change)
    .map(({ target, rule, verdict, actualText, before }) => {
      const name = target?.slice(3, 6) ?? "";
      const was = `${before?.verdict ?? ""} ${before?.actualText ?? ""}`;
      return `${name} ${rule.replace("mdi.", "")}: ${was} -> ${verdict} ${actualText}`;
    });
}

function withoutEffect({ whatIf: answer }: ScanResult): string[] {
  const rows = answer?.proposals.flatMap((proposal) => proposal.withoutEffect) ?? [];
  return rows.map(({ rule, text, targets }) => {
    const names = targets.map((dn) => dn.slice(3, 6)).join(", ");
    return `${names} ${rule.replace("mdi.", "")}: ${text}`;
  });
}

interface Case {
  readonly overlay: string;
  readonly flags?: readonly string[];
  readonly worse: readonly string[];
  readonly better: readonly string[];
  /** Exit code of the gate on regressions alone. */
  readonly gate: number;
}

const cases: readonly Case[] = [
  {
    overlay: "better",
    worse: [],
    better: ["DC1", "DC2"].map(
      (name) => `${name} security-group-management-failure: fail Success -> pass Success and Failure`,
    ),
    gate: 0,
  },
  {
    // Directory Service Access was red before, and loses what it had.
    overlay: "worse",
    worse: [
      "DC1 directory-service-access: fail Success -> fail No Auditing",
      "DC2 user-account-management: pass Success and Failure -> fail Success",
      "DC2 directory-service-access: fail Success -> fail No Auditing",
    ],
    better: [],
    gate: 1,
  },
  { overlay: "enforced-elsewhere", worse: [], better: [], gate: 0 },
  {
    overlay: "extension-not-listed",
    flags: ["--as-if-linked", "dc-ou"],
    worse: [],
    better: [],
    gate: 0,
  },
  {
    overlay: "new-and-delivered",
    flags: ["--as-if-linked", "dc-ou"],
    worse: [],
    better: ["DC1", "DC2"].flatMap((name) => [
      `${name} distribution-group-management: fail No Auditing -> pass Success and Failure`,
      `${name} distribution-group-management-failure: fail No Auditing -> pass Success and Failure`,
    ]),
    gate: 0,
  },
  {
    overlay: "fixes-one-breaks-another",
    worse: ["DC2 user-account-management: pass Success and Failure -> fail Success"],
    better: [
      "DC1 computer-account-management: fail No Auditing -> pass Success and Failure",
      "DC1 computer-account-management-failure: fail No Auditing -> pass Success and Failure",
    ],
    gate: 1,
  },
  {
    // The proposal lists the subcategory twice: which row counts is not known, so that a pass is proven no more.
    overlay: "pass-to-unknown",
    flags: ["--allow-incomplete"],
    worse: ["DC2 user-account-management: pass Success and Failure -> unknown unknown"],
    better: [],
    gate: 1,
  },
];

describe.each(cases)("what-if: $overlay", ({ overlay, flags = [], worse, better, gate }) => {
  it("says what gets worse and what gets better, computer by computer", async () => {
    const { result } = await whatIf(overlay, ...flags);
    expect(changed(result, "worse")).toEqual(worse);
    expect(changed(result, "better")).toEqual(better);
    expect(result.whatIf?.changes).toMatchObject({ worse: worse.length, better: better.length });
  });

  it("fails the gate only on what gets worse", async () => {
    expect((await whatIf(overlay, ...flags, "--fail-on-regression")).code).toBe(gate);
  });
});

describe("what-if", () => {
  it("without the flag the gate is on everything that fails with the proposal", async () => {
    expect((await whatIf("better")).code).toBe(1);
  });

  it("a verdict that is unknown with the proposal leaves the run incomplete", async () => {
    expect((await whatIf("pass-to-unknown", "--fail-on-regression")).code).toBe(3);
  });

  it("only regressions at or above the severity fail the gate", async () => {
    const flags = ["--fail-on-regression", "--fail-on", "critical"];
    expect((await whatIf("fixes-one-breaks-another", ...flags)).code).toBe(0);
    expect((await whatIf("worse", ...flags)).code).toBe(1);
  });

  it("an edit that an enforced GPO beats has no effect, and the winner is named", async () => {
    const { result } = await whatIf("enforced-elsewhere");
    const own = withoutEffect(result).filter((text) => text.includes("credential-validation"));
    expect(own).toEqual([
      "DC1, DC2 credential-validation: GPO 'Domain Enforced' beats it, linked at DC=corp,DC=example, enforced",
    ]);
  });

  it("an edit whose extension is not listed has no effect, and the reason is told", async () => {
    const { result } = await whatIf("extension-not-listed", "--as-if-linked", "dc-ou");
    expect(withoutEffect(result)).toEqual(
      ["distribution-group-management", "distribution-group-management-failure"].map(
        (rule) => `DC1, DC2 ${rule}: it is not delivered: the GPO does not list the extension that reads it`,
      ),
    );
  });

  it("which GPO won before and after", async () => {
    const { result } = await whatIf(
      "new-and-delivered",
      "--as-if-linked",
      "OU=Berlin,OU=Domain Controllers,DC=corp,DC=example",
    );
    const finding = result.findings.find(
      ({ rule, target }) => rule === "mdi.distribution-group-management" && target?.startsWith("CN=DC2"),
    );
    expect(finding).toMatchObject({
      verdict: "pass",
      gpoName: "New Audit, delivered",
      before: { change: "better", verdict: "fail", gpo: null },
    });
    expect(changed(result, "better").every((text) => text.startsWith("DC2"))).toBe(true);
  });

  it("a new GPO without a place changes nothing and leaves the run incomplete", async () => {
    const { code, result } = await whatIf("new-and-delivered");
    expect(code).toBe(3);
    expect(result.whatIf?.proposals.map(({ state }) => state)).toEqual(["unplaced"]);
    expect(result.coverage.gaps.map((gap) => gap.code)).toContain("unplaced");
    expect(result.whatIf?.changes).toEqual({ worse: 0, better: 0, other: 0, same: result.findings.length });
  });

  it("the same overlay as the base changes nothing", async () => {
    const { result } = await whatIf("base/sysvol");
    expect(result.whatIf?.changes).toEqual({ worse: 0, better: 0, other: 0, same: result.findings.length });
  });
});
