import type { BaselineState } from "../../model/comparison.ts";
import type { Finding } from "../../model/result.ts";

/**
 * What became of a finding that the newer result has. `wasResolved`: an earlier result shows it failing, a later one
 * shows it met. What was accepted or undecided before and fails now is new: nobody has seen it fail like that.
 */
export function stateOf(before: Finding | null, after: Finding, wasResolved = false): BaselineState {
  const was = before?.verdict ?? null;
  if (before !== null && was === after.verdict) return isSame(before, after) ? "unchanged" : "changed";
  switch (after.verdict) {
    case "fail":
      return wasResolved ? "reopened" : "new";
    case "unknown":
      return was === null || was === "not-applicable" ? "new" : "lost";
    case "pass":
      if (was === null) return "added";
      return was === "not-applicable" ? "changed" : "resolved";
    case "waived":
    case "not-applicable":
      return was === null ? "added" : "changed";
  }
}

/** Names, lines and places in files do not count; what was asked for does, or a weaker pack would go unseen. */
function isSame(before: Finding, after: Finding): boolean {
  return told(before) === told(after);
}

function told({ verdict, severity, expected, actual, actualText, gpo, chain, ways }: Finding): string {
  const domain = chain.find(({ role }) => role === "winner")?.domain ?? null;
  const open = verdict === "unknown" ? ways : [];
  return JSON.stringify([severity, expected, actual, actualText, gpo, domain, open]);
}
