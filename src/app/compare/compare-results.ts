import type {
  ComparedFinding,
  ComparedResult,
  ComparedSide,
  Comparison,
  ComparisonState,
  ComparisonWarning,
} from "../../model/comparison.ts";
import { rdnValue } from "../../model/dn.ts";
import type { Finding, ScanResult } from "../../model/result.ts";
import type { SavedResult } from "../saved-result.ts";
import { CauseFinder } from "./causes.ts";
import type { CompareGate } from "./gate.ts";
import { compareExitCode, incompleteReasons } from "./gate.ts";
import type { Pair } from "./pairs.ts";
import { byKey, pairFindings, resolvedKeys, sharedFingerprints } from "./pairs.ts";
import { stateOf } from "./states.ts";
import { warningsOf } from "./warnings.ts";

/** Results in order of time. */
export interface ResultSeries {
  /** Before the two that are compared. */
  readonly earlier: readonly SavedResult[];
  readonly before: SavedResult;
  readonly after: SavedResult;
}

/** Holds a result against the one before; earlier ones say what was resolved in between, and are the trend. */
export function compareResults(series: ResultSeries, gate: CompareGate, version: string): Comparison {
  const { earlier, before, after } = series;
  const findings = compareTwo([...earlier, before], before.result, after.result);
  const incomplete = incompleteReasons(after.result, findings);
  return {
    schemaVersion: "1.0",
    tool: { name: "gpolint", version },
    results: [...earlier, before, after].map(describe),
    warnings: seriesWarnings([...earlier, before, after]),
    summary: {
      counts: countStates(findings.map(({ state }) => state)),
      failOn: gate.failOn,
      incomplete,
      exitCode: compareExitCode(findings, incomplete, gate),
    },
    findings,
  };
}

/** Those of the results that are compared go first, then the trend back into the past; each once. */
function seriesWarnings(series: readonly SavedResult[]): ComparisonWarning[] {
  const named = series.map(({ path, sha256, result }) => ({ name: `'${path}'`, sha256, result }));
  const steps = named.slice(1).map((next, index) => warningsOf(named[index] ?? next, next));
  const warnings = new Map(
    steps
      .reverse()
      .flat()
      .map((warning) => [warning.text, warning]),
  );
  return [...warnings.values()];
}

function compareTwo(
  earlier: readonly SavedResult[],
  before: ScanResult,
  after: ScanResult,
): readonly ComparedFinding[] {
  const results = [...earlier.map(({ result }) => result), before, after];
  const shared = sharedFingerprints(...results.map(({ findings }) => findings));
  const history = earlier.map(({ result }) => byKey(result.findings, shared));
  const resolved = resolvedKeys(history);
  const pairs = pairFindings(byKey(before.findings, shared), byKey(after.findings, shared));
  const words = { before: new Words(before), after: new Words(after) };
  const causes = new CauseFinder(before, after);
  return pairs.map((pair): ComparedFinding => {
    if (pair.after === null) {
      const goneWith = whyGone(pair.before, words.after);
      return { ...common(pair.before, words.before), ...sides(pair), state: "gone", causes: [], goneWith };
    }
    const state = stateOf(pair.before, pair.after, resolved.has(pair.key));
    const isQuiet = state === "unchanged" || state === "added";
    return {
      ...common(pair.after, words.after),
      ...sides(pair),
      state,
      causes: isQuiet ? [] : causes.find(pair.before, pair.after),
      goneWith: null,
    };
  });
}

export function countStates(states: readonly ComparisonState[]): Record<ComparisonState, number> {
  const counts = { reopened: 0, new: 0, lost: 0, changed: 0, resolved: 0, gone: 0, added: 0, unchanged: 0 };
  for (const state of states) counts[state]++;
  return counts;
}

/** Titles of rules and names of computers in one result, and what it examined at all. */
class Words {
  readonly #titles: ReadonlyMap<string, string>;
  readonly #names: ReadonlyMap<string, string>;
  readonly #targets: ReadonlySet<string | null>;

  constructor({ rules, targets, findings }: ScanResult) {
    this.#titles = new Map(rules.map(({ id, title }) => [id, title]));
    this.#names = new Map(targets.map(({ dn, name }) => [dn, name]));
    this.#targets = new Set([...targets.map(({ dn }) => dn), ...findings.map(({ target }) => target)]);
  }

  title(rule: string): string {
    return this.#titles.get(rule) ?? rule;
  }

  name(dn: string | null): string | null {
    return dn === null ? null : (this.#names.get(dn) ?? rdnValue(dn));
  }

  asks(rule: string): boolean {
    return this.#titles.has(rule);
  }

  examined(target: string | null): boolean {
    return this.#targets.has(target);
  }
}

function whyGone({ rule, target }: Finding, after: Words): ComparedFinding["goneWith"] {
  if (!after.examined(target)) return "target";
  if (rule.endsWith("/measured")) return "evidence";
  return after.asks(rule) ? "other" : "rule";
}

function common(finding: Finding, words: Words) {
  const { fingerprint, rule, severity, target, setting } = finding;
  const names = { title: words.title(rule), targetName: words.name(target) };
  return { fingerprint, rule, severity, target, setting, ...names };
}

function sides({ before, after }: Pair): Pick<ComparedFinding, "before" | "after"> {
  return { before: before === null ? null : sideOf(before), after: after === null ? null : sideOf(after) };
}

function sideOf({ verdict, severity, expected, actual, actualText, gpo, gpoName }: Finding): ComparedSide {
  return { verdict, severity, expected, actual, actualText, gpo, gpoName };
}

function describe({ path, sha256, result }: SavedResult): ComparedResult {
  const { run, summary, targets, findings, whatIf } = result;
  return {
    path,
    sha256,
    startTime: run.startTime,
    toolVersion: run.tool.version,
    policies: policiesOf(result),
    assumptions: run.assumptions,
    whatIf: whatIf !== null,
    targets: targets.length,
    findings: findings.length,
    counts: summary.counts,
    failures: summary.failures,
    exitCode: summary.exitCode,
  };
}

export function policiesOf({ run }: ScanResult): ComparedResult["policies"] {
  return run.policies.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
}
