import type { ResultWaiver, WaiverRegister, WaiverState } from "../model/waiver.ts";
import { plural } from "./words.ts";

export const waiverStateWords: Readonly<Record<WaiverState, string>> = {
  used: "In force",
  unused: "Unused",
  undecided: "Not needed so far",
  refused: "Does not hold",
  "not-judged": "Not judged here",
  expired: "Expired",
  "not-yet": "Not yet in force",
};

/** Everything that must fit, in words: "mdi.logon on DC1 of corp.example". */
export function waiverScopeText({ scope }: Pick<ResultWaiver, "scope">): string {
  const { domain, target, gpo, setting } = scope;
  const parts = [
    target === null ? "" : `target ${target}`,
    domain === null ? "" : `domain ${domain}`,
    setting === null ? "" : `setting ${setting}`,
    gpo === null ? "" : `set by GPO ${gpo}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "everywhere" : parts.join(", ");
}

/** "3 waivers: 1 in force, 2 expired; judged as of 2026-11-25". */
export function registerText({ asOf, entries }: WaiverRegister): string {
  const states = Object.entries(waiverStateWords).flatMap(([state, words]) => {
    const count = entries.filter((entry) => entry.state === state).length;
    return count === 0 ? [] : [`${count} ${words.toLowerCase()}`];
  });
  const list = states.length === 0 ? "" : `: ${states.join(", ")}`;
  return `${plural(entries.length, "waiver")}${list}; judged as of ${asOf.slice(0, 10)}`;
}

/** "12 days left", "last day", "ended 3 days ago". */
export function daysText({ daysLeft }: Pick<ResultWaiver, "daysLeft">): string {
  if (daysLeft < 0) return `ended ${plural(-daysLeft, "day")} ago`;
  return daysLeft === 0 ? "last day" : `${plural(daysLeft, "day")} left`;
}
