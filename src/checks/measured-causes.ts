import type { Decision } from "../model/effective.ts";
import type { SettingKey } from "../model/setting.ts";
import {
  auditSubcategoryPrefix,
  eventLogPrefix,
  eventLogSizePrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../model/setting.ts";
import { gpoText, legacyText } from "../model/words.ts";
import type { Reading } from "./measured-file.ts";
import { isSameValue } from "./measured-reading.ts";

/** What may make a computer differ from what Group Policy configures: likeliest first, one clause each. */
export function likelyCauses(reading: Reading, decision: Decision, meetsMore: boolean): readonly string[] {
  const causes =
    reading.kind === "RSoP report"
      ? [staleReport, hiddenGpo(reading, decision)]
      : [
          legacyCause(reading, decision),
          pendingRefresh,
          hasMore(reading, decision, meetsMore) ? sensorCause(decision.key) : null,
          localCause(decision.key),
          hiddenGpo(reading, decision),
        ];
  return causes.filter((cause) => cause !== null);
}

const staleReport =
  "the report shows what was applied when it was made, and what changed since is not in it (gpupdate /force, then gpresult /x again)";
const pendingRefresh =
  "pending refresh: the policy changed after the measurement, or the computer has not applied it yet (gpupdate /force, then measure again)";
/** What sets it on the computer itself. */
function localCause(key: SettingKey): string {
  if (isAuditKey(key))
    return "local policy, or a program that sets it by itself (auditpol /set, local security policy)";
  if (key.startsWith(userRightPrefix))
    return "local policy, or a program that grants the right by itself (so does services.msc for the account of a service)";
  if (key.startsWith(eventLogSizePrefix) || key.startsWith(eventLogPrefix))
    return "somebody or a program that set the size on the computer itself (Event Viewer, wevtutil sl)";
  return "local policy, or a program or script that writes the value by itself";
}

/** The sensor writes audit policy and registry values, and neither grants rights nor changes the size of logs. */
function sensorCause(key: SettingKey): string | null {
  const what = isAuditKey(key) ? "audit policy" : key.startsWith(registryValuePrefix) ? "such values" : null;
  if (what === null) return null;
  return `a Defender for Identity sensor of version 3 with automatic auditing, which writes ${what} by itself`;
}

/** [Event Audit] against subcategories; null where no GPO has a value that could meet or miss this subcategory. */
export function legacyCause({ outcome }: Reading, decision: Decision): string | null {
  const { key, legacy, via, writers } = decision;
  if (!isAuditKey(key) || outcome?.kind !== "value") return null;
  const writer = writers.find(({ kind, value }) => kind === "GptTmpl.inf" && value === outcome.value);
  if (writer !== undefined) {
    const option =
      legacy === "silenced"
        ? "SCENoApplyLegacyAuditPolicy = 1, which prevents that, may not have reached the computer"
        : "only SCENoApplyLegacyAuditPolicy = 1 prevents that";
    return `legacy override: it has what [Event Audit] of GPO ${gpoText(writer)} sets for its whole category, and ${option}`;
  }
  if (via === "legacy") {
    return "legacy override that does not happen: Windows ignores [Event Audit] where SCENoApplyLegacyAuditPolicy is 1 on the computer";
  }
  // What is silenced cannot be the cause, unless the value tells so.
  const open = legacy === "open" ? legacyText(legacy) : null;
  return open === null ? null : `legacy override: ${open}`;
}

function hiddenGpo({ outcome }: Reading, { key, writers, undelivered }: Decision): string | null {
  if (outcome?.kind !== "value") return null;
  const known = [...writers, ...undelivered].some(
    ({ value }) => value !== null && isSameValue(key, value, outcome.value) !== false,
  );
  return known ? null : "a GPO that the data does not show (gpresult /h on the computer names the winner)";
}

function hasMore({ outcome }: Reading, { key, outcomes }: Decision, meetsMore: boolean): boolean {
  if (outcome?.kind !== "value") return false;
  return isAuditKey(key)
    ? outcomes.every(({ outcome: end }) => end.kind === "value" && isSuperset(outcome.value, end.value))
    : meetsMore;
}

function isAuditKey(key: SettingKey): boolean {
  return key.startsWith(auditSubcategoryPrefix);
}

function isSuperset(measured: unknown, configured: unknown): boolean {
  if (typeof measured !== "number" || typeof configured !== "number") return false;
  return measured !== configured && (measured & configured) === configured;
}
