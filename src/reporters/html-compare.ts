import Handlebars from "handlebars/runtime.js";
import type { ComparedResult, Comparison, ComparisonState } from "../model/comparison.ts";
import { comparisonStates } from "../model/comparison.ts";
import type { ComparedGroup, CompareOutcome } from "./compare-words.ts";
import {
  changeLine,
  comparedGroups,
  compareOutcome,
  comparisonStateWords,
  countsText,
  targetNames,
  timeText,
  valueOf,
} from "./compare-words.ts";
import { visibleDeep } from "./escape.ts";
import { templates } from "./html-template.gen.ts";
import type { TrendView } from "./html-trend.ts";
import { trendView } from "./html-trend.ts";
import type { SideView } from "./html-what-if.ts";
import { shortList, verdictWords } from "./words.ts";

/** What the template prints. */
interface CompareView {
  readonly title: string;
  readonly outcome: CompareOutcome;
  readonly counts: string;
  readonly results: readonly ResultView[];
  readonly warnings: readonly string[];
  readonly sections: readonly SectionView[];
  readonly trend: TrendView | null;
}

interface ResultView {
  readonly role: string;
  readonly label: string;
  readonly path: string;
  readonly tool: string;
  readonly policies: string;
  readonly assumptions: string;
  readonly exitCode: number;
  readonly sha256: string;
}

interface SectionView {
  readonly id: ComparisonState;
  readonly title: string;
  readonly count: number;
  readonly rows: readonly RowView[];
}

interface RowView {
  readonly title: string;
  readonly rule: string;
  readonly severity: string;
  readonly targets: string;
  /** Null where it was not examined. */
  readonly before: SideView | null;
  readonly after: SideView | null;
  readonly gone: string;
  readonly causes: readonly string[];
}

/** A comparison as one page for auditors: no script, no network. Escaped twice over, like the report of a scan. */
export function renderCompareHtml(comparison: Comparison): string {
  const environment = Handlebars.create();
  const { compare, report: _report, ...partials } = templates;
  environment.registerPartial(
    Object.fromEntries(
      Object.entries(partials).map(([name, source]) => [name, environment.template(source)]),
    ),
  );
  return environment.template(compare)(visibleDeep(buildCompareView(comparison)));
}

function buildCompareView(comparison: Comparison): CompareView {
  const { results, warnings, summary } = comparison;
  const groups = comparedGroups(comparison);
  return {
    title: results.length > 2 ? `${results.length} results compared` : "Two results compared",
    outcome: compareOutcome(comparison),
    counts: countsText(comparison),
    results: results.map((result, index) => resultView(result, results.length - 1 - index)),
    warnings: warnings.map(({ text }) => text),
    sections: comparisonStates.flatMap((state) => {
      const rows = groups.filter(([first]) => first.state === state).map(rowView);
      if (rows.length === 0) return [];
      return [{ id: state, title: comparisonStateWords[state], count: summary.counts[state], rows }];
    }),
    trend: results.length > 2 ? trendView(results) : null,
  };
}

function resultView(result: ComparedResult, fromLast: number): ResultView {
  const { path, startTime, toolVersion, policies, assumptions, exitCode, sha256, whatIf } = result;
  const role = fromLast === 0 ? "Now" : fromLast === 1 ? "Before" : "Earlier";
  return {
    role: whatIf ? `${role}, with proposals` : role,
    label: startTime === null ? "time not recorded" : timeText(startTime),
    path,
    tool: `gpolint ${toolVersion}`,
    policies: policies.map(({ name, version }) => `${name} ${version}`).join(", "),
    assumptions: assumptions.join(", "),
    exitCode,
    sha256,
  };
}

function rowView(group: ComparedGroup): RowView {
  const [first] = group;
  return {
    title: first.title,
    rule: first.rule,
    severity: first.severity,
    targets: shortList(targetNames(group), 24),
    before: first.before === null ? null : sideView(first.before),
    after: first.after === null ? null : sideView(first.after),
    gone: first.after === null ? changeLine(first) : "",
    causes: first.causes,
  };
}

function sideView(side: Parameters<typeof valueOf>[0]): SideView {
  return { verdict: side.verdict, verdictText: verdictWords[side.verdict], value: valueOf(side) };
}
