import type { Severity } from "../model/requirement.ts";
import { severities } from "../model/requirement.ts";
import type { Finding } from "../model/result.ts";

export interface GateOptions {
  readonly failOn: Severity | "none";
  readonly allowIncomplete: boolean;
  readonly softFail: boolean;
  /** Only what the proposals make worse fails the gate, whatever it was before. */
  readonly failOnRegression: boolean;
  /** Only failures that the baseline does not have fail the gate. */
  readonly failOnNew: boolean;
}

/**
 * Exit code of a scan, the same for every format: 3 incomplete, else 1 where a failure reaches the gate, else 0.
 * (2, a broken run, never gets here.)
 */
export function exitCodeOf(findings: readonly Finding[], incomplete: boolean, gate: GateOptions): 0 | 1 | 3 {
  if (incomplete && !gate.allowIncomplete) return 3;
  const failed = findings.some(
    (finding) => falls(finding, gate) && reachesGate(finding.severity, gate.failOn),
  );
  return failed && !gate.softFail ? 1 : 0;
}

/**
 * A verdict that was a pass and is unknown now got worse too: what was proven is not any more. A regression that somebody
 * accepted by a waiver is shown, and does not fail the gate.
 */
function falls(
  { verdict, before, baseline }: Finding,
  { failOnRegression, failOnNew }: GateOptions,
): boolean {
  if (failOnNew) return verdict === "fail" && isNew(baseline);
  return failOnRegression ? before?.change === "worse" && verdict !== "waived" : verdict === "fail";
}

/** What was never held against the baseline is as new as what the baseline does not have. */
function isNew(state: Finding["baseline"]): boolean {
  return state === null || state === "new" || state === "reopened";
}

/** Whether a severity is at or above the gate. */
export function reachesGate(severity: Severity, gate: Severity | "none"): boolean {
  return gate !== "none" && severities.indexOf(severity) <= severities.indexOf(gate);
}
