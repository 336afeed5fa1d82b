import type { ResultRule } from "../../model/result.ts";
import type { Waiver, WaiverHold, WaiverNotice } from "../../model/waiver.ts";
import { suggestion } from "../files/nearest.ts";
import { orList } from "../files/problem.ts";
import { daysBetween, dayOf } from "./days.ts";
import type { Named } from "./fits.ts";
import { termOf } from "./hold.ts";
import type { Case } from "./waiver-case.ts";

/** A waiver that ends within this time is worth a word. */
const soonDays = 30;

/** What the calendar alone says of a waiver; null where that is nothing. */
export function noticeOfTerm(waiver: Waiver, now: number): WaiverNotice | null {
  const { expires, approvedOn } = waiver;
  const term = termOf(waiver, now);
  if (term === "expired") {
    const text = `expired on ${expires}: renew it, or remove it with gpolint waivers prune`;
    return notice(waiver, "waiver-expired", "error", text);
  }
  if (term === "not-yet")
    return notice(waiver, "waiver-not-yet", "warning", `holds from ${approvedOn ?? "a later day"} on`);
  return endNotice(waiver, daysBetween(dayOf(now), expires));
}

/** Null where it is long to the end. */
function endNotice(waiver: Waiver, daysLeft: number): WaiverNotice | null {
  if (daysLeft > soonDays) return null;
  const { expires } = waiver;
  const days = `${daysLeft} ${daysLeft === 1 ? "day" : "days"}`;
  const text = daysLeft === 0 ? `ends today, ${expires}` : `ends on ${expires}, in ${days}`;
  return notice(waiver, "waiver-ending", "warning", text);
}

function notice(
  { id, rule }: Waiver,
  code: WaiverNotice["code"],
  level: WaiverNotice["level"],
  text: string,
): WaiverNotice {
  return { code, waiver: id, level, text: `waiver ${id} (${rule}) ${text}` };
}

/** What somebody must see to about a waiver. `isWaived`: whether some waiver holds for a failure. */
export function noticesOf(
  item: Case,
  rules: readonly ResultRule[],
  isWaived: (named: Named) => boolean,
): readonly WaiverNotice[] {
  const { entry } = item;
  const { state, daysLeft, expires, approvedOn } = entry;
  const open = item.matches.filter(({ named }) => !isWaived(named));
  const counts = open.length === 1 ? "1 failure counts" : `${open.length} failures count`;
  switch (state) {
    case "expired": {
      const renew = `${counts} again; renew it or correct the setting`;
      const remove = "and no failure hangs on it: remove it with gpolint waivers prune";
      return open.length > 0
        ? [notice(entry, "waiver-expired", "error", `expired on ${expires}: ${renew}`)]
        : [notice(entry, "waiver-expired", "warning", `expired on ${expires}, ${remove}`)];
    }
    case "not-yet": {
      const meanwhile = open.length === 0 ? "" : `: ${counts} until then`;
      const text = `holds from ${approvedOn ?? "a later day"} on${meanwhile}`;
      return [notice(entry, "waiver-not-yet", "warning", text)];
    }
    case "unused":
      return [notice(entry, "waiver-unused", "warning", `holds for no failure: ${whyUnused(item)}`)];
    case "not-judged": {
      const why = whyNotJudged(item, rules);
      return why === null ? [] : [notice(entry, "waiver-unmatched", "warning", why)];
    }
    case "used":
    case "refused":
    case "undecided": {
      const reasons = orList([...new Set(open.map(({ hold }) => holdWords[hold]))], "and");
      const text = `does not hold for all that it names: ${counts}, ${reasons}`;
      const ending = state === "used" ? endNotice(entry, daysLeft) : null;
      return [
        ...(open.length === 0 ? [] : [notice(entry, "waiver-refused", "error", text)]),
        ...(ending === null ? [] : [ending]),
      ];
    }
  }
}

const holdWords: Readonly<Record<WaiverHold, string>> = {
  applied: "accepted",
  expired: "after its last day",
  "not-yet": "before its first day",
  "too-severe": "above its maxSeverity",
  "non-waivable": "under a requirement that nobody may waive",
  "got-worse": "made worse by a proposal",
};

function whyUnused({ fitting }: Case): string {
  const failing = fitting.named.filter(({ finding }) => finding.verdict === "fail");
  return failing.length === 0
    ? "what it names passes; remove it with gpolint waivers prune"
    : "what it names fails by another GPO than the one of its scope";
}

/** Null where the run was not asked about it: a register may serve several runs. */
function whyNotJudged({ entry, fitting }: Case, rules: readonly ResultRule[]): string | null {
  if (fitting.ambiguous.length > 0) {
    const names = fitting.ambiguous.slice(0, 3).map((name) => `'${name}'`);
    if (entry.scope.target === null)
      return `holds for nothing: GPO ${entry.scope.gpo ?? ""} is another one in ${orList(names, "and")}; add the domain`;
    return `holds for nothing: target '${entry.scope.target ?? ""}' may be ${orList(names)}; add the domain, or write the DN`;
  }
  const pack = entry.rule.split(".")[0] ?? "";
  if (!pack.includes("*") && !rules.some(({ policy }) => policy === pack)) return null;
  const ids = rules.map(({ id }) => id);
  if (!entry.broad && !ids.includes(entry.rule) && !entry.rule.endsWith("/measured"))
    return `names no rule of policy pack '${pack}'${suggestion(entry.rule, ids)}`;
  return "names nothing that was judged in this run";
}
