import type { ComparedFinding } from "../../model/comparison.ts";
import type { ScanResult } from "../../model/result.ts";
import { blockingGaps } from "../coverage.ts";
import { reachesGate } from "../exit-code.ts";
import type { GateOptions } from "../exit-code.ts";

export type CompareGate = Pick<GateOptions, "failOn" | "allowIncomplete" | "softFail">;

/**
 * Exit code of a comparison: 3 where nobody can say that nothing is new, else 1 where something is, else 0. What the
 * older result lacks never makes it 3: it can only make a failure look new that is not.
 */
export function compareExitCode(
  findings: readonly ComparedFinding[],
  incomplete: readonly string[],
  gate: CompareGate,
): 0 | 1 | 3 {
  if (incomplete.length > 0 && !gate.allowIncomplete) return 3;
  const failed = findings.some(
    ({ state, after, severity }) =>
      (state === "new" || state === "reopened") &&
      after?.verdict === "fail" &&
      reachesGate(severity, gate.failOn),
  );
  return failed && !gate.softFail ? 1 : 0;
}

/** Why something new may be hidden: the newer result has not decided it, or has not looked at it. */
export function incompleteReasons(after: ScanResult, findings: readonly ComparedFinding[]): string[] {
  const reasons: string[] = [];
  const { unknown } = after.summary.counts;
  if (unknown > 0) reasons.push(`${unknown} ${unknown === 1 ? "verdict is" : "verdicts are"} unknown now`);
  const asksSettings = after.rules.some(({ setting }) => setting !== null);
  const gap = after.coverage.gaps.find(
    ({ code }) => blockingGaps.has(code) && (code !== "no-gpos" || asksSettings),
  );
  if (gap !== undefined) reasons.push(gap.text);
  else if (isNoneAsked(after)) reasons.push("no policy pack asks anything of a computer now");
  else if (after.summary.exitCode === 3 && unknown === 0) reasons.push("the newer result is incomplete");
  const gone = findings.filter(
    ({ state, before }) => state === "gone" && before !== null && before.verdict !== "not-applicable",
  ).length;
  if (gone > 0) reasons.push(`${gone} ${gone === 1 ? "finding is" : "findings are"} not examined any more`);
  return reasons;
}

/** Incomplete, also where the scan was told to let that pass. */
function isNoneAsked({ coverage, run }: ScanResult): boolean {
  const unasked = coverage.gaps.filter(({ code }) => code === "nothing-applicable").length;
  return unasked > 0 && unasked === run.policies.length;
}
