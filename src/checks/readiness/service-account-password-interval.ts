import type { ReadinessOutcome } from "../../model/readiness.ts";
import { perServiceAccount, unlessGroupManaged } from "./accounts.ts";
import type { CheckWith } from "./outcome.ts";
import { accountSubject, fail, pass, unknown } from "./outcome.ts";

/** How often the password of the group managed account changes; fixed when it is created. */
export const serviceAccountPasswordInterval: CheckWith<"service-account-password-interval"> = (
  { maximumDays },
  input,
) =>
  perServiceAccount(input, (account): ReadinessOutcome => {
    const other = unlessGroupManaged(account);
    if (other !== null) return other;
    const subject = accountSubject(account);
    const days = account.passwordInterval;
    if (typeof days !== "number") {
      return unknown(
        subject,
        `msDS-ManagedPasswordInterval of '${account.name}' is not in the directory data.`,
        `the interval is at most ${maximumDays} days`,
        "it is longer",
      );
    }
    const text = `The password of '${account.name}' changes every ${days} days.`;
    const isShort = days > 0 && days <= maximumDays;
    return isShort ? pass(subject, `${days} days`, text) : fail(subject, `${days} days`, text);
  });
