import type { AccountFacts, ReadinessInput, ReadinessOutcome } from "../../model/readiness.ts";
import { perServiceAccount } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, pass, unknown } from "./outcome.ts";

/** A service principal name that stands at two accounts breaks Kerberos for both. */
export const serviceAccountNames: Check = (input) =>
  perServiceAccount(input, (account) => judge(account, input));

function judge(account: AccountFacts, { facts, mayLackObjects }: ReadinessInput): ReadinessOutcome {
  const subject = accountSubject(account);
  const names = account.servicePrincipalNames;
  for (const name of names) {
    const others = (facts.nameHolders.get(name.toLowerCase()) ?? []).filter((dn) => dn !== account.dn);
    if (others.length > 0) {
      const text = `The service principal name ${name} of '${account.name}' also stands at ${others.join(" and ")}.`;
      return fail(subject, `${name} stands twice`, text);
    }
  }
  if (!account.namesExported) {
    return unknown(
      subject,
      `The service principal names of '${account.name}' are not all in the directory data.`,
      "it has none that another account has too",
      "it has one that another account has too",
    );
  }
  if (names.length === 0) return pass(subject, "no name", `'${account.name}' has no service principal name.`);
  const asked = names.every((name) => facts.lookedUpNames.has(name.toLowerCase()));
  const isWhole =
    (asked || facts.exported.get(account.domain)?.servicePrincipalNames === true) && !mayLackObjects;
  if (isWhole)
    return pass(subject, "unique", `No other account has a service principal name of '${account.name}'.`);
  return unknown(
    subject,
    `No other account in the directory data has a service principal name of '${account.name}', but not every account is in it.`,
    "no other account has them",
    "another account has one of them",
  );
}
