import { listConflicts } from "../checks/packs/conflicts.ts";
import { measuredRule } from "../checks/measured.ts";
import { Engine } from "../engine/engine.ts";
import type { ResolvedTarget } from "../engine/engine.ts";
import { isReadiness, isSetting } from "../model/requirement.ts";
import type { PolicyPack, Requirement } from "../model/requirement.ts";
import type { Finding, ResultRule, ResultTarget, ScanResult } from "../model/result.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { applyProposals } from "./apply-proposals.ts";
import { blockingGaps, buildCoverage } from "./coverage.ts";
import { holdAgainst } from "./compare/baseline.ts";
import { describeRun } from "./describe-run.ts";
import { exitCodeOf } from "./exit-code.ts";
import { listGpoContents } from "./gpo-contents.ts";
import { judgeSettings } from "./judge-settings.ts";
import { unaskedComputers, unaskedPacks } from "./unasked-packs.ts";
import { judgeReadiness } from "./readiness.ts";
import { coverReadiness } from "./readiness-coverage.ts";
import type { ScanRequest } from "./scan-request.ts";
import { countFailures, countVerdicts } from "./tally.ts";
import { waive } from "./waivers.ts";
import { describeWhatIf } from "./what-if.ts";

export type { ScanRequest };

/** The main use case: what was read goes through the engine and the packs, and comes out as one result document. */
export function scan(inputs: Inputs, request: ScanRequest): ScanResult {
  const { inventory, before, placements } = applyProposals(inputs, request.proposals);
  const { directory } = inventory;
  const proposed = placements.filter(({ proposal }) => inputs.overlay.includes(proposal));
  const all = request.packs.flatMap((pack) => pack.requirements);
  const requirements = all.filter(isSetting);
  const settings = judgeSettings(inputs, { inventory, before, requirements, request });
  const policies = settings.targets.map(({ policy }) => policy);
  const asked = all.filter(isReadiness);
  const readiness = judgeReadiness(inputs, {
    requirements: asked,
    targets: policies,
    engine:
      directory === null || asked.length === 0 ? null : new Engine(inventory, directory, request.engine),
    now: request.now === undefined ? request.startTime : request.now,
  });
  const judged = [...settings.findings, ...readiness];
  const rules = listRules(request.packs, judged);
  const { findings, register } = waive({ findings: judged, rules, targets: policies }, request.waivers);
  const byTarget = groupByTarget(findings);
  const lostSources = [...inputs.lostSources, ...settings.lost];
  const base = buildCoverage(
    { ...inputs, lostSources },
    {
      targets: policies,
      selectedAll: request.selectedAll,
      placements,
      unmatched: settings.unmatched,
      conflicts: listConflicts(request.packs),
    },
  );
  const unasked = unaskedPacks(request.packs, findings);
  const isNoneAsked = unasked.length > 0 && unasked.length === request.packs.length;
  const others = isNoneAsked ? [] : unaskedComputers(policies, settings.findings);
  const examined = { ...base, gaps: [...base.gaps, ...unasked, ...others] };
  const coverage = asked.length === 0 ? examined : coverReadiness(examined, inputs, readiness);
  // Where nothing is asked of settings, no GPO can change a verdict.
  const blocks = (code: string): boolean =>
    blockingGaps.has(code) && (code !== "no-gpos" || requirements.length > 0);
  const incomplete =
    coverage.gaps.some(({ code }) => blocks(code)) ||
    findings.some(({ verdict }) => verdict === "unknown") ||
    isNoneAsked;
  const result: ScanResult = {
    schemaVersion: "1.0",
    run: describeRun(inputs, request, settings),
    coverage,
    targets: policies.map((policy) => toResultTarget(policy, byTarget.get(policy.dn) ?? [])),
    summary: {
      counts: countVerdicts(findings),
      failures: countFailures(findings),
      exitCode: exitCodeOf(findings, incomplete, request.gate),
    },
    rules,
    findings,
    gpos: listGpoContents([...inputs.given, ...inputs.overlay], directory, requirements),
    diagnostics: inputs.diagnostics,
    whatIf: inputs.overlay.length === 0 ? null : describeWhatIf(proposed, requirements, findings),
    waivers: register,
  };
  if (request.baseline === undefined) return result;
  return holdAgainst(result, request.baseline, (own) => exitCodeOf(own, incomplete, request.gate));
}

function groupByTarget(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.target === null) continue;
    const group = groups.get(finding.target);
    if (group === undefined) groups.set(finding.target, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** Every requirement, and the questions about what was measured that came up. */
function listRules(packs: readonly PolicyPack[], findings: readonly Finding[]): ResultRule[] {
  const used = new Set(findings.map(({ rule }) => rule));
  return packs
    .flatMap((pack) => pack.requirements.map((requirement) => toRule(pack, requirement)))
    .flatMap((rule) => {
      const own = measuredRule(rule);
      return used.has(own.id) ? [rule, own] : [rule];
    });
}

function toResultTarget(policy: ResolvedTarget["policy"], findings: readonly Finding[]): ResultTarget {
  const { candidates, hostless, gaps, ...rest } = policy;
  return {
    ...rest,
    gaps: gaps.map(({ text }) => text),
    notApplicable: hostless,
    gpos: candidates,
    counts: countVerdicts(findings),
  };
}

function toRule(pack: PolicyPack, requirement: Requirement): ResultRule {
  const { id, title, severity, settingName, expectText, events, rationale, remediation, source, notes } =
    requirement;
  const { nonWaivable } = requirement;
  const setting = isSetting(requirement) ? requirement.setting : null;
  const what = { id, policy: pack.name, title, severity, setting, settingName, expected: expectText };
  return {
    ...what,
    events,
    rationale,
    remediation,
    source,
    notes,
    ...(nonWaivable === undefined ? {} : { nonWaivable }),
  };
}
