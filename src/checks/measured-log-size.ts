import type { Evidence } from "../model/evidence.ts";
import type { LogSizePlace } from "../model/event-logs.ts";
import { asLogSize, logSizePlaces } from "../model/event-logs.ts";
import type { SettingKey } from "../model/setting.ts";
import { settingName } from "../model/setting-names.ts";
import type { Reading } from "./measured-file.ts";
import { readFile } from "./measured-file.ts";

/** What one file shows of the places behind the size of a log; null: that place it does not show. */
interface Shown {
  /** Comes before `kept` wherever it has a value. */
  readonly policy: Reading | null;
  /** What the event log service keeps. */
  readonly kept: Reading | null;
}

/**
 * The size of an event log as the files of one computer show it, with the precedence and the units of Group Policy. One
 * file may show the policy key and another one what is kept without a policy.
 */
export function readLogSizes(evidence: readonly Evidence[], key: SettingKey): readonly Reading[] {
  const places = logSizePlaces(key);
  const files = evidence.map((item): Shown => {
    const kept = [places.service, places.template].flatMap((place) => readPlace(item, place) ?? []);
    return { policy: readPlace(item, places.policy), kept: agreed(kept) };
  });
  if (places.policy === null) return files.flatMap(({ kept }) => kept ?? []);
  const policies = files.flatMap(({ policy }) => policy ?? []);
  const mayBeKept = policies.some(isAbsent);
  const isKeptShown = files.some(
    ({ policy, kept }) => kept !== null && (policy === null || isAbsent(policy)),
  );
  const policyName = settingName(places.policy.key);
  const serviceName = settingName(places.service.key);
  return files.flatMap(({ policy, kept }) => {
    if (policy !== null && !isAbsent(policy)) return [policy];
    if (kept !== null) {
      if (policies.length === 0)
        return [unusable(kept, `no file shows whether ${policyName} comes before it`)];
      return mayBeKept ? [kept] : [];
    }
    if (policy === null || isKeptShown) return [];
    return [unusable(policy, `${policyName} is not there, and no file shows ${serviceName}`)];
  });
}

function readPlace(item: Evidence, place: LogSizePlace | null): Reading | null {
  const reading = place === null ? null : readFile(item, place.key);
  if (place === null || reading?.outcome?.kind !== "value") return reading;
  const { location, quote, outcome } = reading;
  const row = { key: place.key, location, quote: quote ?? "", doubt: null };
  const size = asLogSize(place, { ...row, ...outcome, action: "set", alternatives: [] });
  if (size.action !== "set") return unusable(reading, "it is no REG_DWORD");
  return { ...reading, outcome: { kind: "value", value: size.value, type: null } };
}

/** Two names of one place must show the same. */
function agreed(kept: readonly Reading[]): Reading | null {
  const [first, ...others] = kept;
  if (first === undefined) return null;
  const differs = others.some(({ outcome }) => JSON.stringify(outcome) !== JSON.stringify(first.outcome));
  return differs ? unusable(first, "the file shows it twice with different values") : first;
}

function isAbsent({ outcome }: Reading): boolean {
  return outcome?.kind === "absent";
}

function unusable(reading: Reading, problem: string): Reading {
  return { ...reading, outcome: null, problem };
}
