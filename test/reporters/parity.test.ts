import { describe, expect, it } from "vitest";
import type { Finding, ScanResult, Verdict } from "../../src/model/result.ts";
import { verdicts } from "../../src/model/result.ts";
import { csvReporter } from "../../src/reporters/csv.ts";
import { gitlabReporter } from "../../src/reporters/gitlab.ts";
import { jsonReporter } from "../../src/reporters/json.ts";
import { junitReporter } from "../../src/reporters/junit.ts";
import { markdownReporter } from "../../src/reporters/markdown.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import type { SarifProfile } from "../../src/reporters/sarif-profile.ts";
import { readCsv } from "../util/csv-reader.ts";
import type { JunitCase } from "../util/junit-reader.ts";
import { readJunit } from "../util/junit-reader.ts";
import { manyResult, waivedResult } from "../util/sample-many.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";
import { expectSarif } from "../util/sarif-rules.ts";

// One model, many formats: whatever a format holds must be what the result says, each finding once.

const options = { color: false };
const all = new Set<string>(verdicts);
const open = new Set<string>(["fail", "unknown"]);

/** Rule, target and verdict of every finding, as a format shows them. */
type Triples = readonly string[];

function triple(rule: string, target: string | null, verdict: string): string {
  return JSON.stringify([rule, target, verdict]);
}

function expected({ findings }: ScanResult, held: ReadonlySet<string>): Triples {
  const chosen = findings.filter(({ verdict }) => held.has(verdict));
  return chosen.map(({ rule, target, verdict }) => triple(rule, target, verdict)).sort();
}

function ofSarif(result: ScanResult, sarifProfile: SarifProfile): Triples {
  const run = expectSarif(sarifReporter.render(result, { ...options, sarifProfile }), result, sarifProfile);
  const found = run.results.flatMap(({ ruleId, kind, suppressions = [], properties }) => {
    // The verdict as SARIF itself says it; it must be the one that the properties name.
    const undecided = ruleId.endsWith("/undecided");
    const shown =
      kind === "pass" ? "pass" : kind === "notApplicable" ? "not-applicable" : undecided ? "unknown" : "fail";
    const verdict = suppressions.length > 0 ? "waived" : shown;
    expect(verdict).toBe(properties.verdict);
    return properties.targets.map(({ dn }) => triple(ruleId.replace(/\/undecided$/, ""), dn, verdict));
  });
  return found.sort();
}

function ofJunit(result: ScanResult): Triples {
  const verdictOf = ({ outcome, type }: JunitCase): string => {
    if (outcome === null) return "pass";
    return outcome === "failure" ? "fail" : type;
  };
  const { cases } = readJunit(junitReporter.render(result, options));
  // A suite is one target; which one stands in the order of the findings.
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const targets = [...new Set(result.findings.map(({ target }) => target))];
  expect(suites.length).toBe(targets.length);
  return cases
    .map((item) =>
      triple(item.name.split(": ")[0] ?? "", targets[suites.indexOf(item.suite)] ?? null, verdictOf(item)),
    )
    .sort();
}

function ofCsv(result: ScanResult): Triples {
  const rows = readCsv(csvReporter.render(result, options));
  return rows
    .map((row) =>
      triple(
        row.get("rule") ?? "",
        row.get("dn") === "" ? null : (row.get("dn") ?? null),
        row.get("verdict") ?? "",
      ),
    )
    .sort();
}

function ofGitlab(result: ScanResult): Triples {
  const issues: readonly { readonly check_name: string; readonly fingerprint: string }[] = JSON.parse(
    gitlabReporter.render(result, options),
  );
  const byFingerprint = new Map(result.findings.map((finding) => [finding.fingerprint, finding]));
  return issues
    .map(({ check_name: name, fingerprint }) => {
      const verdict = name.endsWith("/undecided") ? "unknown" : "fail";
      return triple(
        name.replace(/\/undecided$/, ""),
        byFingerprint.get(fingerprint)?.target ?? null,
        verdict,
      );
    })
    .sort();
}

/** Counts by verdict; the table of Markdown names each. */
function ofMarkdown(result: ScanResult): readonly number[] {
  const lines = markdownReporter.render(result, options).split("\n");
  const at = lines.indexOf("| Fail | Unknown | Waived | Pass | Not applicable |");
  return (lines[at + 2] ?? "").split("|").slice(1, -1).map(Number);
}

const samples: readonly (readonly [string, ScanResult])[] = [
  ["rich", sampleResult],
  ["undirected", undirectedResult],
  ["passing", passingResult],
  ["whatif", whatIfResult],
  ["waived", waivedResult],
];

describe.each(samples)("%s", (_name, result) => {
  const everything: readonly (readonly [string, (of: ScanResult) => Triples])[] = [
    ["csv", ofCsv],
    ["junit", ofJunit],
    ["sarif full", (of) => ofSarif(of, "full")],
  ];
  it.each(everything)("%s holds every finding once, with its verdict", (_format, read) => {
    expect(read(result)).toEqual(expected(result, all));
  });

  const alerts: readonly (readonly [string, (of: ScanResult) => Triples])[] = [
    ["gitlab", ofGitlab],
    ["sarif github", (of) => ofSarif(of, "github")],
    ["sarif ado", (of) => ofSarif(of, "ado")],
  ];
  it.each(alerts)("%s holds every failure and unknown once, and nothing else", (_format, read) => {
    expect(read(result)).toEqual(expected(result, open));
  });

  it("the counts are the same everywhere", () => {
    const counts = verdicts.map(
      (verdict) => result.findings.filter((finding) => finding.verdict === verdict).length,
    );
    expect(verdicts.map((verdict) => result.summary.counts[verdict])).toEqual(counts);
    expect(ofMarkdown(result)).toEqual(counts);
    const { summary }: ScanResult = JSON.parse(jsonReporter.render(result, options));
    expect(verdicts.map((verdict) => summary.counts[verdict])).toEqual(counts);
    const { run, cases } = readJunit(junitReporter.render(result, options));
    expect(cases.length).toBe(result.findings.length);
    expect(run.outcome).toBe(result.summary.exitCode >= 2 ? "error" : null);
  });
});

describe("30,000 findings", () => {
  it.each([
    ["csv", ofCsv, all],
    ["junit", ofJunit, all],
    ["gitlab", ofGitlab, open],
  ] as readonly (readonly [string, (of: ScanResult) => Triples, ReadonlySet<string>])[])(
    "%s holds all of them",
    (_format, read, held) => {
      expect(read(manyResult)).toEqual(expected(manyResult, held));
    },
  );

  it.each(["github", "ado"] as const)(
    "SARIF for %s: the 5,000 worst, and how many are left out",
    (profile) => {
      const text = sarifReporter.render(manyResult, { ...options, sarifProfile: profile });
      const log: {
        readonly runs: readonly [
          {
            readonly results: readonly { readonly level: string }[];
            readonly invocations: readonly [
              {
                readonly toolExecutionNotifications: readonly {
                  readonly message: { readonly text: string };
                }[];
              },
            ];
          },
        ];
      } = JSON.parse(text);
      const [{ results, invocations }] = log.runs;
      expect(results.length).toBe(5000);
      const worst = manyResult.findings.filter(
        ({ severity, verdict }) => verdict === "fail" && severity === "critical",
      );
      expect(results.filter(({ level }) => level === "error").length).toBe(worst.length);
      const left = expected(manyResult, open).length - 5000;
      expect(invocations[0].toolExecutionNotifications[0]?.message.text).toContain(
        `${left} more are in the JSON report`,
      );
    },
  );

  it("full SARIF holds all of them", () => {
    const text = sarifReporter.render(manyResult, { ...options, sarifProfile: "full" });
    const log: {
      readonly runs: readonly [
        { readonly results: readonly { readonly properties: { readonly targets: readonly unknown[] } }[] },
      ];
    } = JSON.parse(text);
    const held = log.runs[0].results.flatMap(({ properties }) => properties.targets);
    expect(held.length).toBe(manyResult.findings.length);
  });
});

describe("waivers", () => {
  const waived = (of: ScanResult, verdict: Verdict): readonly Finding[] =>
    of.findings.filter((finding) => finding.waiver !== null && finding.verdict === verdict);

  it("who approved stands beside what is waived, and why a waiver does not hold beside what fails", () => {
    expect([waived(waivedResult, "waived").length, waived(waivedResult, "fail").length]).toEqual([1, 1]);
    const [rows, { cases }] = [
      readCsv(csvReporter.render(waivedResult, options)),
      readJunit(junitReporter.render(waivedResult, options)),
    ];
    const row = rows.find((cells) => cells.get("verdict") === "waived");
    expect(row?.get("waiver_approved_by")).toBe("ciso@corp.example");
    expect(
      rows.filter((cells) => cells.get("waiver_state") === "expired").map((cells) => cells.get("verdict")),
    ).toEqual(["fail"]);
    expect(cases.find(({ type }) => type === "waived")?.message).toContain(
      "approved by ciso@corp.example, ends 2026-12-31",
    );
    const markdown = markdownReporter.render(waivedResult, options);
    expect(markdown).toMatch(/### Waived\n[^]*Waiver W-1 \(approved by ciso/);
    expect(markdown).toMatch(/### Failures\n[^]*Waiver W-2 does not hold: it expired/);
    expect(markdown).toMatch(/### Waivers to see to\n\n- \*\*error\*\* waiver W-2/);
  });

  it("full SARIF suppresses what is waived, and nothing else; each profile tells of the waiver that ended", () => {
    for (const profile of ["github", "full", "ado"] as const) {
      const text = sarifReporter.render(waivedResult, { ...options, sarifProfile: profile });
      const run = expectSarif(text, waivedResult, profile);
      const suppressed = run.results.filter(({ suppressions = [] }) => suppressions.length > 0);
      expect(suppressed.map(({ level }) => level)).toEqual(profile === "full" ? ["note"] : []);
      expect(text).toContain("waiver W-2 of mdi.credential-validation expired");
    }
  });
});
