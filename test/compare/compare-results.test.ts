import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareResults } from "../../src/app/compare/compare-results.ts";
import { comparisonStates } from "../../src/model/comparison.ts";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { verdicts } from "../../src/model/result.ts";
import { finding } from "../util/sample-findings.ts";
import { bareTargets } from "../util/sample-parts.ts";
import { sampleResult } from "../util/sample-result.ts";
import { noGate, saved } from "../util/saved.ts";

const names = ["DC1", "DC2", "RODC1"];
const pool = names.flatMap((name) => [0, 1, 2, 3].map((rule) => finding(rule, name, "fail", {})));

/** Any choice of the pool, each with any verdict and one of two values. */
const anyFindings: fc.Arbitrary<readonly Finding[]> = fc
  .array(
    fc.record({
      index: fc.nat(pool.length - 1),
      verdict: fc.constantFrom(...verdicts),
      actual: fc.constantFrom(0, 1),
    }),
    { maxLength: 16 },
  )
  .map((rows) =>
    rows.flatMap(({ index, verdict, actual }) => {
      const own = pool[index];
      return own === undefined ? [] : [{ ...own, verdict, actual }];
    }),
  );

function compare(...series: readonly (readonly Finding[])[]) {
  const results = series.map((findings, index) => saved(`${index}.json`, findings));
  const [after, before, ...earlier] = [...results].reverse();
  if (after === undefined || before === undefined) throw new Error("two results, please");
  return compareResults({ earlier: earlier.reverse(), before, after }, noGate, "0.0.0");
}

const fingerprints = (findings: readonly { readonly fingerprint: string }[]): string[] =>
  findings.map(({ fingerprint }) => fingerprint).sort();

describe("a comparison, whatever the results", () => {
  it("with itself changes nothing", () => {
    fc.assert(
      fc.property(anyFindings, (findings) => {
        const { summary } = compare(findings, findings);
        expect(summary.counts.unchanged).toBe(findings.length);
        expect(summary.exitCode).toBe(findings.some(({ verdict }) => verdict === "unknown") ? 3 : 0);
      }),
    );
  });

  it("has every finding of both exactly once, with both sides as they were", () => {
    fc.assert(
      fc.property(anyFindings, anyFindings, (old, now) => {
        const { findings, summary } = compare(old, now);
        expect(fingerprints(findings.filter(({ before }) => before !== null))).toEqual(fingerprints(old));
        expect(fingerprints(findings.filter(({ after }) => after !== null))).toEqual(fingerprints(now));
        expect(comparisonStates.reduce((sum, state) => sum + summary.counts[state], 0)).toBe(findings.length);
      }),
    );
  });

  it("calls nothing resolved that is not met now, and hides no new failure", () => {
    fc.assert(
      fc.property(fc.array(anyFindings, { minLength: 2, maxLength: 4 }), (series) => {
        const { findings, summary } = compare(...series);
        for (const { state, before, after, goneWith } of findings) {
          expect(state === "gone").toBe(after === null);
          expect(goneWith === null).toBe(state !== "gone");
          if (state === "resolved") expect(after?.verdict).toBe("pass");
          if (after?.verdict === "fail" && before?.verdict !== "fail")
            expect(["new", "reopened"]).toContain(state);
          if (state === "unchanged") expect(after?.verdict).toBe(before?.verdict);
        }
        const isNew = findings.some(
          ({ state, after }) => after?.verdict === "fail" && (state === "new" || state === "reopened"),
        );
        if (summary.exitCode !== 0) return;
        expect(isNew).toBe(false);
        for (const { before, after } of findings)
          expect(after === null ? before?.verdict === "not-applicable" : after.verdict !== "unknown").toBe(
            true,
          );
      }),
    );
  });

  it("keeps the totals of the full scans", () => {
    fc.assert(
      fc.property(anyFindings, anyFindings, (old, now) => {
        const { results } = compare(old, now);
        expect(results.map(({ findings }) => findings)).toEqual([old.length, now.length]);
        expect(results.map(({ counts }) => counts.fail)).toEqual(
          [old, now].map((findings) => findings.filter(({ verdict }) => verdict === "fail").length),
        );
      }),
    );
  });
});

describe("what is not examined any more", () => {
  const [first, second] = pool;
  if (first === undefined || second === undefined) throw new Error("no findings");

  it.each<[string, Finding, readonly Finding[], Partial<ScanResult>, string]>([
    ["the computer", first, [], { targets: bareTargets.slice(1) }, "target"],
    ["the rule", first, [], { rules: sampleResult.rules.filter(({ id }) => id !== first.rule) }, "rule"],
    ["the verdict", first, [second], {}, "other"],
    ["the evidence", { ...first, rule: `${first.rule}/measured` }, [], {}, "evidence"],
  ])("says that %s is gone, and that nothing is proven by that", (_, old, now, values, goneWith) => {
    const before = saved("old.json", [old]);
    const after = saved("new.json", now, values);
    const { findings, summary } = compareResults({ earlier: [], before, after }, noGate, "0.0.0");
    expect(findings.find(({ fingerprint }) => fingerprint === old.fingerprint)).toMatchObject({
      state: "gone",
      goneWith,
    });
    expect(summary.counts.resolved).toBe(0);
    expect(summary).toMatchObject({ exitCode: 3, incomplete: ["1 finding is not examined any more"] });
  });

  it("leaves the exit code alone where it never applied, or where the caller says so", () => {
    const before = saved("old.json", [{ ...first, verdict: "not-applicable" }]);
    const after = saved("new.json", []);
    expect(compareResults({ earlier: [], before, after }, noGate, "0").summary.exitCode).toBe(0);
    const failing = saved("old.json", [first]);
    const gate = { ...noGate, allowIncomplete: true };
    expect(compareResults({ earlier: [], before: failing, after }, gate, "0").summary.exitCode).toBe(0);
  });
});

describe("the exit code", () => {
  const [low] = [{ ...finding(0, "DC1", "fail", {}), severity: "low" as const }];
  const pass: Finding = { ...low, verdict: "pass" };
  const unknown: Finding = { ...low, verdict: "unknown" };

  it.each<[string, readonly Finding[], readonly Finding[], Partial<typeof noGate> | object, number]>([
    ["a new failure at the gate", [pass], [low], {}, 1],
    ["a new failure below the gate", [pass], [low], { failOn: "high" }, 0],
    ["a new failure without a gate", [pass], [low], { failOn: "none" }, 0],
    ["a new failure, softly", [pass], [low], { softFail: true }, 0],
    ["an old failure", [low], [low], {}, 0],
    ["an old failure of another value", [low], [{ ...low, actual: 2 }], {}, 0],
    ["an unknown one", [pass], [unknown], {}, 3],
    ["one that was unknown already", [unknown], [unknown], {}, 3],
    ["one that was unknown already, allowed", [unknown], [unknown], { allowIncomplete: true }, 0],
    ["a failure that was unknown", [unknown], [low], {}, 1],
    ["a failure that was waived", [{ ...low, verdict: "waived" }], [low], {}, 1],
    ["a pass that was unknown", [unknown], [pass], {}, 0],
  ])("%s", (_, old, now, gate, expected) => {
    const series = { earlier: [], before: saved("a", old), after: saved("b", now) };
    expect(compareResults(series, { ...noGate, ...gate }, "0").summary.exitCode).toBe(expected);
  });

  it("is 3 where the newer result says that a computer was not examined, not where the older one does", () => {
    const gaps = [{ code: "computer-missing", text: "DC9 was not examined", remedy: null, targets: [] }];
    const incomplete = { coverage: { ...sampleResult.coverage, gaps } };
    const [whole, part] = [saved("a", [pass]), saved("b", [pass], incomplete)];
    expect(compareResults({ earlier: [], before: whole, after: part }, noGate, "0").summary).toMatchObject({
      exitCode: 3,
      incomplete: ["DC9 was not examined"],
    });
    expect(compareResults({ earlier: [], before: part, after: whole }, noGate, "0").summary.exitCode).toBe(0);
  });

  it("believes the newer result that it is incomplete", () => {
    const summary = { ...saved("b", [pass]).result.summary, exitCode: 3 as const };
    const series = { earlier: [], before: saved("a", [pass]), after: saved("b", [pass], { summary }) };
    expect(compareResults(series, noGate, "0").summary.exitCode).toBe(3);
  });
});
