import type { Severity } from "./requirement.ts";
import type { Verdict } from "./verdict.ts";

export const waiverTypes = [
  "risk-accepted",
  "false-positive",
  "compensating-control",
  "fix-planned",
] as const;
export type WaiverType = (typeof waiverTypes)[number];

/** One accepted deviation, as it stands in a register. */
export interface Waiver {
  readonly id: string;
  /** Rule id; with `broad`, `*` in it stands for any characters. */
  readonly rule: string;
  readonly broad: boolean;
  readonly scope: WaiverScope;
  readonly type: WaiverType | null;
  readonly justification: string;
  readonly owner: string | null;
  readonly approvedBy: string;
  /** First day, UTC; null: it holds from whenever it stands in the register. */
  readonly approvedOn: string | null;
  /** Last day: it holds to the end of that day, UTC. */
  readonly expires: string;
  readonly ticket: string | null;
  /** It does not hold for a finding above this severity; null: for any. */
  readonly maxSeverity: Severity | null;
  /** Where it stands in the register. */
  readonly file: string;
  readonly line: number;
}

/** Where a failure is accepted: everything that is not null must fit. */
export interface WaiverScope {
  readonly domain: string | null;
  /** Name or DN. */
  readonly target: string | null;
  /** GUID of the GPO that sets the failing value. */
  readonly gpo: string | null;
  /** Key or name. */
  readonly setting: string | null;
}

/** Why a waiver that fits a failure does, or does not, hold for it. */
export type WaiverHold =
  | "applied"
  | "expired"
  | "not-yet"
  /** The severity is above `maxSeverity`. */
  | "too-severe"
  /** The policy pack lets nobody waive the requirement. */
  | "non-waivable"
  /** A proposal makes the value worse than the one that was accepted. */
  | "got-worse";

/** The waiver that fits a failing finding. The true verdict is kept, whatever the waiver makes of it. */
export interface FindingWaiver {
  readonly id: string;
  /** What the finding is without the waiver. */
  readonly verdict: "fail";
  /** Only with "applied" the finding counts as waived. */
  readonly hold: WaiverHold;
  /** Why it does not hold, or until when and by whose word it does: one clause without full stop, without the id. */
  readonly text: string;
  readonly justification: string;
  readonly approvedBy: string;
  readonly expires: string;
  readonly ticket: string | null;
}

/**
 * What became of a waiver in a run. "used": it holds for a failure. "unused": everything that it names is decided, and it
 * holds for no failure. "undecided": none fails, but something is unknown. "refused": failures fit, and it may hold for none.
 * "not-judged": nothing in the run is what it names.
 */
export type WaiverState = "used" | "unused" | "undecided" | "refused" | "not-judged" | "expired" | "not-yet";

export interface ResultWaiver extends Waiver {
  readonly state: WaiverState;
  /** Failures that it holds for. */
  readonly waived: number;
  /** Failures that fit it and that it does not hold for. */
  readonly refused: number;
  /** Days after the one of judgement on which it still holds; negative where it has expired. */
  readonly daysLeft: number;
}

/** Something about a waiver that somebody must see to. */
export interface WaiverNotice {
  readonly code:
    | "waiver-expired"
    | "waiver-refused"
    | "waiver-unused"
    | "waiver-unmatched"
    | "waiver-not-yet"
    | "waiver-ending";
  /** Id of the waiver. */
  readonly waiver: string;
  /** "error": a failure counts although somebody once accepted it. */
  readonly level: "error" | "warning";
  /** One clause without full stop. */
  readonly text: string;
}

/** The register of a run: every waiver that was given, used or not. */
export interface WaiverRegister {
  /** ISO 8601 UTC: the moment that the waivers are judged by. */
  readonly asOf: string;
  readonly entries: readonly ResultWaiver[];
  readonly notices: readonly WaiverNotice[];
}

/** A register as it was read. */
export interface RunWaivers {
  /** As typed, an absolute one from the root of the run; with `ref`, the path from the root of the repository. */
  readonly path: string;
  /** Git revision that it was read from, as typed; null: from the file itself. */
  readonly ref: string | null;
  /** Commit that the revision named; null without one. */
  readonly commit: string | null;
  readonly sha256: string;
}

/** What a verdict is without the waiver: only a failure can be waived. */
export function trueVerdict(verdict: Verdict): Exclude<Verdict, "waived"> {
  return verdict === "waived" ? "fail" : verdict;
}
