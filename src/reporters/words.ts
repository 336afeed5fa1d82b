import type { Diagnostic } from "../model/diagnostic.ts";
import type { Candidate } from "../model/effective.ts";
import type { ChainStep, ResultTarget, Verdict } from "../model/result.ts";

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

/** A text that is nothing but an address: only then is it safe and right to link it. */
export function isWebAddress(text: string): boolean {
  return /^https:\/\/[\w.~:/?#@!$&'()*+,;=%-]+$/.test(text);
}
