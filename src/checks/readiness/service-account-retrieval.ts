import type { AccessAnswer, AccountFacts, ReadinessInput, ReadinessOutcome } from "../../model/readiness.ts";
import { perServiceAccount, unlessGroupManaged } from "./accounts.ts";
import type { Check } from "./outcome.ts";
import { accountSubject, fail, pass, unknown } from "./outcome.ts";

/** Every domain controller may retrieve the password of the group managed account (MS-ADTS 3.1.1.4.4). */
export const serviceAccountRetrieval: Check = (input) =>
  perServiceAccount(input, (account) => unlessGroupManaged(account) ?? judge(account, input));

function judge(account: AccountFacts, input: ReadinessInput): ReadinessOutcome {
  const subject = accountSubject(account);
  const answers = input.retrieval.get(account.dn) ?? [];
  const denied = answers.filter(({ answer }) => answer === "denied");
  const open = answers.filter(({ answer }) => answer === "unknown");
  const [firstDenied] = denied;
  const [firstOpen] = open;
  if (firstDenied !== undefined) {
    const who = list(denied);
    return fail(
      subject,
      `not by ${who}`,
      `${who} may not retrieve the password of '${account.name}': ${firstDenied.detail}.`,
    );
  }
  if (firstOpen !== undefined) {
    return unknown(
      subject,
      `Whether ${list(open)} may retrieve the password of '${account.name}' cannot be told: ${firstOpen.detail}.`,
      "it is granted to all of them",
      "it is not granted to one of them",
    );
  }
  if (answers.length === 0) {
    return unknown(
      subject,
      "The directory data holds no domain controller.",
      "every domain controller may retrieve the password",
      "one may not",
    );
  }
  return pass(
    subject,
    "by every domain controller",
    `Every domain controller may retrieve the password of '${account.name}'.`,
  );
}

function list(answers: readonly AccessAnswer[]): string {
  const names = answers.map(({ name }) => name);
  return names.length <= 6
    ? names.join(", ")
    : `${names.slice(0, 6).join(", ")} and ${names.length - 6} more`;
}
