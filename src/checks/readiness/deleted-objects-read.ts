import type { AccountFacts, DomainFacts, ReadinessInput, ReadinessOutcome } from "../../model/readiness.ts";
import { perServiceAccount } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, nobody, pass, unknown } from "./outcome.ts";

/** The sensor's account may list and read CN=Deleted Objects of every domain, or it never learns who was deleted. */
export const deletedObjectsRead: Check = (input) => {
  const { domains } = input.facts;
  return perServiceAccount(input, (account) =>
    domains.length === 0
      ? open(account, "No domain head is in the directory data.")
      : domains.map((domain) => judge(account, domain, input)),
  );
};

function judge(account: AccountFacts, domain: DomainFacts, input: ReadinessInput): ReadinessOutcome {
  const container = domain.deletedObjects;
  if (container.state !== "found") {
    const text = `CN=Deleted Objects of ${domain.name} is not in the directory data; by default only administrators may see it.`;
    return open(account, text, domain);
  }
  const { dn, location } = container.object;
  const subject = { ...subjectOf(account, domain), dn, location };
  const access = input.deletedObjects.get(`${dn}\n${account.dn}`);
  const where = `the deleted objects of ${domain.name}`;
  if (access?.answer === "allowed")
    return pass(subject, `readable by ${account.name}`, `'${account.name}' may list and read ${where}.`);
  if (access?.answer === "denied") {
    const text = `'${account.name}' may not list and read ${where}: ${access.detail}.`;
    return fail(subject, `not readable by ${account.name}`, text);
  }
  const why = access?.detail ?? "the descriptor of the container was not examined";
  return open(account, `Whether '${account.name}' may read ${where} cannot be told: ${why}.`, domain);
}

function open(account: AccountFacts, text: string, domain: DomainFacts | null = null): ReadinessOutcome {
  const subject = domain === null ? accountSubject(account) : subjectOf(account, domain);
  return unknown(
    subject,
    text,
    "list and read are granted to the account or to a group of it",
    "they are not",
  );
}

/** One subject for each pair of account and domain. */
function subjectOf(account: AccountFacts, domain: DomainFacts): ReadinessOutcome["subject"] {
  const container = domain.deletedObjects;
  return {
    ...nobody(`deleted objects of ${domain.name}`, domain.head.location),
    dn: container.state === "found" ? container.object.dn : null,
    domain: domain.name,
    identity: `${account.sid ?? account.dn.toLowerCase()} ${domain.name}`,
  };
}
