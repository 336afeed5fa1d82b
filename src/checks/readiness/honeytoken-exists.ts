import { perListedAccount } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, nobody, pass } from "./outcome.ts";

/** Every account of the list is there: a tag on an account that is gone watches nothing. */
export const honeytokenExists: Check = (input) =>
  perListedAccount(
    input,
    (account) => pass(accountSubject(account), "exists", `'${account.name}' exists.`),
    ({ name, location }) =>
      fail(nobody(name, location), "no such account", `There is no account named '${name}'.`),
  );
