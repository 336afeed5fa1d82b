import type { Severity } from "../model/requirement.ts";
import type { Finding, ResultRule, ScanResult, Verdict } from "../model/result.ts";
import type { Paint, Style } from "./ansi.ts";
import { baselineText, toldBaseline } from "./baseline-words.ts";
import { visible } from "./escape.ts";
import { waiverText } from "./flat-findings.ts";
import type { NonEmpty } from "./groups.ts";
import { groupBy, sameStory, severityRank, TargetNames } from "./groups.ts";
import { lossLabel, lossText } from "./loss-words.ts";
import { isMeasuredPlace, toldMeasured } from "./measured-words.ts";
import { indent, wrap } from "./pretty-layout.ts";
import { measuredLines, placeLines } from "./pretty-measured.ts";

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: "red",
  high: "red",
  medium: "yellow",
  low: "blue",
  info: "dim",
};

/** Findings of one verdict, by requirement, the most severe first; targets that end the same way share a block. */
export function findingBlocks(result: ScanResult, verdict: Verdict, paint: Paint): string[] {
  const names = new TargetNames(result);
  const chosen = result.findings.filter((finding) => finding.verdict === verdict);
  const ordered = [...result.rules].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const blocks = ordered.flatMap((rule) => {
    const own = chosen.filter((finding) => finding.rule === rule.id);
    if (own.length === 0) return [];
    const stories = groupBy(own, (finding) => sameStory(told(finding), names));
    return [
      [ruleLine(rule, paint, indent(1)), ...stories.flatMap((group) => storyLines(group, names, paint))],
    ];
  });
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

/** As much of a finding as this report shows: changes have a section of their own. */
function told(finding: Finding): Finding {
  return { ...finding, before: null, baseline: toldBaseline(finding), measured: toldMeasured(finding) };
}

/** A requirement as the headline of what is said about it. */
export function ruleLine(rule: ResultRule, paint: Paint, before: string): string {
  const severity = paint(severityStyles[rule.severity], rule.severity);
  return `${before}${severity}  ${paint("bold", visible(rule.title))}  ${paint("dim", `[${visible(rule.id)}]`)}`;
}

/** What is so, where it stands, and what to do. */
function storyLines(group: NonEmpty<Finding>, names: TargetNames, paint: Paint): string[] {
  const [first] = group;
  const lines = wrap(visible(names.message(group)), indent(2));
  if (group.length > 4) lines.push(...wrap(visible(names.list(group).join(", ")), indent(3)));
  // Where evidence decides, every computer has a row of its own.
  lines.push(...placeLines(isMeasuredPlace(first) ? group : [first], { level: 3, paint }));
  lines.push(...measuredLines(group, names, paint));
  if (first.loss !== null) {
    const text = `${lossLabel(first.loss)}: ${lossText(first.loss)}`;
    lines.push(...wrap(visible(text), indent(4), `${indent(3)}! `));
  }
  for (const way of first.ways) lines.push(...wrap(visible(way), indent(4), `${indent(3)}? `));
  const since = baselineText(first);
  if (since !== "") lines.push(`${indent(3)}* ${since}`);
  const waiver = waiverText(first);
  if (waiver !== null) lines.push(...wrap(visible(waiver), indent(4), `${indent(3)}~ `));
  const fix = names.fix(group);
  if (fix !== null && first.verdict === "fail") {
    lines.push(...wrap(visible(fix), indent(4), `${indent(3)}> `));
  }
  return lines;
}
