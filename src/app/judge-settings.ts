import { compareFindings } from "../checks/compare.ts";
import { whyNotAsked } from "../checks/applies-to.ts";
import { evaluate, notApplicable, undirected } from "../checks/evaluate.ts";
import { measuredFinding, measureSetting } from "../checks/measured.ts";
import type { ResolvedTarget } from "../engine/engine.ts";
import { Engine } from "../engine/engine.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Inventory } from "../model/gpo.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { Finding } from "../model/result.ts";
import type { LostSource } from "../model/source.ts";
import { sha256 } from "../sources/file-reader.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { lostEvidence } from "./evidence-gaps.ts";
import { matchEvidence } from "./measured.ts";
import type { ScanRequest } from "./scan-request.ts";
import type { UnmatchedEvidence } from "./source-coverage.ts";

export interface SettingsToJudge {
  readonly inventory: Inventory;
  /** Without the proposals; null where there are none. */
  readonly before: Inventory | null;
  readonly requirements: readonly SettingRequirement[];
  readonly request: ScanRequest;
}

export interface JudgedSettings {
  readonly targets: readonly ResolvedTarget[];
  /** The targets as they stand without proposals. */
  readonly present: readonly ResolvedTarget[];
  readonly evidence: ReadonlyMap<string, readonly Evidence[]>;
  readonly unmatched: readonly UnmatchedEvidence[];
  /** Evidence of which a part is lost that may have mattered. */
  readonly lost: readonly LostSource[];
  readonly findings: readonly Finding[];
}

/** Judges what packs ask of settings: as things stand, with the proposals, and against what computers measured. */
export function judgeSettings(
  inputs: Inputs,
  { inventory, before, requirements, request }: SettingsToJudge,
): JudgedSettings {
  const targets = resolveAll(inventory, inputs, request);
  const present = before === null ? targets : resolveAll(before, inputs, request);
  const policies = present.map(({ policy }) => policy);
  // What a computer measured is held against what it gets today, not against a proposal.
  const { byTarget, unmatched } = matchEvidence(inputs.evidence, inventory.directory, policies);
  const { assumptions, selectedAll } = request;
  const judging = { requirements, assumptions, isNamed: !selectedAll };
  const standing = present.map((target) =>
    judgeTarget(target, { ...judging, evidence: byTarget.get(target.policy.dn) ?? [] }),
  );
  const findings = standing.flatMap((judged) => judged.findings);
  const settled =
    before === null
      ? findings
      : compareAll(
          targets.flatMap((target) => judgeTarget(target, { ...judging, evidence: [] }).findings),
          findings,
          requirements,
        );
  const undecided = inventory.directory === null ? requirements.map((item) => undirected(item, sha256)) : [];
  return {
    targets,
    present,
    evidence: byTarget,
    unmatched,
    lost: lostEvidence(byTarget.values(), requirements),
    findings: [...undecided, ...settled, ...standing.flatMap(({ measured }) => measured)],
  };
}

/** Resolves every computer; a directory file of which a part is lost leaves a gap on each of them. */
function resolveAll(inventory: Inventory, inputs: Inputs, request: ScanRequest): ResolvedTarget[] {
  const { directory } = inventory;
  if (directory === null) return [];
  const engine = new Engine(inventory, directory, request.engine);
  return request.computers.map((computer) => engine.resolve(computer, inputs.damagedDirectoryFiles));
}

interface Judging {
  readonly requirements: readonly SettingRequirement[];
  readonly assumptions: readonly string[];
  /** The targets are those that the user named. */
  readonly isNamed: boolean;
  /** What the target measured of itself. */
  readonly evidence: readonly Evidence[];
}

/** Every requirement on one target, and what there is to say of its evidence. */
function judgeTarget(
  target: ResolvedTarget,
  { requirements, assumptions, isNamed, evidence }: Judging,
): { readonly findings: readonly Finding[]; readonly measured: readonly Finding[] } {
  const { policy } = target;
  const findings: Finding[] = [];
  const measured: Finding[] = [];
  for (const requirement of requirements) {
    const reason = whyNotAsked(requirement.appliesTo, policy, isNamed);
    if (reason !== null) {
      findings.push(notApplicable(requirement, policy, policy.hostless ?? reason, sha256));
      continue;
    }
    const decision = target.decide(requirement.setting);
    const finding = evaluate(requirement, policy, decision, assumptions, sha256);
    if (evidence.length === 0) {
      findings.push(finding);
      continue;
    }
    const main = { ...finding, measured: measureSetting(requirement, decision, evidence) };
    findings.push(main);
    const own = measuredFinding(main, { requirement, policy, decision, evidence, hash: sha256 });
    if (own !== null) measured.push(own);
  }
  return { findings, measured };
}

/** The findings with the proposals, each beside how it stood: both lists hold the same targets and requirements in order. */
function compareAll(
  findings: readonly Finding[],
  standing: readonly Finding[],
  requirements: readonly SettingRequirement[],
): Finding[] {
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  return findings.map((finding, index) => {
    const [before, requirement] = [standing[index], byId.get(finding.rule)];
    if (before === undefined || requirement === undefined) return finding;
    return { ...finding, measured: before.measured, before: compareFindings(before, finding, requirement) };
  });
}
