import type {
  ComparedFinding,
  ComparedResult,
  ComparedSide,
  Comparison,
  ComparisonState,
} from "../model/comparison.ts";
import { comparisonStates } from "../model/comparison.ts";
import { severities } from "../model/requirement.ts";
import { gpoText } from "../model/words.ts";
import type { NonEmpty } from "./groups.ts";
import { compareText, groupBy, severityRank } from "./groups.ts";
import { plural, verdictWords } from "./words.ts";

export const comparisonStateWords: Readonly<Record<ComparisonState, string>> = {
  reopened: "Reopened",
  new: "New",
  lost: "Not decided any more",
  changed: "Changed",
  resolved: "Resolved",
  gone: "Not examined any more",
  added: "Examined for the first time, no problem",
  unchanged: "Unchanged",
};

/** One line to remember. */
export interface CompareOutcome {
  readonly headline: string;
  readonly exit: string;
  /** Colour of the headline; it is also said in words. */
  readonly mood: "fail" | "unknown" | "pass";
}

export function compareOutcome({ summary, findings }: Comparison): CompareOutcome {
  const { counts, exitCode, failOn, incomplete } = summary;
  const failed = findings.filter(({ state, after }) => isNew(state) && after?.verdict === "fail").length;
  const parts = [
    counts.reopened > 0 ? `${counts.reopened} reopened` : "",
    counts.new > 0 ? `${counts.new} new` : "",
    counts.lost > 0 ? `${counts.lost} not decided any more` : "",
    counts.gone > 0 ? `${counts.gone} not examined any more` : "",
    counts.changed > 0 ? `${counts.changed} changed` : "",
    counts.resolved > 0 ? `${counts.resolved} resolved` : "",
  ].filter((part) => part !== "");
  const calm =
    incomplete.length > 0 ? "Nothing new found, but not everything could be compared" : "Nothing new";
  const open = counts.reopened + counts.new + counts.lost + counts.gone;
  const gate = failOn === "none" ? "no severity fails the gate" : `the gate is ${failOn} and above`;
  return {
    headline: open === 0 ? [calm, ...parts].join(", ") : capital(parts.join(", ")),
    exit: exitText(exitCode, { gate, incomplete, failed }),
    mood: failed > 0 ? "fail" : incomplete.length > 0 ? "unknown" : "pass",
  };
}

function isNew(state: ComparisonState): boolean {
  return state === "new" || state === "reopened";
}

function exitText(
  exitCode: 0 | 1 | 3,
  { gate, incomplete, failed }: { gate: string; incomplete: readonly string[]; failed: number },
): string {
  if (exitCode === 3) return `Exit code 3: nobody can say that nothing is new: ${incomplete.join("; ")}.`;
  if (exitCode === 1) return `Exit code 1: new failures at or above the gate (${gate}).`;
  return failed > 0 || incomplete.length > 0
    ? `Exit code 0: what is new or open does not count in this run (${gate}).`
    : `Exit code 0: no new failure (${gate}).`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "3 new, 1 resolved, 12 unchanged": states that occur. */
export function countsText({ summary: { counts }, findings }: Comparison): string {
  const parts = comparisonStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${stateCountWords[state]}`);
  return `${plural(findings.length, "finding")}: ${parts.join(", ")}.`;
}

export const stateCountWords: Readonly<Record<ComparisonState, string>> = {
  reopened: "reopened",
  new: "new",
  lost: "not decided any more",
  changed: "changed",
  resolved: "resolved",
  gone: "not examined any more",
  added: "examined for the first time",
  unchanged: "unchanged",
};

/** Findings of one rule that changed in the same way for the same reasons. */
export type ComparedGroup = NonEmpty<ComparedFinding>;

/** What a report lists: everything but what is as it was, by state, severity and rule. */
export function comparedGroups({ findings }: Comparison): ComparedGroup[] {
  const listed = findings.filter(({ state }) => state !== "unchanged" && state !== "added");
  const groups = groupBy(listed, ({ state, rule, severity, before, after, causes, goneWith, targetName }) =>
    JSON.stringify([
      state,
      rule,
      severity,
      before,
      after,
      goneWith,
      causes.map((text) => anonymous(text, targetName)),
    ]),
  );
  return groups.sort(
    ([a], [b]) =>
      comparisonStates.indexOf(a.state) - comparisonStates.indexOf(b.state) ||
      severityRank(a.severity) - severityRank(b.severity) ||
      compareText(a.rule, b.rule) ||
      compareText(a.fingerprint, b.fingerprint),
  );
}

/** Causes that differ in nothing but the name of the computer are the same. */
function anonymous(text: string, name: string | null): string {
  return name === null ? text : text.replace(`'${name}'`, () => "'*'");
}

export function targetNames(group: ComparedGroup): string[] {
  return group.map(({ targetName }) => targetName ?? "no computer");
}

/** "pass -> fail: No Auditing by GPO 'Y', was Success by GPO 'X'". */
export function changeLine({ before, after, goneWith }: ComparedFinding): string {
  if (after === null) {
    const was = before === null ? "" : `was ${wordOf(before)} (${valueOf(before)})`;
    return `${was}; ${goneWords[goneWith ?? "other"]}`;
  }
  if (before === null) return `${wordOf(after)}: ${valueOf(after)}`;
  const step =
    before.verdict === after.verdict ? `still ${wordOf(after)}` : `${wordOf(before)} -> ${wordOf(after)}`;
  const [had, has] = [valueOf(before), valueOf(after)];
  return had === has ? `${step}: ${has}` : `${step}: ${has}, was ${had}`;
}

const goneWords: Readonly<Record<NonNullable<ComparedFinding["goneWith"]>, string>> = {
  target: "this computer or object is not in the newer result",
  rule: "the newer result does not ask this",
  evidence: "the newer result has no measurement of it",
  other: "the newer result has no verdict on it",
};

function wordOf({ verdict }: ComparedSide): string {
  return verdictWords[verdict].toLowerCase();
}

/** A value and who sets it. */
export function valueOf({ verdict, actualText, gpo, gpoName }: ComparedSide): string {
  const winner = gpo === null ? null : gpoText({ guid: gpo, displayName: gpoName });
  if (verdict === "unknown") return `not certain${winner === null ? "" : `, GPO ${winner} ahead so far`}`;
  return winner === null ? actualText : `${actualText} by GPO ${winner}`;
}

/** When each result was made; the names of their files where a time is missing or stands for two. */
export function runLabels(results: readonly ComparedResult[]): string[] {
  const times = results.map(({ startTime }) => startTime);
  const isClear = new Set(times).size === times.length && !times.includes(null);
  return results.map(({ path, startTime }) =>
    isClear && startTime !== null ? timeText(startTime) : fileName(path),
  );
}

export function timeText(iso: string): string {
  return iso.replace("T", " ").replace(/(:\d\d(\.\d+)?)?Z$/, " UTC");
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** Columns of the trend: counts of the full scan, failures by severity too. */
export const trendColumns = [
  "Findings",
  "Fail",
  ...severities,
  "Unknown",
  "Waived",
  "Pass",
  "Not applicable",
] as const;

export function trendCells({ findings, counts, failures }: ComparedResult): number[] {
  return [
    findings,
    counts.fail,
    ...severities.map((severity) => failures[severity]),
    counts.unknown,
    counts.waived,
    counts.pass,
    counts["not-applicable"],
  ];
}

/** "old.json (2026-07-01 06:00 UTC, gpolint 0.1.0, mdi 1.0.0)". */
export function describeResult({ path, startTime, toolVersion, policies }: ComparedResult): string {
  const time = startTime === null ? [] : [timeText(startTime)];
  const packs = policies.map(({ name, version }) => `${name} ${version}`).join(", ");
  return `${path} (${[...time, `gpolint ${toolVersion}`, packs].join(", ")})`;
}
