import type { ChainStep, Finding, ResultRule, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import type { Change } from "../model/what-if.ts";
import { changeWords } from "./change-words.ts";
import type { NonEmpty } from "./groups.ts";
import {
  compareText,
  groupBy,
  sameStory,
  severityRank,
  TargetNames,
  verdictRank,
  winnerDomain,
} from "./groups.ts";
import { baselineText, toldBaseline } from "./baseline-words.ts";
import { waiverText } from "./flat-findings.ts";
import type { Breakable, GpoView } from "./html-parts.ts";
import { breakable, findingAnchor, gpoView, placeOf, ruleAnchor } from "./html-parts.ts";
import type { MeasuredView } from "./html-measured.ts";
import { measuredViews } from "./html-measured.ts";
import type { SideView } from "./html-what-if.ts";
import { sideView } from "./html-what-if.ts";
import { lossText } from "./loss-words.ts";
import { isMeasuredPlace, isMeasuredRule } from "./measured-words.ts";
import { chainWords, isWebAddress, plural, sentenceList, verdictWords } from "./words.ts";

/** One requirement with every way in which targets end up with it. */
export interface RequirementView {
  readonly anchor: string;
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly worst: Verdict;
  readonly tally: readonly { readonly verdict: Verdict; readonly text: string }[];
  readonly setting: string;
  readonly key: string;
  readonly expected: string;
  readonly events: string;
  readonly rationale: string;
  readonly notes: string;
  readonly source: string;
  readonly sourceIsLink: boolean;
  readonly outcomes: readonly OutcomeView[];
}

/** Targets that end the same way, said once. */
export interface OutcomeView {
  readonly anchors: readonly string[];
  readonly verdict: Verdict;
  readonly verdictText: string;
  readonly targets: string;
  readonly expected: string;
  readonly actual: string;
  /** False where there is no target that could have a value. */
  readonly judged: boolean;
  readonly actualLabel: string;
  readonly gpoLabel: string;
  readonly gpo: GpoView | null;
  /** How it stood before the proposals; null where nothing can be compared. */
  readonly before: BeforeView | null;
  readonly measured: readonly MeasuredView[];
  /** What a failure costs; empty where nothing, or nothing for sure. */
  readonly lossLabel: string;
  readonly loss: string;
  readonly message: string;
  readonly place: Breakable;
  readonly quote: string;
  readonly ways: readonly string[];
  readonly fix: string;
  /** Who accepted the failure until when, or why the waiver does not hold; empty where none fits. */
  readonly waiver: string;
  /** What became of it since the baseline; empty where there is nothing to tell. */
  readonly baseline: string;
  readonly assumptions: string;
  readonly chains: readonly ChainView[];
  /** Passes are folded on screen; paper shows everything. */
  readonly open: boolean;
}

export interface BeforeView extends SideView {
  readonly change: Change;
  readonly changeText: string;
}

/** The links in scope of targets that end the same way, once for each different scope. */
export interface ChainView {
  readonly title: string;
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly position: number;
  readonly gpo: GpoView;
  readonly som: Breakable;
  readonly enforced: boolean;
  readonly value: string;
  readonly role: ChainStep["role"];
  readonly roleText: string;
  readonly why: string;
  readonly place: Breakable;
  readonly quote: string;
}

/** Every requirement that was evaluated: what fails first, then by severity. */
export function requirementViews(result: ScanResult): RequirementView[] {
  const names = new TargetNames(result);
  const views = result.rules.map((rule) => {
    const findings = result.findings.filter((finding) => finding.rule === rule.id);
    return { rule, view: requirementView(rule, findings, names) };
  });
  views.sort(
    (a, b) =>
      verdictRank(a.view.worst) - verdictRank(b.view.worst) ||
      severityRank(a.rule.severity) - severityRank(b.rule.severity) ||
      compareText(a.rule.id, b.rule.id),
  );
  return views.map(({ view }) => view);
}

function requirementView(
  rule: ResultRule,
  findings: readonly Finding[],
  names: TargetNames,
): RequirementView {
  const groups = groupBy(findings, (finding) =>
    sameStory({ ...finding, baseline: toldBaseline(finding) }, names),
  );
  const outcomes = groups
    .map((group) => outcomeView(group, names))
    .sort((a, b) => verdictRank(a.verdict) - verdictRank(b.verdict));
  return {
    anchor: ruleAnchor(rule.id),
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    // A rule that nothing was judged by has not been met.
    worst: outcomes[0]?.verdict ?? "unknown",
    tally: tallyOf(findings),
    setting: rule.settingName,
    key: rule.setting ?? "directory",
    expected: rule.expected,
    events: rule.events
      .map(({ id, log, gated }) => `${id} in ${log}${gated ? "" : " (comes whatever the setting says)"}`)
      .join(", "),
    rationale: rule.rationale,
    notes: rule.notes ?? "",
    source: rule.source,
    sourceIsLink: isWebAddress(rule.source),
    outcomes,
  };
}

function tallyOf(findings: readonly Finding[]): RequirementView["tally"] {
  return verdicts.flatMap((verdict) => {
    const count = findings.filter((finding) => finding.verdict === verdict).length;
    return count === 0 ? [] : [{ verdict, text: `${count} ${verdictWords[verdict].toLowerCase()}` }];
  });
}

function outcomeView(group: NonEmpty<Finding>, names: TargetNames): OutcomeView {
  const [first] = group;
  const targets = names.list(group);
  // Each computer has its own row of evidence, and the table of what was measured shows them all.
  const inRows = isMeasuredPlace(first);
  return {
    anchors: group.map(({ fingerprint }) => findingAnchor(fingerprint)),
    verdict: first.verdict,
    verdictText: verdictWords[first.verdict],
    targets: targets.length === 0 ? nobodyText(first) : sentenceList(targets),
    expected: first.expected,
    actual: first.actualText,
    gpo:
      first.gpo === null
        ? null
        : gpoView({ guid: first.gpo, domain: winnerDomain(first), displayName: first.gpoName }),
    judged: first.verdict !== "not-applicable" && first.target !== null,
    ...labels(first),
    before: beforeView(first),
    measured: measuredViews(group, names),
    lossLabel: first.loss?.certain === false ? "What is lost, unless local policy has it" : "What is lost",
    loss: first.loss === null ? "" : lossText(first.loss),
    message: names.message(group),
    place: inRows ? [] : placeOf(first.location),
    quote: inRows ? "" : (first.quote ?? ""),
    ways: first.ways,
    fix: names.fix(group) ?? "",
    waiver: waiverText(first) ?? "",
    baseline: baselineText(first),
    assumptions: first.assumptions.join(", "),
    // The precedence of what is configured stands with the requirement itself.
    chains: isMeasuredRule(first.rule) ? [] : chainViews(group, names),
    open: first.verdict !== "pass",
  };
}

function labels({ rule, verdict }: Finding): Pick<OutcomeView, "actualLabel" | "gpoLabel"> {
  const isMeasured = isMeasuredRule(rule);
  const winner = isMeasured ? "Configured by" : "Winning GPO";
  return {
    actualLabel: isMeasured ? "Measured value" : "Effective value",
    // Nobody has won yet while something undecided may still win.
    gpoLabel: verdict === "unknown" ? "Ahead so far" : winner,
  };
}

function beforeView({ before }: Finding): BeforeView | null {
  if (before === null) return null;
  return { ...sideView(before), change: before.change, changeText: changeWords[before.change] };
}

/** A rule about the directory may be about an object that is not in the data. */
function nobodyText(finding: Finding): string {
  return finding.setting === null ? "no object in the directory data" : "no domain controller is known";
}

function chainViews(group: NonEmpty<Finding>, names: TargetNames): ChainView[] {
  const withChain = group.filter(({ chain }) => chain.length > 0);
  const scopes = groupBy(withChain, ({ chain }) => JSON.stringify(chain));
  return scopes.map((scope) => {
    const [{ chain, verdict }] = scope;
    const where = scopes.length === 1 ? "" : ` on ${sentenceList(names.list(scope))}`;
    return {
      title: `Precedence${where}: ${plural(chain.length, "link")} in scope, strongest first`,
      steps: chain.map((step, index) => stepView(step, index, verdict)),
    };
  });
}

function stepView(step: ChainStep, index: number, verdict: Verdict): StepView {
  return {
    position: index + 1,
    gpo: gpoView(step),
    som: breakable(step.som),
    enforced: step.enforced,
    value: step.value ?? "",
    role: step.role,
    roleText: step.role === "winner" && verdict === "unknown" ? "Ahead so far" : chainWords[step.role],
    why: step.text,
    place: placeOf(step.location),
    quote: step.quote ?? "",
  };
}
