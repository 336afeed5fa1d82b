import type { Severity } from "../model/requirement.ts";
import { formatLocation } from "../model/location.ts";
import type { Finding, ResultRule, ScanResult, Verdict } from "../model/result.ts";
import type { Paint, Style } from "./ansi.ts";
import { visible } from "./escape.ts";
import type { NonEmpty } from "./groups.ts";
import { groupBy, sameStory, severityRank, TargetNames } from "./groups.ts";
import { indent, wrap } from "./pretty-layout.ts";

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
    const stories = groupBy(own, (finding) => sameStory(finding, names));
    return [[ruleLine(rule, paint), ...stories.flatMap((group) => storyLines(group, names, paint))]];
  });
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function ruleLine(rule: ResultRule, paint: Paint): string {
  const severity = paint(severityStyles[rule.severity], rule.severity);
  return `  ${severity}  ${paint("bold", visible(rule.title))}  ${paint("dim", `[${visible(rule.id)}]`)}`;
}

/** What is so, where it stands, and what to do: the file line is on a line of its own, so that it can be clicked. */
function storyLines(group: NonEmpty<Finding>, names: TargetNames, paint: Paint): string[] {
  const [first] = group;
  const lines = wrap(visible(names.message(group)), indent(2));
  if (group.length > 4) lines.push(...wrap(visible(names.list(group).join(", ")), indent(3)));
  if (first.location !== null)
    lines.push(`${indent(3)}${paint("blue", visible(formatLocation(first.location)))}`);
  if (first.quote !== null) lines.push(`${indent(3)}${paint("dim", `| ${visible(first.quote)}`)}`);
  for (const way of first.ways) lines.push(...wrap(visible(way), indent(4), `${indent(3)}? `));
  if (first.fix !== null && first.verdict === "fail") {
    lines.push(...wrap(visible(first.fix), indent(4), `${indent(3)}> `));
  }
  return lines;
}
