import type { KdsKey, ReadinessInput, ReadinessOutcome, Subject } from "../../model/readiness.ts";
import type { Check } from "./outcome.ts";
import { fail, noClock, nobody, objectSubject, pass, timeText, unknown } from "./outcome.ts";

/** For so long after its start time domain controllers may still hold a new key back, until all of them have it. */
const convergence = 10 * 3_600_000;

/** Domain controllers derive the passwords of group managed accounts from a root key that is in force (MS-GKDI 3.1.4.1). */
export const kdsRootKey: Check = (input) => {
  const { keys, container } = input.facts.kds;
  const [first] = [...keys].sort(byStart);
  const place = container ?? first;
  const subject = {
    ...(place === undefined ? nobody("") : objectSubject(place)),
    name: "KDS root keys",
    identity: "kds root keys",
  };
  return [first === undefined ? judgeEmpty(input, subject) : judgeFirst(first, input, subject)];
};

/** `first` is the key that is in force soonest. */
function judgeFirst(first: KdsKey, input: ReadinessInput, place: Subject): ReadinessOutcome {
  const subject = { ...place, location: first.location };
  const { now } = input;
  const start = first.startTime;
  if (typeof start !== "number") {
    const text = "The start time of no KDS root key could be read.";
    return unknown(subject, text, "one of them is in force", "none is in force yet");
  }
  const since = timeText(start);
  if (now === null) return unknown(subject, `${noClock}.`, `it is later than ${since}`, "it is earlier");
  if (start <= now - convergence)
    return pass(subject, "in force", `A KDS root key has been in force since ${since}.`);
  if (start <= now) {
    const text = `The first KDS root key began at ${since}: domain controllers hold a new key back for up to ten hours.`;
    return unknown(subject, text, "every domain controller uses the key already", "one of them still waits");
  }
  const unread = input.facts.kds.keys.some(({ startTime }) => typeof startTime !== "number");
  if (unread || input.mayLackObjects) {
    const text = `The first KDS root key that can be read begins at ${since}, and others may be older.`;
    return unknown(subject, text, "an older key is in force", "there is no older key");
  }
  return fail(subject, `begins at ${since}`, `No KDS root key is in force before ${since}.`);
}

function judgeEmpty(input: ReadinessInput, subject: Subject): ReadinessOutcome {
  const { container, readByAdministrator } = input.facts.kds;
  if (container !== null && readByAdministrator && !input.mayLackObjects)
    return fail(subject, "no key", "The forest has no KDS root key.");
  const why =
    container === null
      ? "The container of the KDS root keys is not in the directory data."
      : "No KDS root key is in the directory data; by default only Enterprise Admins may read them.";
  const passes = "there is a key in force that the account may not read, or that was not exported";
  return unknown(subject, why, passes, "there is no key");
}

/** Keys without a readable start time come last. */
function byStart({ startTime: a }: KdsKey, { startTime: b }: KdsKey): number {
  const last = Number.MAX_SAFE_INTEGER;
  return (typeof a === "number" ? a : last) - (typeof b === "number" ? b : last);
}
