import type { AccountFacts, NamedAccount, ReadinessInput, ReadinessOutcome } from "../../model/readiness.ts";
import { accountSubject, nobody, notApplicable, unknown } from "./outcome.ts";

/** ACCOUNTDISABLE of userAccountControl (MS-ADTS 2.2.16). */
const disabledBit = 0x2;

/** Whether an account is enabled; null where that cannot be told. */
export function isEnabled({ userAccountControl: bits }: AccountFacts): boolean | null {
  return typeof bits === "number" ? (bits & disabledBit) === 0 : null;
}

/**
 * Judges every account that was named as the sensor's. Where the name fits nothing, `missing` speaks, or, where the
 * account may only be out of sight, the verdict stays open.
 */
export function perServiceAccount(
  input: ReadinessInput,
  judge: (account: AccountFacts) => ReadinessOutcome | readonly ReadinessOutcome[],
  missing: (named: NamedAccount) => ReadinessOutcome = skipMissing,
): readonly ReadinessOutcome[] {
  const { serviceAccounts } = input.facts;
  if (serviceAccounts.length === 0) {
    const text =
      "No service account was named with --service-account; a sensor of version 3 runs as LocalSystem and needs none.";
    return [notApplicable(nobody("service account"), text)];
  }
  return perAccount(serviceAccounts, judge, (named) =>
    isKnownMissing(input, named, true) ? missing(named) : openAccount(named),
  );
}

/** The same for the accounts of the list of honeytokens. */
export function perListedAccount(
  input: ReadinessInput,
  judge: (account: AccountFacts) => ReadinessOutcome,
  missing: (named: NamedAccount) => ReadinessOutcome = skipMissing,
): readonly ReadinessOutcome[] {
  const { listed } = input.facts;
  const subject = nobody("honeytokens");
  if (listed === null && input.listGiven) {
    const text = "The list of accounts could not be read whole.";
    return [unknown(subject, text, "every account in it is as it should be", "one of them is not")];
  }
  if (listed === null || listed.length === 0) {
    const why = listed === null ? "No list was given with --honeytokens." : "The list holds no name.";
    return [notApplicable(subject, why)];
  }
  return perAccount(listed, judge, (named) =>
    isKnownMissing(input, named, false) ? missing(named) : openAccount(named),
  );
}

/** Outcome for an account whose password nobody retrieves from the directory; null for a group managed one. */
export function unlessGroupManaged(account: AccountFacts): ReadinessOutcome | null {
  if (account.kind === "gmsa") return null;
  const text = `'${account.name}' is no group managed service account.`;
  return notApplicable(accountSubject(account), text);
}

/** Two names may fit one account: it is judged once. */
function perAccount(
  named: readonly NamedAccount[],
  judge: (account: AccountFacts) => ReadinessOutcome | readonly ReadinessOutcome[],
  absent: (named: NamedAccount) => ReadinessOutcome,
): readonly ReadinessOutcome[] {
  const seen = new Set<string>();
  return named.flatMap((item) => {
    if (item.accounts.length === 0) return absent(item);
    return item.accounts.flatMap((account) => {
      if (seen.has(account.dn)) return [];
      seen.add(account.dn);
      return judge(account);
    });
  });
}

/** Only what the server was asked for, or an export demonstrably covers, can be missing. */
function isKnownMissing(
  input: ReadinessInput,
  { name, lookedUp, domainKnown }: NamedAccount,
  mayBeManaged: boolean,
): boolean {
  const domains = [...input.facts.exported.values()];
  if (domains.length === 0 || !domainKnown || input.mayLackObjects) return false;
  if (lookedUp) return true;
  // Nothing shows that all computers were exported, and such a name may be that of one.
  if (!mayBeManaged && name.endsWith("$")) return false;
  const managed = !mayBeManaged || domains.some(({ managedAccounts }) => managedAccounts);
  return managed && domains.every(({ users }) => users);
}

function openAccount(named: NamedAccount): ReadinessOutcome {
  return unknown(
    nobody(named.name, named.location),
    `No account named '${named.name}' is in the directory data, and nothing shows that every account is.`,
    "the account exists and is as it should be",
    "it does not exist, or is not as it should be",
  );
}

function skipMissing(named: NamedAccount): ReadinessOutcome {
  return notApplicable(nobody(named.name, named.location), `There is no account named '${named.name}'.`);
}
