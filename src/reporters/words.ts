import type { Diagnostic } from "../model/diagnostic.ts";
import type { Candidate } from "../model/effective.ts";
import type { ChainStep, ResultTarget, ScanResult, Verdict } from "../model/result.ts";

export const verdictWords: Readonly<Record<Verdict, string>> = {
  fail: "Fail",
  unknown: "Unknown",
  waived: "Waived",
  pass: "Pass",
  "not-applicable": "Not applicable",
};

export const stateWords: Readonly<Record<Candidate["state"], string>> = {
  applied: "Applies",
  excluded: "Excluded",
  unknown: "Undecided",
};

export const chainWords: Readonly<Record<ChainStep["role"], string>> = {
  winner: "Wins",
  loser: "Loses",
  "may-win": "May win",
  silent: "Silent",
  excluded: "Excluded",
};

export const roleWords: Readonly<Record<ResultTarget["role"], string>> = {
  dc: "Domain controller",
  rodc: "Read-only DC",
  member: "Member",
};

/** "1 domain controller", "2 domain controllers". */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : many}`;
}

/** "a, b and c". */
export function sentenceList(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

/** At most `most` names; the rest is counted. */
export function shortList(items: readonly string[], most: number): string {
  if (items.length <= most) return sentenceList(items);
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** Where a diagnostic stands: `path:line`, `path@offset` or the path alone. */
export function diagnosticPlace({ path, line, offset }: Diagnostic): string {
  if (line !== undefined) return `${path}:${line}`;
  return offset === undefined ? path : `${path}@${offset}`;
}

/** One word for a whole target. A failure is certain, so it goes before what is unknown. */
export function targetVerdict(target: ResultTarget): Verdict {
  if (target.notApplicable !== null) return "not-applicable";
  return worstVerdict(target.counts);
}

/** Nothing judged is never a pass. */
export function worstVerdict(counts: Readonly<Record<Verdict, number>>): Verdict {
  if (counts.fail > 0) return "fail";
  if (counts.unknown > 0) return "unknown";
  if (counts.waived > 0) return "waived";
  if (counts.pass > 0) return "pass";
  return counts["not-applicable"] > 0 ? "not-applicable" : "unknown";
}

/** The outcome of the run in a headline and what follows from it, and the exit code in words. */
export function runOutcome(result: ScanResult): { readonly headline: string; readonly exit: string } {
  const { counts, exitCode } = result.summary;
  return {
    headline: headline(result, counts.fail, counts.unknown),
    exit: exitText(exitCode, result.run.failOn),
  };
}

function headline(result: ScanResult, fails: number, unknowns: number): string {
  if (result.findings.length === 0) return "Nothing was judged";
  if (!result.findings.some(({ target }) => target !== null))
    return "Not decided: there is no directory data";
  const known = new Set(result.targets.map(({ dn }) => dn));
  const fallen = result.findings.filter(({ verdict }) => verdict === "fail");
  const onTargets = fallen.filter(({ target }) => target !== null && known.has(target));
  const failing = new Set(onTargets.map(({ target }) => target));
  const elsewhere = fallen.length - onTargets.length;
  const judged = result.targets.filter(({ notApplicable }) => notApplicable === null);
  const noun = judged.every(({ role }) => role !== "member") ? "domain controller" : "computer";
  const where = `${failing.size} of ${plural(judged.length, noun)}`;
  const also = unknowns === 0 ? "" : `, ${plural(unknowns, "verdict")} unknown`;
  if (fails > 0 && failing.size === 0) return `${plural(elsewhere, "readiness check")} failed${also}`;
  if (fails > 0 && elsewhere > 0) return `${where} and ${plural(elsewhere, "readiness check")} failed${also}`;
  if (fails > 0) return `${where} ${failing.size === 1 ? "fails" : "fail"} a requirement${also}`;
  if (unknowns > 0) return `No failure found, but ${plural(unknowns, "verdict is", "verdicts are")} unknown`;
  if (result.summary.exitCode === 3) return "No failure found, but not everything could be examined";
  if (result.summary.counts.waived > 0) return "Every requirement is met or waived";
  return judged.length === 0
    ? "No target is applicable"
    : `${plural(judged.length, noun)}: every requirement is met`;
}

function exitText(exitCode: 0 | 1 | 2 | 3, failOn: string): string {
  const gate = failOn === "none" ? "no severity fails the gate" : `the gate is ${failOn} and above`;
  switch (exitCode) {
    case 0:
      return `Exit code 0: nothing at or above the gate (${gate}).`;
    case 1:
      return `Exit code 1: failures at or above the gate (${gate}).`;
    case 2:
      return "Exit code 2: the run itself broke; no verdict here can be relied on.";
    case 3:
      return "Exit code 3: incomplete; something needed could not be read or decided.";
  }
}

/** A text that is nothing but an address: only then is it safe and right to link it. */
export function isWebAddress(text: string): boolean {
  return /^https:\/\/[\w.~:/?#@!$&'()*+,;=%-]+$/.test(text);
}
