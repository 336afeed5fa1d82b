import type { AccountFacts, ReadinessOutcome } from "../../model/readiness.ts";
import { neverTime } from "../../model/readiness.ts";
import { perListedAccount } from "./accounts.ts";
import type { CheckWith } from "./outcome.ts";
import { accountSubject, day, fail, noClock, pass, timeText, unknown } from "./outcome.ts";

/** Days that lastLogonTimestamp may be behind where msDS-LogonTimeSyncInterval is not set. */
const delay = 14;

/** Nobody uses the account: whoever does is worth an alert. */
export const honeytokenDormant: CheckWith<"honeytoken-dormant"> = ({ days }, input) =>
  perListedAccount(input, (account) => judge(account, days, input.now));

function judge(account: AccountFacts, days: number, now: number | null): ReadinessOutcome {
  const subject = accountSubject(account);
  const { lastLogon, logonsExported } = account;
  const open = (why: string): ReadinessOutcome =>
    unknown(subject, why, `nobody has signed in with it for ${days} days`, "somebody has");
  if (lastLogon === neverTime || (lastLogon === null && logonsExported))
    return pass(subject, "never used", `Nobody has ever signed in with '${account.name}'.`);
  if (typeof lastLogon !== "number")
    return open(`lastLogonTimestamp of '${account.name}' is not in the directory data.`);
  if (now === null) return open(`${noClock}.`);
  const text = `The last logon with '${account.name}' that the directory keeps was at ${timeText(lastLogon)}.`;
  if (now - lastLogon <= days * day) return fail(subject, timeText(lastLogon), text);
  if (now - lastLogon > (days + delay) * day) return pass(subject, timeText(lastLogon), text);
  return open(
    `${text} It may be ${delay} days behind, so a later one within ${days} days cannot be ruled out.`,
  );
}
