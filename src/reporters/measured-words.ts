import { isByteLocation } from "../model/location.ts";
import type { Finding } from "../model/result.ts";
import type { FindingMeasured } from "../model/what-if.ts";

/** A rule that holds what computers measured against what Group Policy configures. */
export function isMeasuredRule(rule: string): boolean {
  return rule.endsWith("/measured");
}

/** What is to be told where there is no room for everything: what differs, falls short or cannot be used. */
export function toldMeasured({ measured }: Pick<Finding, "measured">): readonly FindingMeasured[] {
  return measured.filter(({ agrees, verdict }) => agrees === false || verdict !== "pass");
}

/**
 * A measured value held against Group Policy, in words. With proposals it is what the computer gets without them: nobody
 * can have measured anything else.
 */
export function agreesText({ agrees }: FindingMeasured, { before }: Pick<Finding, "before">): string {
  const today = before === null ? "" : " without the proposal";
  if (agrees === true) return `as Group Policy configures it${today}`;
  if (agrees === false) return `not what Group Policy configures${today}`;
  return "";
}

/** Whether a measured value is enough; nothing for one that says nothing. */
export function meetsText({ verdict }: FindingMeasured): string {
  if (verdict === "pass") return "meets the requirement";
  return verdict === "fail" ? "does not meet the requirement" : "";
}

/** "Success (auditpol csv), not what Group Policy configures, does not meet the requirement". */
export function measuredText(row: FindingMeasured, finding: Pick<Finding, "before">): string {
  const parts = [`${row.text} (${row.kind})`, agreesText(row, finding), meetsText(row)];
  return parts.filter((part) => part !== "").join(", ");
}

/** True for the row that a finding about what was measured rests on. */
export function isOwnRow(
  { location: { path, line } }: FindingMeasured,
  { rule, location }: Pick<Finding, "rule" | "location">,
): boolean {
  if (location === null || isByteLocation(location) || !isMeasuredRule(rule)) return false;
  return location.path === path && location.line === line;
}

/** True where a finding rests on a row that it shows as measured anyway. */
export function isMeasuredPlace(finding: Finding): boolean {
  return finding.measured.some((row) => isOwnRow(row, finding));
}
