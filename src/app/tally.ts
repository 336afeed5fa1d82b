import type { Severity } from "../model/requirement.ts";
import type { Finding, Verdict } from "../model/result.ts";

export function countVerdicts(findings: readonly Finding[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { fail: 0, unknown: 0, waived: 0, pass: 0, "not-applicable": 0 };
  for (const { verdict } of findings) counts[verdict]++;
  return counts;
}

/** Failures by severity. */
export function countFailures(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { verdict, severity } of findings) if (verdict === "fail") counts[severity]++;
  return counts;
}
