import { isEnabled, perListedAccount } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, pass, unknown } from "./outcome.ts";

/** A disabled account is no bait. */
export const honeytokenEnabled: Check = (input) =>
  perListedAccount(input, (account) => {
    const subject = accountSubject(account);
    const enabled = isEnabled(account);
    if (enabled === true) return pass(subject, "enabled", `'${account.name}' is enabled.`);
    if (enabled === false) return fail(subject, "disabled", `'${account.name}' is disabled.`);
    const text = `The userAccountControl of '${account.name}' is not in the directory data.`;
    return unknown(subject, text, "the account is enabled", "it is disabled");
  });
