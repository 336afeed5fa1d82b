import type { Outcome } from "../model/effective.ts";
import type { Evidence, EvidenceKind } from "../model/evidence.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { SettingKey, SettingValue } from "../model/setting.ts";
import { eventLogSizePrefix, registryValuePrefix, userRightPrefix } from "../model/setting.ts";
import { outcomeText } from "../model/words.ts";
import { sameAccounts } from "./measured-accounts.ts";
import type { Reading } from "./measured-file.ts";
import { readFile } from "./measured-file.ts";
import { readLogSizes } from "./measured-log-size.ts";

/** What the computer itself says comes before what Group Policy gave it. */
const kindOrder: readonly EvidenceKind[] = [
  "auditpol csv",
  "registry export",
  "security template",
  "RSoP report",
];

/** What the files of one computer say of a setting: one reading for each file that speaks of it. */
export function listReadings(evidence: readonly Evidence[], key: SettingKey): readonly Reading[] {
  const readings = key.startsWith(eventLogSizePrefix)
    ? readLogSizes(evidence, key)
    : evidence.flatMap((item) => readFile(item, key) ?? []);
  return readings.toSorted((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || compare(a, b));
}

function compare({ location: a }: Reading, { location: b }: Reading): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
}

/**
 * Whether a reading is what an end of Group Policy leaves on the computer. Null: it cannot be told, or the end leaves the
 * setting to others.
 */
export function isEnd(key: SettingKey, { outcome: measured }: Reading, end: Outcome): boolean | null {
  if (measured === null || end.kind !== "value") return null;
  return measured.kind === "value" && isSame(key, measured, end);
}

type Value = Extract<Outcome, { readonly kind: "value" }>;

function isSame(key: SettingKey, a: Value, b: Value): boolean | null {
  const same = isSameValue(key, a.value, b.value);
  if (same !== true) return same;
  if (!key.startsWith(registryValuePrefix)) return true;
  // A REG_QWORD 7 is no REG_DWORD 7: Windows reads the type it expects, or nothing.
  return a.type === null || b.type === null ? null : a.type === b.type;
}

/** Whether two values are the same, types aside; null where names stand in both for accounts that nobody here knows. */
export function isSameValue(key: SettingKey, a: SettingValue, b: SettingValue): boolean | null {
  if (key.startsWith(userRightPrefix)) return sameAccounts(a, b);
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What keeps a usable reading from being held against an end, and what would settle it for `pass` and for `fail`. */
interface OpenPoint {
  readonly why: string;
  readonly same: string;
  readonly other: string;
}

export function openPoint(key: SettingKey): OpenPoint {
  return key.startsWith(userRightPrefix)
    ? {
        why: "only the domain or the computer can say whose accounts the names are",
        same: "the names are those of the same accounts",
        other: "the names are those of other accounts",
      }
    : {
        why: "the file does not name the registry type",
        same: "a measurement that names the registry type shows the same",
        other: "a measurement that names the registry type shows something else",
      };
}

/** Whether two files cannot both show what Group Policy configures. */
export function differ(key: SettingKey, a: Reading, b: Reading): boolean {
  if (a.outcome === null || b.outcome === null) return false;
  if (a.outcome.kind === "absent") return b.outcome.kind === "value";
  return isEnd(key, b, a.outcome) === false;
}

export function readingText(requirement: SettingRequirement, { outcome, problem }: Reading): string {
  if (outcome === null) return `cannot be used: ${problem ?? ""}`;
  return outcome.kind === "absent" ? "not there" : endText(requirement, outcome);
}

const typeNames = new Map([
  [1, "REG_SZ"],
  [2, "REG_EXPAND_SZ"],
  [3, "REG_BINARY"],
  [5, "REG_DWORD_BIG_ENDIAN"],
  [7, "REG_MULTI_SZ"],
  [11, "REG_QWORD"],
]);

/** An outcome in words, with its type where it is not the usual one: there two equal numbers differ. */
export function endText({ setting, scale }: SettingRequirement, outcome: Outcome): string {
  const text = outcomeText(setting, outcome, scale);
  if (outcome.kind !== "value" || outcome.type === null || outcome.type === 4) return text;
  if (!setting.startsWith(registryValuePrefix)) return text;
  return `${text} as ${typeNames.get(outcome.type) ?? `type ${outcome.type}`}`;
}
