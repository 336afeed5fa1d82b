import type { ScanResult, Verdict } from "../model/result.ts";
import type { Change, ResultProposal } from "../model/what-if.ts";
import type { ChangeGroup } from "./change-words.ts";
import {
  changeCounts,
  changeGroups,
  changeWords,
  placeText,
  sideText,
  whatIfTitle,
  withoutEffectRows,
} from "./change-words.ts";
import { TargetNames } from "./groups.ts";
import type { Breakable, GpoView } from "./html-parts.ts";
import { breakable, findingAnchor, gpoView } from "./html-parts.ts";
import { gpoSourceText } from "./source-words.ts";
import { sentenceList, verdictWords } from "./words.ts";

/** What proposals change: each proposal, each change with both sides, and each edit that comes to nothing. */
export interface WhatIfView {
  readonly title: string;
  readonly counts: string;
  readonly proposals: readonly ProposalView[];
  readonly changes: readonly ChangeView[];
  readonly withoutEffect: readonly WithoutEffectView[];
}

interface ProposalView {
  readonly gpo: GpoView;
  readonly path: Breakable;
  readonly source: string;
  readonly unplaced: boolean;
  readonly place: Breakable;
  readonly notes: readonly string[];
}

interface ChangeView {
  readonly change: Change;
  readonly changeText: string;
  readonly anchor: string;
  readonly title: string;
  readonly severity: string;
  readonly targets: string;
  readonly before: SideView;
  readonly after: SideView;
}

/** One side of a change, and how a finding stood before. */
export interface SideView {
  readonly verdict: Verdict;
  readonly verdictText: string;
  readonly value: string;
}

interface WithoutEffectView {
  readonly gpo: GpoView;
  readonly setting: string;
  readonly value: string;
  readonly targets: string;
  readonly why: Breakable;
}

export function whatIfView(result: ScanResult): WhatIfView | null {
  const { whatIf } = result;
  if (whatIf === null) return null;
  const names = new TargetNames(result);
  return {
    title: whatIfTitle(result),
    counts: changeCounts(result),
    proposals: whatIf.proposals.map(proposalView),
    changes: changeGroups(result).map((group) => changeView(group, names)),
    withoutEffect: whatIf.proposals.flatMap((proposal) => withoutEffectViews(proposal, result, names)),
  };
}

function proposalView(proposal: ResultProposal): ProposalView {
  return {
    gpo: gpoView(proposal),
    path: breakable(proposal.path),
    source: gpoSourceText(proposal.source, null),
    unplaced: proposal.state === "unplaced",
    place: breakable(placeText(proposal)),
    notes: proposal.notes,
  };
}

function changeView({ rule, before, findings }: ChangeGroup, names: TargetNames): ChangeView {
  const [first] = findings;
  return {
    change: before.change,
    changeText: changeWords[before.change],
    anchor: findingAnchor(first.fingerprint),
    title: rule.title,
    severity: rule.severity,
    targets: sentenceList(names.list(findings)),
    before: sideView(before),
    after: sideView(first),
  };
}

export function sideView(side: Parameters<typeof sideText>[0]): SideView {
  const { verdict } = side;
  return { verdict, verdictText: verdictWords[verdict], value: sideText(side) };
}

function withoutEffectViews(
  proposal: ResultProposal,
  { rules }: ScanResult,
  names: TargetNames,
): WithoutEffectView[] {
  return withoutEffectRows(proposal, rules, names).map(({ settings, value, text, targets }) => ({
    gpo: gpoView(proposal),
    setting: settings.join(", "),
    value,
    targets: targets.length === 0 ? "none" : sentenceList(targets),
    why: breakable(text),
  }));
}
