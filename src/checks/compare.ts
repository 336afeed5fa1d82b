import type { Expectation, Requirement } from "../model/requirement.ts";
import { isSetting } from "../model/requirement.ts";
import type { Finding } from "../model/result.ts";
import type { Verdict } from "../model/verdict.ts";
import type { Change, FindingBefore } from "../model/what-if.ts";

/** How far a verdict is from being met. A waiver accepts a failure and does not undo it. */
const distance: Readonly<Record<Verdict, number>> = {
  pass: 0,
  "not-applicable": 0,
  unknown: 1,
  waived: 2,
  fail: 2,
};

/** What became of one requirement on one target. */
export function compareFindings(before: Finding, after: Finding, requirement: Requirement): FindingBefore {
  return {
    change: changeOf(before, after, isSetting(requirement) ? requirement.expect : null),
    verdict: before.verdict,
    actual: before.actual,
    actualText: before.actualText,
    gpo: before.gpo,
    gpoName: before.gpoName,
  };
}

function changeOf(before: Finding, after: Finding, expectation: Expectation | null): Change {
  const steps = distance[after.verdict] - distance[before.verdict];
  if (steps > 0) return "worse";
  // A failure that is undecided now has lost its proof, and no more than that.
  if (steps < 0) return after.verdict === "unknown" ? "other" : "better";
  if (after.verdict === "fail" && expectation?.operator === "audit-at-least") {
    const [had, has] = [before, after].map((finding) => metBits(finding, expectation.value));
    if (had !== undefined && has !== undefined && had !== has) return (had & ~has) === 0 ? "better" : "worse";
  }
  return isSame(before, after) ? "same" : "other";
}

/** The bits of an audit value that count towards the requirement. What is not configured audits nothing for certain. */
function metBits({ actual }: Finding, wanted: number): number {
  return typeof actual === "number" ? actual & wanted : 0;
}

/** An undecided verdict is the same only where everything that leaves it open is. */
function isSame(before: Finding, after: Finding): boolean {
  const told = ({ verdict, actual, actualText, gpo, ways, chain }: Finding): string =>
    JSON.stringify([verdict, actual, actualText, gpo, ...(verdict === "unknown" ? [ways, chain] : [])]);
  return told(before) === told(after);
}
