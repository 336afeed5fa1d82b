import { formatLocation } from "../model/location.ts";
import type { Finding, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import { gpoText } from "../model/words.ts";
import { baselineCounts, baselineText } from "./baseline-words.ts";
import { beforeSentence, changeCounts } from "./change-words.ts";
import type { FlatFinding } from "./flat-findings.ts";
import { flatFindings, waiverText } from "./flat-findings.ts";
import type { NonEmpty } from "./groups.ts";
import { groupBy, severityRank, TargetNames } from "./groups.ts";
import type { MarkdownSection } from "./markdown-budget.ts";
import { fitSections } from "./markdown-budget.ts";
import { markdownCode, markdownProse, markdownRow } from "./markdown-text.ts";
import { isMeasuredPlace, measuredText, toldMeasured } from "./measured-words.ts";
import { runOutcome } from "./outcome.ts";
import type { Reporter } from "./reporter.ts";
import { remedyBlocks } from "./remedy.ts";
import { plural, verdictWords } from "./words.ts";

/**
 * A summary for a build step or a merge request: the outcome, what fails and what is open, and what was not examined. Cut at
 * a row before GitHub would drop it as a whole.
 */
export const markdownReporter: Reporter = {
  id: "markdown",
  mediaType: "text/markdown",
  fileExtension: "md",
  render(result) {
    const names = new TargetNames(result);
    const rows = flatFindings(result);
    const sections = [
      table("Failures", "rows of failures", failureColumns, groupsOf(result, rows, "fail"), names),
      table(
        "Not decided",
        "rows of what is not decided",
        unknownColumns,
        groupsOf(result, rows, "unknown"),
        names,
      ),
      table("Waived", "rows of what is waived", waivedColumns, groupsOf(result, rows, "waived"), names),
      list("Waivers to see to", "notices about waivers", noticeRows(result)),
      list("Not examined", "gaps", gapRows(result)),
    ];
    const shown = sections.filter(({ rows: own }) => own.length > 0);
    return fitSections(headLines(result), shown, madeFrom(result));
  },
};

function headLines(result: ScanResult): string[] {
  const { headline, standing, exit } = runOutcome(result);
  const { counts } = result.summary;
  const compared = changeCounts(result);
  const since = baselineCounts(result);
  const { assumptions } = result.run;
  return [
    `## gpolint: ${markdownProse(headline)}`,
    "",
    ...(standing === null ? [] : [`${markdownProse(standing)}.`, ""]),
    ...(compared === "" ? [] : [markdownProse(compared), ""]),
    ...(since === "" ? [] : [markdownProse(since), ""]),
    markdownProse(exit),
    "",
    ...(assumptions.length === 0 ? [] : [`Assumed by hand: ${assumptions.map(markdownCode).join(", ")}`, ""]),
    markdownRow(verdicts.map((verdict) => verdictWords[verdict])),
    markdownRow(verdicts.map(() => "---:")),
    markdownRow(verdicts.map((verdict) => String(counts[verdict]))),
  ];
}

type Group = NonEmpty<FlatFinding>;
type Column = readonly [string, (group: Group, names: TargetNames) => string];

/** Findings of a verdict that one row can stand for, the most severe requirement first. */
function groupsOf(result: ScanResult, all: readonly FlatFinding[], verdict: Verdict): Group[] {
  const names = new TargetNames(result);
  const order = new Map(result.rules.map(({ id }, index) => [id, index]));
  const rank = ([{ finding }]: Group): number => order.get(finding.rule) ?? order.size;
  return groupBy(
    all.filter(({ finding }) => finding.verdict === verdict),
    ({ finding }) => storyOf(finding, names),
  ).sort(
    ([a, ...restA], [b, ...restB]) =>
      severityRank(a.finding.severity) - severityRank(b.finding.severity) ||
      rank([a, ...restA]) - rank([b, ...restB]),
  );
}

/** What a row shows of a finding beside its target. */
function storyOf(finding: Finding, names: TargetNames): string {
  const { rule, severity, actualText, expected, gpo, gpoName, ways } = finding;
  const open = finding.verdict === "unknown" ? [names.anonymous(finding), ways] : [];
  const measured = toldMeasured(finding).map((row) => measuredText(row, finding));
  return JSON.stringify([
    rule,
    severity,
    actualText,
    expected,
    gpo,
    gpoName,
    placeOf(finding),
    measured,
    waiverText(finding),
    baselineText(finding),
    changeOf(finding),
    open,
  ]);
}

/** Where evidence decides, every computer has a row of its own: one place would be wrong for the others. */
function placeOf(finding: Finding): string | null {
  return finding.location === null || isMeasuredPlace(finding) ? null : formatLocation(finding.location);
}

/** What a proposal does to it; empty where that is nothing. */
function changeOf({ before }: Finding): string {
  return before === null || before.change === "same" ? "" : beforeSentence(before);
}

const requirement: Column = [
  "Requirement",
  ([{ finding, title }]) => `${markdownProse(title)}<br>${markdownCode(finding.rule)}`,
];
const severity: Column = ["Severity", ([{ finding }]) => finding.severity];
const actual: Column = [
  "Is",
  ([{ finding }]) =>
    [
      markdownCode(finding.actualText),
      ...toldMeasured(finding).map((row) => `measured: ${markdownProse(measuredText(row, finding))}`),
      ...[baselineText(finding), changeOf(finding)].filter((text) => text !== "").map(markdownProse),
    ].join("<br>"),
];
const expected: Column = ["Expected", ([{ finding }]) => markdownCode(finding.expected)];
const origin: Column = [
  "Set by",
  ([{ finding }]) => {
    const { gpo, gpoName } = finding;
    const place = placeOf(finding);
    const name = gpo === null ? "no GPO" : markdownCode(gpoText({ guid: gpo, displayName: gpoName }));
    return place === null ? name : `${name}<br>${markdownCode(place)}`;
  },
];
const maxNames = 30;
const targets: Column = [
  "Targets",
  (group, names) => {
    const all = names.list(group.map(({ finding }) => finding));
    const shown = all.slice(0, maxNames).map(markdownCode).join(", ");
    if (all.length === 0) return "none known";
    return all.length > maxNames ? `${shown} and ${all.length - maxNames} more` : shown;
  },
];
const reason: Column = [
  "Why",
  (group, names) => {
    const [{ finding }, ...others] = group;
    const message = names.message([finding, ...others.map((other) => other.finding)]);
    return [message, ...finding.ways].map(markdownProse).join("<br>");
  },
];
const waiver: Column = ["Waiver", ([{ finding }]) => markdownProse(waiverText(finding) ?? "")];

const failureColumns = [severity, requirement, actual, expected, origin, targets];
const unknownColumns = [severity, requirement, reason, targets];
const waivedColumns = [severity, requirement, actual, expected, targets, waiver];

function table(
  title: string,
  noun: string,
  columns: readonly Column[],
  groups: readonly Group[],
  names: TargetNames,
): MarkdownSection {
  const shown =
    groups.some(([{ finding }]) => finding.waiver !== null) && !columns.includes(waiver)
      ? [...columns, waiver]
      : columns;
  return {
    head: [
      "",
      `### ${title}`,
      "",
      markdownRow(shown.map(([name]) => name)),
      markdownRow(shown.map(() => "---")),
    ],
    rows: groups.map((group) => markdownRow(shown.map(([, cellOf]) => cellOf(group, names)))),
    noun,
  };
}

function list(title: string, noun: string, rows: readonly string[]): MarkdownSection {
  return { head: ["", `### ${title}`, ""], rows: rows.map((row) => `- ${row}`), noun };
}

function noticeRows({ waivers }: ScanResult): string[] {
  return (waivers?.notices ?? []).map(
    ({ level, text }) => `${level === "error" ? "**error** " : ""}${markdownProse(text)}`,
  );
}

function gapRows({ coverage }: ScanResult): string[] {
  return coverage.gaps.map(({ text, remedy }) => {
    const blocks = remedyBlocks(remedy).flatMap(({ advice, commands }) => [
      markdownProse(advice),
      ...commands.map(markdownCode),
    ]);
    return [markdownProse(text), ...blocks].join("<br>");
  });
}

/** What somebody needs who asks a month later what this was. */
function madeFrom({ run }: ScanResult): string[] {
  const packs = run.policies.map(
    ({ name, version, sha256 }) =>
      `policy ${markdownCode(name)} ${markdownProse(version)}, SHA-256 ${markdownCode(sha256)}`,
  );
  const time = run.startTime === null ? "" : `, ${markdownProse(run.startTime)}`;
  const facts = [
    `${run.tool.name} ${markdownProse(run.tool.version)}${time}`,
    ...packs,
    plural(run.inputs.length, "input file"),
  ];
  return ["", "### Basis", "", ...facts.map((fact) => `- ${fact}`)];
}
