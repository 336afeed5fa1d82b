import type { RunBaseline } from "../../model/comparison.ts";
import type { CoverageGap, Finding, ScanResult, Summary } from "../../model/result.ts";
import type { SavedResult } from "../saved-result.ts";
import { countStates, policiesOf } from "./compare-results.ts";
import { byKey, pairFindings, resolvedKeys, sharedFingerprints } from "./pairs.ts";
import { stateOf } from "./states.ts";
import { warningsOf } from "./warnings.ts";

/**
 * The same result, with what became of each finding since the baseline. Verdicts and totals stay as they are: a baseline
 * never hides anything, and only tells the gate what is new.
 */
export function holdAgainst(
  result: ScanResult,
  saved: SavedResult,
  exitCodeOf: (findings: readonly Finding[]) => Summary["exitCode"],
): ScanResult {
  const shared = sharedFingerprints(saved.result.findings, result.findings);
  const before = byKey(saved.result.findings, shared);
  const pairs = pairFindings(before, byKey(result.findings, shared));
  const resolved = resolvedKeys([before]);
  const findings: Finding[] = [];
  let gone = 0;
  for (const pair of pairs) {
    if (pair.after === null) gone++;
    else findings.push({ ...pair.after, baseline: stateOf(pair.before, pair.after, resolved.has(pair.key)) });
  }
  const states = findings.flatMap(({ baseline }) => baseline ?? []);
  const baseline: RunBaseline = {
    path: saved.path,
    sha256: saved.sha256,
    startTime: saved.result.run.startTime,
    toolVersion: saved.result.run.tool.version,
    policies: policiesOf(saved.result),
    counts: { ...countStates(states), gone },
  };
  return {
    ...result,
    run: { ...result.run, baseline },
    coverage: { ...result.coverage, gaps: [...result.coverage.gaps, ...gapsOf(result, saved, gone)] },
    summary: { ...result.summary, exitCode: exitCodeOf(findings) },
    findings,
  };
}

/** What makes the two less comparable. None of them leaves the run incomplete: every finding has its verdict. */
function gapsOf(result: ScanResult, saved: SavedResult, gone: number): CoverageGap[] {
  // That a scan shows proposals is no reason against holding it against what is there today.
  const now = { name: "this scan", sha256: null, result: { ...result, whatIf: null } };
  const warnings = warningsOf({ name: "the baseline", sha256: saved.sha256, result: saved.result }, now);
  const gaps = warnings.map(({ code, text }) => gap(code, `held against '${saved.path}': ${text}`));
  if (gone === 0) return gaps;
  const what = `${gone} ${gone === 1 ? "finding of it is" : "findings of it are"} not examined any more`;
  return [...gaps, gap("gone", `held against '${saved.path}': ${what}, which does not make them resolved`)];
}

const remedy =
  "Look at what is new by hand, then make a new baseline with --out json=FILE; gpolint compare says what caused each change.";

function gap(code: string, text: string): CoverageGap {
  return { code: `baseline-${code}`, text, remedy, targets: [] };
}
