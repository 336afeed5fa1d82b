import type { Finding } from "../model/result.ts";
import { trueVerdict } from "../model/waiver.ts";
import { waiverText } from "./flat-findings.ts";
import type { Level } from "./sarif-rules.ts";
import { severityLevels } from "./sarif-rules.ts";
import { messageText, sentence } from "./sarif-text.ts";

export type ResultLevel = Level | "none";
export type Kind = "fail" | "pass" | "notApplicable";

export interface Suppression {
  readonly kind: "external";
  readonly status: "accepted";
  readonly justification: string;
}

/** Worst first. */
export const resultLevels: readonly ResultLevel[] = ["error", "warning", "note", "none"];

/** An unknown is a warning whatever the requirement weighs (public contract); what is no problem has no level (3.27.10). */
export function levelOf({ verdict, severity }: Finding): ResultLevel {
  switch (trueVerdict(verdict)) {
    case "fail":
      return severityLevels[severity];
    case "unknown":
      return "warning";
    case "pass":
    case "not-applicable":
      return "none";
  }
}

/**
 * An unknown is of kind `fail`: kind `open` must have no level (3.27.10), and receivers that drop all but failures would
 * show nothing where nothing is known.
 */
export function kindOf({ verdict }: Finding): Kind {
  switch (trueVerdict(verdict)) {
    case "fail":
    case "unknown":
      return "fail";
    case "pass":
      return "pass";
    case "not-applicable":
      return "notApplicable";
  }
}

/** All results of a run have this, or none (3.27.23). A waiver that does not hold suppresses nothing. */
export function suppressionsOf(finding: Finding): readonly Suppression[] {
  if (finding.verdict !== "waived") return [];
  const justification = sentence(messageText(waiverText(finding) ?? "Waived"));
  return [{ kind: "external", status: "accepted", justification }];
}

/** What is gone has no result, so that nothing is ever `absent`: a result that is met now is there, and passes. */
export type SarifBaselineState = "new" | "updated" | "unchanged";

export function baselineStateOf({ baseline }: Finding): SarifBaselineState {
  if (baseline === "unchanged") return "unchanged";
  return baseline === "changed" || baseline === "lost" || baseline === "resolved" ? "updated" : "new";
}
