import type { ScanResult } from "../model/result.ts";
import type { Change, ResultProposal } from "../model/what-if.ts";
import { gpoText } from "../model/words.ts";
import type { Paint, Style } from "./ansi.ts";
import type { ChangeGroup } from "./change-words.ts";
import { changeGroups, changeText, placeText, withoutEffectRows } from "./change-words.ts";
import { visible } from "./escape.ts";
import { TargetNames } from "./groups.ts";
import { ruleLine } from "./pretty-findings.ts";
import { indent, wrap } from "./pretty-layout.ts";
import { shortList } from "./words.ts";

const changeStyles: Readonly<Record<Change, Style>> = {
  worse: "red",
  better: "green",
  other: "blue",
  same: "dim",
};

/** Each proposal and what becomes of it, then what changes, the worst first. What stays the same is only counted. */
export function whatIfLines(result: ScanResult, paint: Paint): string[] {
  if (result.whatIf === null) return [];
  const names = new TargetNames(result);
  const proposals = result.whatIf.proposals.flatMap((item) => proposalLines(item, { result, names, paint }));
  const groups = changeGroups(result);
  return [
    ...(proposals.length === 0 ? ["  No proposed GPO could be put in its place."] : proposals),
    ...groups.flatMap((group, index) => changeLines(group, groups[index - 1], { names, paint })),
  ];
}

function proposalLines(
  proposal: ResultProposal,
  { result, names, paint }: { result: ScanResult; names: TargetNames; paint: Paint },
): string[] {
  const style: Style = proposal.state === "unplaced" ? "red" : "bold";
  const [first = "", ...more] = wrap(
    visible(`${gpoText(proposal)}  ${placeText(proposal)}`),
    indent(2),
    indent(1),
  );
  return [
    paint(style, first),
    ...more.map((line) => paint(style, line)),
    `${indent(3)}${paint("blue", visible(proposal.path))}`,
    ...proposal.notes.flatMap((note) => wrap(visible(note), indent(3))),
    ...withoutEffectRows(proposal, result.rules, names).flatMap(({ settings, value, text, targets }) => {
      const on = targets.length === 0 ? "" : ` on ${shortList(targets, 6)}`;
      const line = visible(`without effect${on}: ${text} (${settings.join(", ")} = ${value})`);
      return wrap(line, indent(4), `${indent(3)}${paint("yellow", "!")} `, 8);
    }),
  ];
}

function changeLines(
  { rule, before, findings }: ChangeGroup,
  previous: ChangeGroup | undefined,
  { names, paint }: { names: TargetNames; paint: Paint },
): string[] {
  const isNewKind = previous?.before.change !== before.change;
  const head = isNewKind ? ["", `  ${paint(changeStyles[before.change], before.change)}`] : [];
  const title = isNewKind || previous?.rule.id !== rule.id ? [ruleLine(rule, paint, indent(2))] : [];
  const text = `${shortList(names.list(findings), 12)}: ${changeText(findings[0], before)}`;
  return [...head, ...title, ...wrap(visible(text), indent(4), indent(3))];
}
