import type { Severity } from "../../model/requirement.ts";
import { severities } from "../../model/requirement.ts";
import type { Finding } from "../../model/result.ts";
import type { FindingWaiver, Waiver, WaiverHold } from "../../model/waiver.ts";
import { dayLength, dayStart } from "./days.ts";

/** Whether a waiver is in force at a moment: from the beginning of its first day to the end of its last one, UTC. */
export function termOf({ approvedOn, expires }: Waiver, now: number): "in-force" | "expired" | "not-yet" {
  // A day that is none would never end: it ends at once.
  if (now >= (dayStart(expires) ?? -Infinity) + dayLength) return "expired";
  return approvedOn !== null && now < (dayStart(approvedOn) ?? Infinity) ? "not-yet" : "in-force";
}

/** Whether a waiver that fits a failure holds for it. */
export function holdOf(waiver: Waiver, finding: Finding, nonWaivable: boolean, now: number): WaiverHold {
  if (nonWaivable) return "non-waivable";
  const term = termOf(waiver, now);
  if (term !== "in-force") return term;
  if (waiver.maxSeverity !== null && isAbove(finding.severity, waiver.maxSeverity)) return "too-severe";
  // Somebody accepted the value that stands there now, not the worse one that is proposed.
  const { before } = finding;
  return before?.verdict === "fail" && before.change === "worse" ? "got-worse" : "applied";
}

function isAbove(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) < severities.indexOf(limit);
}

export function toFindingWaiver(waiver: Waiver, hold: WaiverHold, { severity }: Finding): FindingWaiver {
  const { id, justification, approvedBy, expires, ticket } = waiver;
  const text = holdText(waiver, hold, severity);
  return { id, verdict: "fail", hold, text, justification, approvedBy, expires, ticket };
}

function holdText(waiver: Waiver, hold: WaiverHold, severity: Severity): string {
  const { expires, approvedOn, approvedBy, maxSeverity } = waiver;
  switch (hold) {
    case "applied":
      return `accepted until ${expires} by ${approvedBy}`;
    case "expired":
      return `it expired on ${expires}, so the failure counts again`;
    case "not-yet":
      return `it holds from ${approvedOn ?? "a later day"} on, not before`;
    case "too-severe":
      return `it accepts up to ${maxSeverity ?? "any severity"}, and this is ${severity}`;
    case "non-waivable":
      return "the policy pack lets nobody waive this requirement";
    case "got-worse":
      return "the proposal makes worse what was accepted";
  }
}
