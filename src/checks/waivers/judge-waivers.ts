import type { Finding } from "../../model/result.ts";
import type {
  FindingWaiver,
  ResultWaiver,
  Waiver,
  WaiverNotice,
  WaiverRegister,
  WaiverState,
} from "../../model/waiver.ts";
import { trueVerdict } from "../../model/waiver.ts";
import { daysBetween, dayOf } from "./days.ts";
import type { Fitting, Judged, Named } from "./fits.ts";
import { FindingIndex } from "./fits.ts";
import { holdOf, termOf, toFindingWaiver } from "./hold.ts";
import { noticesOf } from "./notices.ts";
import type { Case, Match } from "./waiver-case.ts";

export interface JudgedWaivers {
  /** The same findings in the same order; failures that a waiver holds for are `waived`. */
  readonly findings: readonly Finding[];
  readonly register: WaiverRegister;
}

/**
 * Holds a register against findings. Only a failure is ever waived: what is unknown stays unknown, and no finding comes or
 * goes.
 *
 * @param now ISO 8601: the moment to judge by.
 */
export function judgeWaivers(judged: Judged, waivers: readonly Waiver[], now: string): JudgedWaivers {
  const moment = Date.parse(now);
  // A saved result may have been judged by waivers before: those say nothing now.
  const plain = judged.findings.map((finding) => bare(finding));
  const index = new FindingIndex({ ...judged, findings: plain });
  const protectedRules = new Set(
    index.rules.flatMap(({ id, nonWaivable }) => (nonWaivable === true ? [id] : [])),
  );
  const cases = waivers.map((waiver): Case => {
    const fitting = index.find(waiver);
    const matches = fitting.fits
      .filter(({ finding }) => finding.verdict === "fail")
      .map((named): Match => {
        const hold = holdOf(waiver, named.finding, protectedRules.has(named.finding.rule), moment);
        return { waiver, named, hold };
      });
    return { entry: toEntry(waiver, fitting, matches, moment), fitting, matches };
  });
  const chosen = chooseMatches(cases.flatMap(({ matches }) => matches));
  const findings = plain.map((finding, at) => {
    const match = chosen.get(at);
    if (match === undefined) return finding;
    const waiver: FindingWaiver = toFindingWaiver(match.waiver, match.hold, finding);
    return { ...finding, verdict: match.hold === "applied" ? ("waived" as const) : finding.verdict, waiver };
  });
  const isWaived = (named: Named): boolean => chosen.get(named.index)?.hold === "applied";
  const notices = cases.flatMap((item) => noticesOf(item, index.rules, isWaived));
  return {
    findings,
    register: { asOf: now, entries: cases.map(({ entry }) => entry), notices: errorsFirst(notices) },
  };
}

function bare(finding: Finding): Finding {
  return finding.waiver === null && finding.verdict !== "waived"
    ? finding
    : { ...finding, verdict: trueVerdict(finding.verdict), waiver: null };
}

/** For each finding the waiver that holds for it, the one that lasts longest; else the first that fits. */
function chooseMatches(matches: readonly Match[]): ReadonlyMap<number, Match> {
  const chosen = new Map<number, Match>();
  for (const match of matches) {
    const other = chosen.get(match.named.index);
    const isBetter =
      other === undefined ||
      (match.hold === "applied" && (other.hold !== "applied" || match.waiver.expires > other.waiver.expires));
    if (isBetter) chosen.set(match.named.index, match);
  }
  return chosen;
}

function toEntry(waiver: Waiver, fitting: Fitting, matches: readonly Match[], now: number): ResultWaiver {
  const waived = matches.filter(({ hold }) => hold === "applied").length;
  const refused = matches.length - waived;
  const state = stateOf(waiver, fitting, { waived, refused }, now);
  return { ...waiver, state, waived, refused, daysLeft: daysBetween(dayOf(now), waiver.expires) };
}

function stateOf(
  waiver: Waiver,
  { named }: Fitting,
  { waived, refused }: Pick<ResultWaiver, "waived" | "refused">,
  now: number,
): WaiverState {
  const term = termOf(waiver, now);
  if (term !== "in-force") return term;
  if (waived > 0) return "used";
  if (refused > 0) return "refused";
  const asked = named.filter(({ finding }) => finding.verdict !== "not-applicable");
  if (asked.length === 0) return "not-judged";
  return asked.some(({ finding }) => finding.verdict === "unknown") ? "undecided" : "unused";
}

function errorsFirst(notices: readonly WaiverNotice[]): readonly WaiverNotice[] {
  return [...notices].sort((a, b) => Number(b.level === "error") - Number(a.level === "error"));
}
