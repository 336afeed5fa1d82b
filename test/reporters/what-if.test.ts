import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import type { Change } from "../../src/model/what-if.ts";
import { runOutcome } from "../../src/reporters/outcome.ts";
import { prettyReporter } from "../../src/reporters/pretty.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { loadReporter } from "../../src/reporters/registry.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { sampleResult, sumCounts } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";
import { expectSarif } from "../util/sarif-rules.ts";

let html: Reporter;
beforeAll(async () => {
  generateTemplates();
  html = await loadReporter("html");
});

/** The sample with the findings of some changes only, and with the first proposal only. */
function only(kept: readonly Change[], values: Partial<ScanResult["summary"]> = {}): ScanResult {
  const findings = whatIfResult.findings.filter(
    ({ before }) => before !== null && kept.includes(before.change),
  );
  const changes = { worse: 0, better: 0, other: 0, same: 0 };
  for (const { before } of findings) if (before !== null) changes[before.change]++;
  return {
    ...whatIfResult,
    findings,
    summary: { ...whatIfResult.summary, counts: sumCounts(findings), ...values },
    whatIf: { proposals: (whatIfResult.whatIf?.proposals ?? []).slice(0, 1), changes },
  };
}

function withProposals(from: number, to: number): ScanResult {
  const { whatIf } = whatIfResult;
  if (whatIf === null) throw new Error("no proposals");
  return { ...whatIfResult, whatIf: { ...whatIf, proposals: whatIf.proposals.slice(from, to) } };
}

describe("the headline of a run with proposals", () => {
  it.each([
    ["worse", only(["worse", "better"]), "With the proposal: 5 verdicts get worse on 3 domain controllers"],
    ["better", only(["better"]), "With the proposal: no verdict gets worse, 2 get better"],
    [
      "other",
      only(["other"]),
      "With the proposal: no verdict gets worse or better, but 2 verdicts are unknown",
    ],
    [
      "same, incomplete",
      only(["same"], { exitCode: 3 }),
      "With the proposal: nothing changes, but not everything could be examined",
    ],
    ["same", only(["same"]), "With the proposal: nothing changes"],
    [
      "some unplaced",
      whatIfResult,
      "With the proposals: 5 verdicts get worse on 3 domain controllers; 1 of 3 proposals judged nowhere",
    ],
    ["all unplaced", withProposals(2, 3), "The proposal has no place: it was judged nowhere"],
    ["none", withProposals(0, 0), "Nothing could be compared with and without the proposal"],
    [
      "nothing compared",
      { ...sampleResult, whatIf: only([]).whatIf },
      "Nothing could be compared with and without the proposal",
    ],
  ])("%s", (_name, result, headline) => {
    expect(runOutcome(result).headline).toBe(headline);
  });

  it("does not stand for how everything is: that follows", () => {
    expect(runOutcome(whatIfResult).standing).toBe(
      "As proposed: 3 of 3 domain controllers fail a requirement, 3 verdicts unknown",
    );
    expect(runOutcome(sampleResult).standing).toBeNull();
  });

  it("is red where something gets worse, and never green where something fails", () => {
    expect(runOutcome(only(["worse"], { exitCode: 3 })).mood).toBe("fail");
    expect(runOutcome(only(["same"], { exitCode: 0 })).mood).toBe("unknown");
    expect(
      runOutcome({ ...only(["same"]), run: { ...whatIfResult.run, failOnRegression: false } }).mood,
    ).toBe("fail");
  });

  it.each([
    [
      only(["same"], { exitCode: 0 }),
      "Exit code 0: nothing at or above the gate (only what gets worse fails it, low and above).",
    ],
    [
      only(["worse"], { exitCode: 0 }),
      "Exit code 0: what reaches the gate does not count in this run (only what gets worse fails it, low and above).",
    ],
    [
      only(["worse"], { exitCode: 1 }),
      "Exit code 1: regressions at or above the gate (only what gets worse fails it, low and above).",
    ],
    [
      { ...only(["worse"]), run: { ...whatIfResult.run, failOnRegression: false } },
      "Exit code 1: failures at or above the gate (the gate is low and above).",
    ],
    [
      { ...only(["worse"], { exitCode: 0 }), run: { ...whatIfResult.run, failOn: "none" as const } },
      "Exit code 0: nothing at or above the gate (no severity fails the gate).",
    ],
  ])("names the gate: %#", (result, exit) => {
    expect(runOutcome(result).exit).toBe(exit);
  });
});

describe("pretty with proposals", () => {
  const text = prettyReporter.render(whatIfResult, { color: false });

  it("tells what changes before what fails, the worst first", () => {
    const order = ["What the proposals change", "  worse\n", "  better\n", "  other\n", "\nFailures\n"];
    const places = order.map((words) => text.indexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it("only counts what stays the same", () => {
    const section = text.slice(text.indexOf("What the proposals change"), text.indexOf("\nFailures\n"));
    expect(section).not.toContain("mdi.computer-account-management-failure");
    expect(text).toContain("\nWith the proposals: 5 worse, 2 better, 4 other, 7 unchanged.\n");
  });

  it("tells an edit without effect once, though two requirements ask about its setting", () => {
    expect(text.match(/\(Security System Extension\s+= Success\)/g)?.length).toBe(1);
    expect(text.match(/without effect/g)?.length).toBe(2);
  });

  it("marks a proposal without a place in red", () => {
    const colored = prettyReporter.render(whatIfResult, { color: true });
    expect(colored).toMatch(/\u001B\[31m +00000000-0000-4000-8000-000000000bad {2}judged nowhere/);
  });

  it("says nothing of proposals where there are none", () => {
    expect(prettyReporter.render(sampleResult, { color: false })).not.toMatch(/[Pp]roposal/);
  });
});

describe("html with proposals", () => {
  it("shows both sides of a change, in words", () => {
    const page = html.render(whatIfResult, { color: false });
    for (const words of [
      '<a href="#what-if">What the proposals change</a>',
      '<span class="badge worse">Worse</span>',
      '<span class="badge same">Unchanged</span>',
      "<span>Fail, worse</span>",
      "<span>Pass, better</span>",
      "<dt>Before the proposal</dt>",
      "not what Group Policy configures without the proposal",
      "Proposed without effect",
    ]) {
      expect(page.includes(words), words).toBe(true);
    }
    expect(html.render(sampleResult, { color: false })).not.toMatch(/what-if"|Before the proposal/);
  });

  it("keeps targets apart that stood otherwise before, though they end the same way", () => {
    const [first, ...rest] = whatIfResult.findings.filter(
      ({ rule }) => rule === "mdi.computer-account-management-failure",
    );
    if (first?.before === undefined || first.before === null) throw new Error("no finding");
    const findings = [
      { ...first, before: { ...first.before, change: "worse" as const, verdict: "pass" as const } },
      ...rest,
    ];
    const page = html.render({ ...whatIfResult, findings }, { color: false });
    expect(page).toMatch(/<h4>[^]{1,60} DC1<\/h4>/);
    expect(page).toMatch(/<h4>[^]{1,60} DC2 and RODC1<\/h4>/);
  });
});

describe("sarif with proposals", () => {
  const run = expectSarif(sarifReporter.render(whatIfResult, { color: false }), whatIfResult);
  const messages = (rule: string): readonly string[] =>
    run.results.filter(({ ruleId }) => ruleId === rule).map(({ message }) => message.text);

  it("says of each result how it stood before", () => {
    expect(messages("mdi.audit-ntlm-in-domain")[0]).toMatch(
      /Before the proposal: pass \(7 \(Enable all\) by GPO 'T0 - NTLM auditing'\)\.$/,
    );
    expect(messages("mdi.audit-ntlm-in-domain/undecided")[0]).toMatch(/Before the proposal: pass \(/);
    expect(messages("mdi.computer-account-management-failure")[0]).toMatch(
      /Before the proposal: the same\.$/,
    );
  });

  it("merges no results that stood otherwise before", () => {
    // Two that change and one that does not: one verdict, one value, one winner.
    const targets = run.results
      .filter(({ ruleId }) => ruleId === "mdi.security-system-extension")
      .map(({ properties }) => properties.targets.length);
    expect(targets.sort((a, b) => a - b)).toEqual([1, 2]);
  });
});
