import { domainOfDn } from "../../model/dn.ts";
import type {
  AccountFacts,
  ControllerFacts,
  ReadinessInput,
  ReadinessOutcome,
  SecuredObject,
  Subject,
} from "../../model/readiness.ts";
import type { ReadinessTest } from "../../model/requirement.ts";

/** A check in code: everything it says about the objects that it asks about, at least one outcome. */
export type Check = (input: ReadinessInput) => readonly ReadinessOutcome[];

/** A check that a policy pack gives parameters to. */
export type CheckWith<Name extends ReadinessTest["check"]> = (
  parameters: Extract<ReadinessTest, { readonly check: Name; readonly parameters: unknown }>["parameters"],
  input: ReadinessInput,
) => readonly ReadinessOutcome[];

export function pass(subject: Subject, actual: string, text: string): ReadinessOutcome {
  return { subject, verdict: "pass", actual, text };
}

export function fail(subject: Subject, actual: string, text: string): ReadinessOutcome {
  return { subject, verdict: "fail", actual, text };
}

/** `passes` and `fails` complete the missing knowledge in two ways: the proof that the verdict is open. */
export function unknown(subject: Subject, text: string, passes: string, fails: string): ReadinessOutcome {
  return { subject, verdict: "unknown", text, passes, fails };
}

export function notApplicable(subject: Subject, text: string): ReadinessOutcome {
  return { subject, verdict: "not-applicable", text };
}

/** A subject that no object in the data stands for. */
export function nobody(name: string, location: Subject["location"] = null): Subject {
  return { dn: null, name, domain: "", identity: name.toLowerCase(), location };
}

export function accountSubject({ dn, name, domain, sid, location }: AccountFacts): Subject {
  return { dn, name, domain, identity: sid ?? name.toLowerCase(), location };
}

export function controllerSubject({ dn, name, domain, sid, location }: ControllerFacts): Subject {
  return { dn, name, domain, identity: sid ?? name, location };
}

export function objectSubject({ dn, location }: Pick<SecuredObject, "dn" | "location">): Subject {
  return { dn, name: dn, domain: domainOfDn(dn), identity: dn.toLowerCase(), location };
}

/** A moment for people: "2026-11-25 14:30 UTC". */
export function timeText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export const noClock = "The run has no clock: give the moment to judge by with --as-of";

export const day = 86_400_000;
