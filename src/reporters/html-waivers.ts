import type { ScanResult } from "../model/result.ts";
import type { ResultWaiver, WaiverState } from "../model/waiver.ts";
import type { Breakable } from "./html-parts.ts";
import { breakable } from "./html-parts.ts";
import { daysText, registerText, waiverScopeText, waiverStateWords } from "./waiver-words.ts";
import { plural } from "./words.ts";

/** The register of accepted deviations, as an auditor wants to see it. */
export interface WaiversView {
  readonly lead: string;
  readonly notices: readonly { readonly level: string; readonly text: string }[];
  readonly rows: readonly WaiverRow[];
  readonly files: readonly { readonly path: Breakable; readonly origin: string; readonly sha256: string }[];
}

interface WaiverRow {
  readonly anchor: string;
  readonly id: string;
  readonly rule: string;
  readonly scope: string;
  readonly mood: string;
  readonly state: string;
  readonly counts: string;
  readonly expires: string;
  readonly days: string;
  readonly approved: string;
  readonly about: string;
  readonly justification: string;
}

/** Null where no register was given. */
export function waiversView({ waivers, run }: ScanResult): WaiversView | null {
  if (waivers === null) return null;
  return {
    lead: `${registerText(waivers)}. A waived failure stays a failure that somebody accepted: it is shown with its true value.`,
    notices: waivers.notices.map(({ level, text }) => ({ level, text })),
    rows: waivers.entries.map(waiverRow),
    files: run.waivers.map(({ path, ref, commit, sha256 }) => ({
      path: breakable(path),
      origin: ref === null ? "file" : `git revision ${ref}${commit === null ? "" : ` (${commit})`}`,
      sha256,
    })),
  };
}

/** Colour beside the word: red for what accepts nothing although it should, amber for what somebody should look at. */
const moods: Readonly<Record<WaiverState, string>> = {
  used: "waived",
  unused: "unknown",
  undecided: "not-applicable",
  refused: "fail",
  "not-judged": "not-applicable",
  expired: "fail",
  "not-yet": "unknown",
};

function waiverRow(waiver: ResultWaiver): WaiverRow {
  const {
    id,
    rule,
    state,
    waived,
    refused,
    expires,
    approvedBy,
    approvedOn,
    type,
    owner,
    ticket,
    maxSeverity,
  } = waiver;
  const counts = [
    waived === 0 ? "" : plural(waived, "failure") + " waived",
    refused === 0 ? "" : plural(refused, "failure") + " not accepted",
  ];
  const about = [
    type ?? "",
    ticket === null ? "" : `ticket ${ticket}`,
    owner === null ? "" : `owner ${owner}`,
    maxSeverity === null ? "" : `up to ${maxSeverity}`,
  ];
  return {
    anchor: `w-${id}`,
    id,
    rule,
    scope: waiverScopeText(waiver),
    mood: moods[state],
    state: waiverStateWords[state],
    counts: joined(counts),
    expires,
    days: daysText(waiver),
    approved: approvedOn === null ? approvedBy : `${approvedBy}, ${approvedOn}`,
    about: joined(about),
    justification: waiver.justification,
  };
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}
