import { evaluate, undirected } from "../checks/evaluate.ts";
import { blockingGaps, buildCoverage } from "./coverage.ts";
import type { EngineOptions, ResolvedTarget } from "../engine/engine.ts";
import { Engine } from "../engine/engine.ts";
import type { GateOptions } from "./exit-code.ts";
import { exitCodeOf } from "./exit-code.ts";
import { listGpoContents } from "./gpo-contents.ts";
import type { Computer } from "../model/gpo.ts";
import type { FileKind } from "../model/location.ts";
import { isReadiness, isSetting } from "../model/requirement.ts";
import type { PolicyPack, Requirement, SettingRequirement, Severity } from "../model/requirement.ts";
import { judgeReadiness } from "./readiness.ts";
import { coverReadiness } from "./readiness-coverage.ts";
import type {
  Finding,
  ResultRule,
  ResultTarget,
  Run,
  RunInput,
  ScanResult,
  Verdict,
} from "../model/result.ts";
import { sha256 } from "../sources/file-reader.ts";
import type { Inputs } from "../sources/read-inputs.ts";

export interface ScanRequest {
  readonly packs: readonly PolicyPack[];
  /** Computers to judge, in the order of the report. */
  readonly computers: readonly Computer[];
  /** True where no computer was named: then every domain controller must be there. */
  readonly selectedAll: boolean;
  readonly engine: EngineOptions;
  /** As typed, to stand in every report. */
  readonly assumptions: readonly string[];
  readonly gate: GateOptions;
  readonly version: string;
  readonly startTime: string | null;
  /** ISO 8601: the moment that what depends on time is judged by; left out: `startTime`. */
  readonly now?: string | null;
  readonly command: string | null;
}

/** The main use case: what was read goes through the engine and the packs, and comes out as one result document. */
export function scan(inputs: Inputs, request: ScanRequest): ScanResult {
  const { directory } = inputs.inventory;
  const engine = directory === null ? null : new Engine(inputs.inventory, directory, request.engine);
  const targets = engine === null ? [] : resolveAll(inputs, request, engine);
  const all = request.packs.flatMap((pack) => pack.requirements);
  const requirements = all.filter(isSetting);
  const judged = targets.map((target) => judgeAll(target, requirements, request.assumptions));
  const settled =
    directory === null ? requirements.map((requirement) => undirected(requirement, sha256)) : judged.flat();
  const policies = targets.map(({ policy }) => policy);
  const now = request.now === undefined ? request.startTime : request.now;
  const asked = all.filter(isReadiness);
  const readiness = judgeReadiness(inputs, { requirements: asked, targets: policies, engine, now });
  const findings = [...settled, ...readiness];
  const byTarget = groupByTarget(findings);
  const base = buildCoverage(inputs, policies, request.selectedAll);
  const coverage = asked.length === 0 ? base : coverReadiness(base, inputs, readiness);
  // Where nothing is asked of settings, no GPO can change a verdict.
  const blocks = (code: string): boolean =>
    blockingGaps.has(code) && (code !== "no-gpos" || requirements.length > 0);
  const incomplete =
    coverage.gaps.some(({ code }) => blocks(code)) || findings.some(({ verdict }) => verdict === "unknown");
  return {
    schemaVersion: "1.0",
    run: describeRun(inputs, request, targets),
    coverage,
    targets: policies.map((policy) => toResultTarget(policy, byTarget.get(policy.dn) ?? [])),
    summary: {
      counts: countVerdicts(findings),
      failures: countFailures(findings),
      exitCode: exitCodeOf(findings, incomplete, request.gate),
    },
    rules: request.packs.flatMap((pack) => pack.requirements.map((requirement) => toRule(pack, requirement))),
    findings,
    gpos: listGpoContents(inputs.inventory, requirements),
    diagnostics: inputs.diagnostics,
  };
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

/** Resolves every computer; a directory file of which a part is lost leaves a gap on each of them. */
function resolveAll(inputs: Inputs, request: ScanRequest, engine: Engine): ResolvedTarget[] {
  return request.computers.map((computer) => engine.resolve(computer, inputs.damagedDirectoryFiles));
}

function judgeAll(
  target: ResolvedTarget,
  requirements: readonly SettingRequirement[],
  assumptions: readonly string[],
): Finding[] {
  return requirements.map((requirement) =>
    evaluate(requirement, target.policy, target.decide(requirement.setting), assumptions, sha256),
  );
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
  const setting = isSetting(requirement) ? requirement.setting : null;
  const what = { id, policy: pack.name, title, severity, setting, settingName, expected: expectText };
  return { ...what, events, rationale, remediation, source, notes };
}

function countVerdicts(findings: readonly Finding[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { fail: 0, unknown: 0, waived: 0, pass: 0, "not-applicable": 0 };
  for (const { verdict } of findings) counts[verdict]++;
  return counts;
}

function countFailures(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { verdict, severity } of findings) if (verdict === "fail") counts[severity]++;
  return counts;
}

function describeRun(inputs: Inputs, request: ScanRequest, targets: readonly ResolvedTarget[]): Run {
  const folders = new Set<string>();
  for (const { policy } of targets) {
    for (const { gptPath } of policy.candidates) if (gptPath !== null) folders.add(gptPath);
  }
  return {
    tool: { name: "gpolint", version: request.version },
    startTime: request.startTime,
    command: request.command,
    inputs: inputs.files.map((file): RunInput => ({
      ...file,
      mattered: isDirectoryFile(file) || isBelow(file.path, folders),
    })),
    policies: request.packs.map(({ requirements: _requirements, ...pack }) => pack),
    assumptions: request.assumptions,
    failOn: request.gate.failOn,
  };
}

function isDirectoryFile({ kind }: { readonly kind: FileKind }): boolean {
  return kind === "list of accounts" || kind === "LDIF" || kind === "gpolint snapshot";
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (folders.has(path.slice(0, end))) return true;
  }
  return false;
}
