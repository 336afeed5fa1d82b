import type { ReadinessOutcome } from "../../model/readiness.ts";
import { neverTime } from "../../model/readiness.ts";
import { perServiceAccount } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, noClock, pass, timeText, unknown } from "./outcome.ts";

/** A password that was set in the future, by a clock that had jumped, keeps the sensor from starting. */
export const serviceAccountPasswordTime: Check = (input) =>
  perServiceAccount(input, (account): ReadinessOutcome => {
    const subject = accountSubject(account);
    const { now } = input;
    const set = account.passwordSet;
    if (typeof set !== "number" || now === null) {
      const missing = `pwdLastSet of '${account.name}' is not in the directory data`;
      const why = typeof set === "number" ? noClock : missing;
      return unknown(subject, `${why}.`, "the password was set before now", "it was set in the future");
    }
    const when = set === neverTime ? "has never been set" : `was set at ${timeText(set)}`;
    const text = `The password of '${account.name}' ${when}`;
    return set <= now
      ? pass(subject, "in the past", `${text}.`)
      : fail(subject, timeText(set), `${text}, which is in the future.`);
  });
