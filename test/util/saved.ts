import type { SavedResult } from "../../src/app/saved-result.ts";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { countFailures, sampleResult, sumCounts } from "./sample-result.ts";

/** A result with these findings, as if it had been saved and read. */
export function saved(
  path: string,
  findings: readonly Finding[],
  values: Partial<ScanResult> = {},
): SavedResult {
  const summary = { counts: sumCounts(findings), failures: countFailures(findings), exitCode: 0 as const };
  const coverage = { ...sampleResult.coverage, gaps: [] };
  return { path, sha256: path, result: { ...sampleResult, coverage, findings, summary, ...values } };
}

export const noGate = { failOn: "low", allowIncomplete: false, softFail: false } as const;
