import { severities } from "../model/requirement.ts";
import type { Finding, ScanResult, Verdict } from "../model/result.ts";
import type { WhatIf } from "../model/what-if.ts";
import { isMeasuredRule } from "./measured-words.ts";
import { plural, worstVerdict } from "./words.ts";

/** What the run came to, in the words of every report for people. */
export interface RunOutcome {
  readonly headline: string;
  /** With proposals: how everything stands with them, which says nothing of what they change; null without. */
  readonly standing: string | null;
  /** The exit code and what it rests on. */
  readonly exit: string;
  /** Colour of the headline; it is also said in words. */
  readonly mood: Verdict;
}

export function runOutcome(result: ScanResult): RunOutcome {
  const stands = standingText(result);
  const compared = result.whatIf !== null && result.targets.length > 0 && result.findings.length > 0;
  return {
    headline: compared && result.whatIf !== null ? whatIfText(result, result.whatIf) : stands,
    standing: compared ? `As proposed: ${stands.charAt(0).toLowerCase()}${stands.slice(1)}` : null,
    exit: exitText(result),
    mood: mood(result),
  };
}

/** How many computers fail, or what else is to be said of the whole. */
function standingText(result: ScanResult): string {
  const { counts, exitCode } = result.summary;
  const { fail: fails, unknown: unknowns } = counts;
  if (result.findings.length === 0) return "Nothing was judged";
  if (!result.findings.some(({ target }) => target !== null))
    return "Not decided: there is no directory data";
  const fallen = result.findings.filter(({ verdict }) => verdict === "fail");
  const { onTargets, computers, elsewhere } = spread(result, fallen);
  const judged = result.targets.filter(({ notApplicable }) => notApplicable === null);
  const where = `${computers} of ${plural(judged.length, computerNoun(result))}`;
  const also = unknowns === 0 ? "" : `, ${plural(unknowns, "verdict")} unknown`;
  if (fails > 0 && computers === 0) return `${plural(elsewhere, "readiness check")} failed${also}`;
  if (fails > 0 && elsewhere > 0) return `${where} and ${plural(elsewhere, "readiness check")} failed${also}`;
  if (fails > 0 && onTargets.every(({ rule }) => isMeasuredRule(rule)))
    return `${where} ${computers === 1 ? "fails by what it" : "fail by what they"} measured${also}`;
  if (fails > 0) return `${where} ${computers === 1 ? "fails" : "fail"} a requirement${also}`;
  if (unknowns > 0) return `No failure found, but ${plural(unknowns, "verdict is", "verdicts are")} unknown`;
  if (exitCode === 3) return "No failure found, but not everything could be examined";
  if (counts.waived > 0) return "Every requirement is met or waived";
  return judged.length === 0
    ? "No target is applicable"
    : `${plural(judged.length, computerNoun(result))}: every requirement is met`;
}

/** What the proposals do to the verdicts. Nothing is said to be no worse without what may hide it. */
function whatIfText(result: ScanResult, { proposals, changes }: WhatIf): string {
  const compared = changes.worse + changes.better + changes.other + changes.same;
  const unplaced = proposals.filter(({ state }) => state === "unplaced").length;
  if (proposals.length === 0 || compared === 0)
    return "Nothing could be compared with and without the proposal";
  if (unplaced === proposals.length) {
    return unplaced === 1
      ? "The proposal has no place: it was judged nowhere"
      : `None of ${unplaced} proposals has a place: they were judged nowhere`;
  }
  const intro = proposals.length === 1 ? "With the proposal" : "With the proposals";
  const rest = unplaced === 0 ? "" : `; ${unplaced} of ${proposals.length} proposals judged nowhere`;
  return `${intro}: ${changes.worse > 0 ? worseText(result) : `${calmText(changes)}${doubtText(result)}`}${rest}`;
}

function worseText(result: ScanResult): string {
  const worse = result.findings.filter(({ before }) => before?.change === "worse");
  const { computers, elsewhere } = spread(result, worse);
  const places = [
    computers === 0 ? "" : plural(computers, computerNoun(result)),
    elsewhere === 0 ? "" : plural(elsewhere, "other object"),
  ];
  const where = places.filter((place) => place !== "").join(" and ");
  const waived = worse.filter(({ verdict }) => verdict === "waived").length;
  const accepted = waived === 0 ? "" : `, ${waived} of them waived`;
  return `${plural(worse.length, "verdict gets", "verdicts get")} worse on ${where}${accepted}`;
}

function calmText({ better, other }: WhatIf["changes"]): string {
  if (better > 0) return `no verdict gets worse, ${plural(better, "gets", "get")} better`;
  return other > 0 ? "no verdict gets worse or better" : "nothing changes";
}

function doubtText({ summary }: ScanResult): string {
  const { unknown } = summary.counts;
  if (unknown > 0) return `, but ${plural(unknown, "verdict is", "verdicts are")} unknown`;
  return summary.exitCode === 3 ? ", but not everything could be examined" : "";
}

/** On how many computers findings are, and how many are on other objects. */
function spread(
  result: ScanResult,
  findings: readonly Finding[],
): { readonly onTargets: readonly Finding[]; readonly computers: number; readonly elsewhere: number } {
  const known = new Set(result.targets.map(({ dn }) => dn));
  const onTargets = findings.filter(({ target }) => target !== null && known.has(target));
  const computers = new Set(onTargets.map(({ target }) => target)).size;
  return { onTargets, computers, elsewhere: findings.length - onTargets.length };
}

function computerNoun({ targets }: ScanResult): string {
  const judged = targets.filter(({ notApplicable }) => notApplicable === null);
  return judged.every(({ role }) => role !== "member") ? "domain controller" : "computer";
}

function exitText(result: ScanResult): string {
  const gate = gateText(result);
  switch (result.summary.exitCode) {
    case 0:
      return reachesGate(result)
        ? `Exit code 0: what reaches the gate does not count in this run (${gate}).`
        : `Exit code 0: nothing at or above the gate (${gate}).`;
    case 1:
      return `Exit code 1: ${failedText(result)} at or above the gate (${gate}).`;
    case 2:
      return "Exit code 2: the run itself broke; no verdict here can be relied on.";
    case 3:
      return "Exit code 3: incomplete; something needed could not be read or decided.";
  }
}

function failedText({ run: { failOnNew, failOnRegression } }: ScanResult): string {
  if (failOnNew) return "new failures";
  return failOnRegression ? "regressions" : "failures";
}

function gateText({ run: { failOn, failOnNew, failOnRegression } }: ScanResult): string {
  if (failOn === "none") return "no severity fails the gate";
  if (failOnNew) return `only what is new fails it, ${failOn} and above`;
  return failOnRegression
    ? `only what gets worse fails it, ${failOn} and above`
    : `the gate is ${failOn} and above`;
}

/** A soft run ends with 0 whatever it found: then "nothing" would be untrue. */
function reachesGate({ findings, run }: ScanResult): boolean {
  const { failOn, failOnNew, failOnRegression } = run;
  if (failOn === "none") return false;
  const strictest = severities.indexOf(failOn);
  return findings.some(({ verdict, severity, before, baseline }) => {
    const isNew = baseline === null || baseline === "new" || baseline === "reopened";
    if (failOnNew && !isNew) return false;
    const falls = failOnRegression ? before?.change === "worse" && verdict !== "waived" : verdict === "fail";
    return falls && severities.indexOf(severity) <= strictest;
  });
}

/**
 * Green only where the run is whole: an incomplete one without a failure is in doubt, never well. What was red before and
 * is let through by the gate is neither.
 */
function mood({ summary, run, findings }: ScanResult): Verdict {
  const worst = worstVerdict(summary.counts);
  if (findings.some(({ before, verdict }) => before?.change === "worse" && verdict !== "waived"))
    return "fail";
  if (worst === "fail" && (run.failOnRegression || run.failOnNew) && summary.exitCode === 0) return "unknown";
  return worst === "pass" && summary.exitCode !== 0 ? "unknown" : worst;
}
