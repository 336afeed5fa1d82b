import type { Finding, ResultRule, ScanResult } from "../model/result.ts";
import { TargetNames } from "./groups.ts";

/** A finding with what a flat format shows of its rule and its target: one row, one test case, one issue. */
export interface FlatFinding {
  readonly finding: Finding;
  /** Undefined only in a result that does not list its rules. */
  readonly rule: ResultRule | undefined;
  /** Title of the rule. */
  readonly title: string;
  readonly settingName: string;
  /** Name of the target for people; the DN where it is no computer; null where no target is known. */
  readonly target: string | null;
  /** Null where the target is no computer of the result. */
  readonly domain: string | null;
}

/** Every finding of a result, in its order. All flat formats start here, so that none of them can hold others. */
export function flatFindings(result: ScanResult): FlatFinding[] {
  const names = new TargetNames(result);
  const rules = new Map(result.rules.map((rule) => [rule.id, rule]));
  return result.findings.map((finding) => {
    const rule = rules.get(finding.rule);
    return {
      finding,
      rule,
      title: rule?.title ?? finding.rule,
      settingName: rule?.settingName ?? finding.rule,
      target: finding.target === null ? null : names.of(finding.target),
      domain: names.find(finding.target)?.domain ?? null,
    };
  });
}

/** True where a reader of verdicts alone must be told that they are not the whole. */
export function isIncomplete({ summary }: ScanResult): boolean {
  return summary.exitCode === 3 || summary.exitCode === 2;
}

/** What the verdicts do not show of an incomplete run, one line each. */
export function incompleteLines(result: ScanResult): string[] {
  const gaps = result.coverage.gaps.map(({ code, text }) => `${code}: ${text}`);
  const { unknown } = result.summary.counts;
  const open = unknown === 0 ? [] : [`${unknown} ${unknown === 1 ? "verdict is" : "verdicts are"} unknown`];
  const nothing = result.findings.length === 0 ? ["Nothing was judged"] : [];
  return [...nothing, ...open, ...gaps];
}

/** The waiver of a finding: by whose word it counts as waived, or why it does not; null where none fits. */
export function waiverText({ waiver }: Pick<Finding, "waiver">): string | null {
  if (waiver === null) return null;
  const { id, hold, text, justification, approvedBy, expires, ticket } = waiver;
  const by = `approved by ${approvedBy}, ends ${expires}${ticket === null ? "" : `, ${ticket}`}`;
  return hold === "applied"
    ? `Waiver ${id} (${by}): ${justification}`
    : `Waiver ${id} does not hold: ${text} (${by})`;
}
