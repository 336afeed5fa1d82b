import type { ComparedResult, Comparison, ComparisonState } from "../model/comparison.ts";
import type { Paint, Style } from "./ansi.ts";
import { painter } from "./ansi.ts";
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
import { visible } from "./escape.ts";
import { indent, table, wrap } from "./pretty-layout.ts";
import { shortList } from "./words.ts";

const stateStyles: Readonly<Record<ComparisonState, Style>> = {
  reopened: "red",
  new: "red",
  lost: "yellow",
  changed: "blue",
  resolved: "green",
  gone: "yellow",
  added: "dim",
  unchanged: "dim",
};

/** A comparison for a terminal: what makes it doubtful first, then what asks for action, and one line to remember. */
export function renderComparePretty(comparison: Comparison, { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  const sections = [
    headLines(comparison, paint),
    warningLines(comparison, paint),
    ...groupSections(comparison, paint),
    comparison.results.length > 2 ? trendLines(comparison.results, paint) : [],
    footLines(comparison, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function headLines({ results, tool }: Comparison, paint: Paint): string[] {
  const last = results.length - 1;
  const roles = results.map((_, index) => (index === last ? "new" : index === last - 1 ? "old" : "earlier"));
  return [
    paint("bold", visible(`${tool.name} ${tool.version}  comparison`)),
    ...results.flatMap((result, index) =>
      wrap(visible(describeResult(result)), indent(5), `  ${(roles[index] ?? "").padEnd(7)} `, 10),
    ),
  ];
}

function warningLines({ warnings }: Comparison, paint: Paint): string[] {
  if (warnings.length === 0) return [];
  const lines = warnings.flatMap(({ text }) =>
    wrap(visible(text), indent(2), `  ${paint("yellow", "!")} `, 4),
  );
  return [paint("bold", "Not quite comparable"), ...lines];
}

function groupSections(comparison: Comparison, paint: Paint): string[][] {
  const sections = new Map<ComparisonState, string[]>();
  for (const group of comparedGroups(comparison)) {
    const [{ state }] = group;
    const count = comparison.summary.counts[state];
    const title = paint("bold", paint(stateStyles[state], `${comparisonStateWords[state]} (${count})`));
    const lines = sections.get(state) ?? [title];
    lines.push(...groupLines(group, paint));
    sections.set(state, lines);
  }
  return [...sections.values()];
}

function groupLines(group: ComparedGroup, paint: Paint): string[] {
  const [first] = group;
  const label = visible(`${first.severity}  ${first.title}  `);
  return [
    `  ${label}${paint("dim", visible(first.rule))}`,
    ...wrap(visible(`${shortList(targetNames(group), 12)}: ${changeLine(first)}`), indent(3), indent(2)),
    ...first.causes.flatMap((cause) => wrap(visible(cause), indent(4), `${indent(3)}- `, 8)),
  ];
}

function trendLines(results: readonly ComparedResult[], paint: Paint): string[] {
  const head = ["", ...trendColumns.map((column) => column.toLowerCase())];
  const labels = runLabels(results);
  const rows = results.map((result, index) => [
    visible(labels[index] ?? ""),
    ...trendCells(result).map(String),
  ]);
  return [paint("bold", "Trend"), ...table([head, ...rows], (text) => text).map((line) => `  ${line}`)];
}

function footLines(comparison: Comparison, paint: Paint): string[] {
  const { headline, exit, mood } = compareOutcome(comparison);
  const style: Style = mood === "fail" ? "red" : mood === "unknown" ? "yellow" : "green";
  return [
    paint("bold", paint(style, headline)),
    ...wrap(countsText(comparison), ""),
    ...wrap(visible(exit), ""),
  ];
}
