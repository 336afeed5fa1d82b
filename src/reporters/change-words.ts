import { changes } from "../model/what-if.ts";
import type { Change, FindingBefore, ResultProposal } from "../model/what-if.ts";
import type { Finding, ResultRule, ScanResult } from "../model/result.ts";
import { gpoText } from "../model/words.ts";
import type { NonEmpty, TargetNames } from "./groups.ts";
import { compareText, groupBy, severityRank } from "./groups.ts";
import { verdictWords } from "./words.ts";

export const changeWords: Readonly<Record<Change, string>> = {
  worse: "Worse",
  better: "Better",
  other: "Other",
  same: "Unchanged",
};

/** Findings of one rule that a proposal changes in the same way. */
export interface ChangeGroup {
  readonly rule: ResultRule;
  readonly before: FindingBefore;
  readonly findings: NonEmpty<Finding>;
}

/** Everything that proposals change, what gets worse first, then by severity and rule. */
export function changeGroups(result: ScanResult): ChangeGroup[] {
  const rules = new Map(result.rules.map((rule) => [rule.id, rule]));
  const groups = groupBy(result.findings, ({ rule, before, verdict, actualText, gpo, gpoName }) =>
    JSON.stringify([rule, before, verdict, actualText, gpo, gpoName]),
  );
  return groups
    .flatMap((findings) => {
      const [{ rule: id, before }] = findings;
      const rule = rules.get(id);
      return rule === undefined || before === null || before.change === "same"
        ? []
        : [{ rule, before, findings }];
    })
    .sort(
      (a, b) =>
        changes.indexOf(a.before.change) - changes.indexOf(b.before.change) ||
        severityRank(a.rule.severity) - severityRank(b.rule.severity) ||
        compareText(a.rule.id, b.rule.id),
    );
}

type Side = Pick<FindingBefore, "verdict" | "actualText" | "gpo" | "gpoName">;

/** "Success by GPO 'X'": a value and who sets it. Nobody has won yet while something undecided may still win. */
export function sideText({ verdict, actualText, gpo, gpoName }: Side): string {
  const winner = gpo === null ? null : gpoText({ guid: gpo, displayName: gpoName });
  if (verdict === "unknown") return `not certain${winner === null ? "" : `, GPO ${winner} ahead so far`}`;
  return winner === null ? actualText : `${actualText} by GPO ${winner}`;
}

/** "pass -> fail (No Auditing by GPO 'Y', was Success and Failure by GPO 'X')". */
export function changeText(after: Finding, before: FindingBefore): string {
  const [was, is] = [before, after].map(({ verdict }) => verdictWords[verdict].toLowerCase());
  const step = was === is ? `still ${is ?? ""}` : `${was ?? ""} -> ${is ?? ""}`;
  const [had, has] = [sideText(before), sideText(after)];
  if (had !== has) return `${step} (${has}, was ${had})`;
  return after.verdict === "unknown" ? `${step}, for other reasons` : `${step} (${has})`;
}

/** What becomes of a proposal. */
export function placeText({ state, link, domain }: ResultProposal): string {
  if (state === "unplaced") return "judged nowhere: it changes nothing";
  if (state === "replaces") return `replaces the GPO with this GUID${domain === null ? "" : ` in ${domain}`}`;
  if (link === null) return "judged with its own links";
  const marks = [`link order ${link.linkOrder}`, ...(link.enforced ? ["enforced"] : [])];
  return `judged as if linked to ${link.som}, ${marks.join(", ")}`;
}

/** Edits that come to nothing for one reason, with the names of their settings and of the computers. */
export interface WithoutEffectRow {
  readonly settings: readonly string[];
  readonly value: string;
  readonly text: string;
  readonly targets: readonly string[];
}

/** Edits of one value and fate together; each setting once, though two requirements often ask about its halves. */
export function withoutEffectRows(
  { withoutEffect }: ResultProposal,
  rules: readonly ResultRule[],
  names: TargetNames,
): WithoutEffectRow[] {
  const rows = groupBy(withoutEffect, ({ value, text, targets }) => JSON.stringify([value, text, targets]));
  return rows.map((group) => {
    const [{ value, text, targets }] = group;
    const settings = groupBy(group, ({ setting }) => setting).map(
      ([{ rule }]) => rules.find(({ id }) => id === rule)?.settingName ?? rule,
    );
    return { settings, value, text, targets: targets.map((dn) => names.of(dn)) };
  });
}

/** "With the proposal: 2 worse, 1 better, 0 other, 31 unchanged." */
export function changeCounts({ whatIf }: ScanResult): string {
  if (whatIf === null) return "";
  const { worse, better, other, same } = whatIf.changes;
  const intro = whatIf.proposals.length === 1 ? "With the proposal" : "With the proposals";
  return `${intro}: ${worse} worse, ${better} better, ${other} other, ${same} unchanged.`;
}

/** How a finding stood before, in one sentence for where there is room for no more. */
export function beforeSentence({ change, verdict, ...side }: FindingBefore): string {
  if (change === "same") return "Before the proposal: the same.";
  const was = sideText({ verdict, ...side });
  return `Before the proposal: ${verdictWords[verdict].toLowerCase()} (${was}).`;
}

/** Sections of a page or of a terminal name one proposal or several. */
export function whatIfTitle({ whatIf }: ScanResult): string {
  return (whatIf?.proposals.length ?? 0) > 1 ? "What the proposals change" : "What the proposal changes";
}
