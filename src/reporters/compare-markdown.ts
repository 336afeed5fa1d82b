import type { Comparison, ComparisonState } from "../model/comparison.ts";
import { comparisonStates } from "../model/comparison.ts";
import type { ComparedGroup } from "./compare-words.ts";
import {
  changeLine,
  comparedGroups,
  compareOutcome,
  comparisonStateWords,
  countsText,
  describeResult,
  runLabels,
  targetNames,
  trendCells,
  trendColumns,
} from "./compare-words.ts";
import type { MarkdownSection } from "./markdown-budget.ts";
import { fitSections } from "./markdown-budget.ts";
import { markdownCode, markdownProse, markdownRow } from "./markdown-text.ts";
import { shortList } from "./words.ts";

/** A comparison for a merge request or a step summary; cut at a row before GitHub would drop it as a whole. */
export function renderCompareMarkdown(comparison: Comparison): string {
  const groups = comparedGroups(comparison);
  const sections = comparisonStates.flatMap((state) => {
    const own = groups.filter(([first]) => first.state === state);
    return own.length === 0 ? [] : [stateSection(state, own, comparison.summary.counts[state])];
  });
  return fitSections(headLines(comparison), sections, []);
}

function headLines(comparison: Comparison): string[] {
  const { headline, exit } = compareOutcome(comparison);
  const { results, warnings } = comparison;
  return [
    `## gpolint compare: ${markdownProse(headline)}`,
    "",
    markdownProse(exit),
    "",
    countsText(comparison),
    "",
    ...results.map((result) => `- ${markdownProse(describeResult(result))}`),
    ...(warnings.length === 0 ? [] : ["", "### Not quite comparable", ""]),
    ...warnings.map(({ text }) => `- ${markdownProse(text)}`),
    ...(results.length > 2 ? trendLines(comparison) : []),
  ];
}

function trendLines({ results }: Comparison): string[] {
  const labels = runLabels(results);
  return [
    "",
    "### Trend",
    "",
    markdownRow(["Result", ...trendColumns.map(capital)]),
    markdownRow(["---", ...trendColumns.map(() => "---:")]),
    ...results.map((result, index) =>
      markdownRow([markdownProse(labels[index] ?? ""), ...trendCells(result).map(String)]),
    ),
  ];
}

function stateSection(
  state: ComparisonState,
  groups: readonly ComparedGroup[],
  count: number,
): MarkdownSection {
  return {
    head: [
      "",
      `### ${comparisonStateWords[state]} (${count})`,
      "",
      markdownRow(["Severity", "Requirement", "On", "Change", "Cause"]),
      markdownRow(["---", "---", "---", "---", "---"]),
    ],
    rows: groups.map((group) => {
      const [first] = group;
      return markdownRow([
        first.severity,
        `${markdownProse(first.title)} ${markdownCode(first.rule)}`,
        markdownProse(shortList(targetNames(group), 12)),
        markdownProse(changeLine(first)),
        first.causes.map(markdownProse).join("<br>"),
      ]);
    }),
    noun: "rows",
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
