import { describe, expect, it } from "vitest";
import { byKey, pairFindings, resolvedKeys, sharedFingerprints } from "../../src/app/compare/pairs.ts";
import { stateOf } from "../../src/app/compare/states.ts";
import type { BaselineState } from "../../src/model/comparison.ts";
import type { Finding, Verdict } from "../../src/model/result.ts";
import { verdicts } from "../../src/model/result.ts";
import { finding } from "../util/sample-findings.ts";

const base = finding(0, "DC1", "fail", { actual: 1, actualText: "Success" });
const as = (verdict: Verdict, values: Partial<Finding> = {}): Finding => ({ ...base, verdict, ...values });

describe("what became of a finding", () => {
  // Rows: before; columns: now, in the order of `verdicts`: fail, unknown, waived, pass, not applicable.
  const table: readonly (readonly [before: Verdict | null, expected: readonly BaselineState[]])[] = [
    [null, ["new", "new", "added", "added", "added"]],
    ["fail", ["unchanged", "lost", "changed", "resolved", "changed"]],
    ["unknown", ["new", "unchanged", "changed", "resolved", "changed"]],
    ["waived", ["new", "lost", "unchanged", "resolved", "changed"]],
    ["pass", ["new", "lost", "changed", "unchanged", "changed"]],
    ["not-applicable", ["new", "new", "changed", "changed", "unchanged"]],
  ];

  it.each(table)("before: %s", (before, expected) => {
    const old = before === null ? null : as(before);
    expect(verdicts.map((verdict) => stateOf(old, as(verdict)))).toEqual(expected);
  });

  it.each<[string, Partial<Finding>, BaselineState]>([
    ["another value", { actual: 0, actualText: "No Auditing" }, "changed"],
    ["another winner", { gpo: "00000000-0000-4000-8000-000000000001" }, "changed"],
    ["another expectation", { expected: "Failure" }, "changed"],
    ["another severity", { severity: "low" }, "changed"],
    [
      "a GPO of another domain with the same GUID",
      { chain: base.chain.map((step) => ({ ...step, role: "winner" as const, domain: "other.example" })) },
      "changed",
    ],
    ["another name of the GPO", { gpoName: "renamed" }, "unchanged"],
    ["another line", { location: { path: "elsewhere", line: 9 }, quote: "x" }, "unchanged"],
    ["another text", { message: "said otherwise", fix: "do otherwise" }, "unchanged"],
  ])("still fails, with %s", (_, values, state) => {
    expect(stateOf(base, as("fail", values))).toBe(state);
  });

  it("looks at the reasons of what is undecided", () => {
    const before = as("unknown", { ways: ["pass: a", "fail: b"] });
    expect(stateOf(before, { ...before, ways: ["pass: c", "fail: b"] })).toBe("changed");
    expect(stateOf(before, { ...before })).toBe("unchanged");
  });

  it("calls only a failure reopened, and only where it was resolved", () => {
    expect(stateOf(as("pass"), as("fail"), true)).toBe("reopened");
    expect(stateOf(null, as("fail"), true)).toBe("reopened");
    expect(stateOf(as("fail"), as("fail"), true)).toBe("unchanged");
    expect(stateOf(as("pass"), as("unknown"), true)).toBe("lost");
  });
});

describe("what was resolved in earlier results", () => {
  const resolved = (...series: readonly (Verdict | null)[]): boolean => {
    const results = series.map((verdict) => byKey(verdict === null ? [] : [as(verdict)]));
    return resolvedKeys(results).has(base.fingerprint);
  };

  it.each<[readonly (Verdict | null)[], boolean]>([
    [["fail", "pass"], true],
    [["fail", null, "pass", null], true],
    [["fail", "pass", "fail", "unknown"], true],
    [["pass", "fail"], false],
    [["fail", null], false],
    [["fail", "not-applicable"], false],
    [["fail", "unknown"], false],
    [["fail", "waived"], false],
    [["pass", "pass"], false],
  ])("%j: %s", (series, expected) => {
    expect(resolved(...series)).toBe(expected);
  });

  it("are remembered by a result that was held against a baseline", () => {
    const before = byKey([as("pass", { baseline: "resolved" })]);
    expect(resolvedKeys([before]).has(base.fingerprint)).toBe(true);
  });
});

describe("findings that share a fingerprint", () => {
  // Two computers of one name, and no SID of either.
  const one = as("fail", { target: "CN=DC1,OU=A,DC=corp,DC=example" });
  const other = as("pass", { target: "CN=DC1,OU=B,DC=corp,DC=example" });

  it.each<[string, readonly Finding[], readonly Finding[], readonly string[]]>([
    ["the same", [one, other], [other, one], ["unchanged", "unchanged"]],
    ["one is gone, and the other fails now", [one, other], [{ ...other, verdict: "fail" }], ["new", "gone"]],
    ["a second that fails too", [one], [{ ...other, verdict: "fail" }, one], ["new", "unchanged"]],
    ["the very same twice", [one, one], [one, one], ["unchanged", "unchanged"]],
  ])("an old failure of one is none of the other: %s", (_, before, after, states) => {
    const shared = sharedFingerprints(before, after);
    const pairs = pairFindings(byKey(before, shared), byKey(after, shared));
    expect(pairs.map((pair) => (pair.after === null ? "gone" : stateOf(pair.before, pair.after)))).toEqual(
      states,
    );
  });
});
