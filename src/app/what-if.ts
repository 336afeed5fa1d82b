import type { Placement } from "../model/proposal.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { ChainStep, Finding } from "../model/result.ts";
import type { Change, ResultProposal, WhatIf, WithoutEffect } from "../model/what-if.ts";
import { gpoText } from "../model/words.ts";
import { listSettings } from "./gpo-contents.ts";

/** What proposals change, from the findings with them. */
export function describeWhatIf(
  placements: readonly Placement[],
  requirements: readonly SettingRequirement[],
  findings: readonly Finding[],
): WhatIf {
  const changes: Record<Change, number> = { worse: 0, better: 0, other: 0, same: 0 };
  for (const { before } of findings) if (before !== null) changes[before.change]++;
  const proposals = placements.map((placement) => describeProposal(placement, requirements, findings));
  return { proposals, changes };
}

function describeProposal(
  placement: Placement,
  requirements: readonly SettingRequirement[],
  findings: readonly Finding[],
): ResultProposal {
  const { proposal, state, gpc, link, notes } = placement;
  return {
    guid: proposal.gpt.guid,
    domain: gpc?.domain ?? null,
    displayName: gpc?.displayName ?? proposal.displayName,
    path: proposal.gpt.path,
    source: proposal.source,
    state,
    link,
    notes,
    withoutEffect: gpc === null ? [] : listWithoutEffect(placement, requirements, findings),
  };
}

/** What a proposal writes and does not get through with: the edit that looks right and changes nothing. */
function listWithoutEffect(
  { proposal, gpc }: Placement,
  requirements: readonly SettingRequirement[],
  findings: readonly Finding[],
): WithoutEffect[] {
  const rows: WithoutEffect[] = [];
  const byRule = new Map(requirements.map((requirement) => [requirement.id, requirement.setting]));
  const written = new Map(listSettings(proposal.gpt, requirements).map(({ rule, value }) => [rule, value]));
  for (const [rule, value] of written) {
    const setting = byRule.get(rule);
    if (setting === undefined) continue;
    const judged = findings.filter((finding) => finding.rule === rule && finding.chain.length > 0);
    const reached = judged.flatMap((finding) => {
      const own = finding.chain.filter(({ guid, domain }) => guid === gpc?.guid && domain === gpc.domain);
      return own.length === 0 ? [] : [{ finding, own }];
    });
    if (reached.length === 0) {
      const text = "it reaches none of the examined computers";
      rows.push({ rule, setting, value, text, targets: targetsOf(judged) });
      continue;
    }
    for (const [text, group] of groupByReason(reached))
      rows.push({ rule, setting, value, text, targets: targetsOf(group) });
  }
  return rows;
}

function groupByReason(
  reached: readonly { readonly finding: Finding; readonly own: readonly ChainStep[] }[],
): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const { finding, own } of reached) {
    const reason = whyWithoutEffect(finding, own);
    if (reason === null) continue;
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** Null where it wins, or may. */
function whyWithoutEffect({ chain }: Finding, own: readonly ChainStep[]): string | null {
  if (own.some(({ role }) => role === "winner" || role === "may-win")) return null;
  const loser = own.find(({ role }) => role === "loser");
  const winner = chain.find(({ role }) => role === "winner");
  if (loser !== undefined && winner !== undefined) {
    return `GPO ${gpoText(winner)} beats it, linked at ${winner.som}${winner.enforced ? ", enforced" : ""}`;
  }
  // It has the row, and no listed extension that would read it.
  if (own.some(({ role, value }) => role === "silent" && value !== null))
    return "it is not delivered: the GPO does not list the extension that reads it";
  return (loser ?? own[0])?.text ?? null;
}

function targetsOf(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ target }) => target ?? []);
}
