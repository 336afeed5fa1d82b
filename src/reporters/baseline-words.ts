import type { BaselineState } from "../model/comparison.ts";
import { comparisonStates } from "../model/comparison.ts";
import type { Finding, ScanResult } from "../model/result.ts";
import { stateCountWords } from "./compare-words.ts";

/** What a report tells of single findings: what is as it was, or new and no problem, is only counted. */
const told: ReadonlySet<BaselineState> = new Set<BaselineState>([
  "reopened",
  "new",
  "lost",
  "changed",
  "resolved",
]);

/** What became of a finding since the baseline, where a report says so; else null. */
export function toldBaseline({ baseline }: Pick<Finding, "baseline">): BaselineState | null {
  return baseline !== null && told.has(baseline) ? baseline : null;
}

/** "new since the baseline"; empty where there is nothing to tell. */
export function baselineText(finding: Pick<Finding, "baseline">): string {
  const state = toldBaseline(finding);
  return state === null ? "" : `${stateCountWords[state]} since the baseline`;
}

/** "Since the baseline old.json: 1 new, 47 unchanged." Empty without a baseline. */
export function baselineCounts({ run: { baseline } }: ScanResult): string {
  if (baseline === null) return "";
  const parts = comparisonStates
    .filter((state) => baseline.counts[state] > 0)
    .map((state) => `${baseline.counts[state]} ${stateCountWords[state]}`);
  return `Since the baseline ${baseline.path}: ${parts.length === 0 ? "nothing to compare" : parts.join(", ")}.`;
}
