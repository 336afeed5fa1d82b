import { isEnabled, perServiceAccount } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, nobody, pass, unknown } from "./outcome.ts";

/** The account that the sensor signs in with is there and enabled. */
export const serviceAccountExists: Check = (input) =>
  perServiceAccount(
    input,
    (account) => {
      const subject = accountSubject(account);
      const enabled = isEnabled(account);
      if (enabled === true) return pass(subject, "enabled", `'${account.name}' exists and is enabled.`);
      if (enabled === false) return fail(subject, "disabled", `'${account.name}' is disabled.`);
      return unknown(
        subject,
        `'${account.name}' exists, but its userAccountControl is not in the directory data.`,
        "the account is enabled",
        "it is disabled",
      );
    },
    ({ name }) => fail(nobody(name), "no such account", `There is no account named '${name}'.`),
  );
