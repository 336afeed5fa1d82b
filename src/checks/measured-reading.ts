import type { Outcome } from "../model/effective.ts";
import type { Evidence, EvidenceKind } from "../model/evidence.ts";
import type { TextLocation } from "../model/location.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { SettingKey } from "../model/setting.ts";
import { registryValuePrefix } from "../model/setting.ts";
import { outcomeText } from "../model/words.ts";

/** What one evidence file says of one setting. */
export interface Reading {
  readonly kind: EvidenceKind;
  /** What the computer had; null: it cannot be used, and `problem` says why. */
  readonly outcome: Exclude<Outcome, { readonly kind: "anything" }> | null;
  readonly problem: string | null;
  readonly location: TextLocation;
  readonly quote: string | null;
}

/** What the computer itself says comes before what Group Policy gave it. */
const kindOrder: readonly EvidenceKind[] = [
  "auditpol csv",
  "registry export",
  "security template",
  "RSoP report",
];

/** What the files of one computer say of a setting: one reading for each file that speaks of it. */
export function listReadings(evidence: readonly Evidence[], key: SettingKey): readonly Reading[] {
  return evidence
    .flatMap((item) => readOne(item, key) ?? [])
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || compare(a, b));
}

function compare({ location: a }: Reading, { location: b }: Reading): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
}

function readOne({ file, state }: Evidence, key: SettingKey): Reading | null {
  const { kind } = state;
  if (kind === null) return null;
  const measured = state.settings.get(key);
  if (measured === undefined) {
    if (!state.listedKeys.has(key.slice(0, key.lastIndexOf("\\") + 1))) return null;
    const location = { path: file.path, line: 1 };
    return { kind, outcome: { kind: "absent" }, problem: null, location, quote: null };
  }
  const { value, type, doubt, location, quote } = measured;
  const where = { kind, location, quote: quote === "" ? null : quote };
  return value === null || doubt !== null
    ? { ...where, outcome: null, problem: doubt?.text ?? "it holds no usable value" }
    : { ...where, outcome: { kind: "value", value, type }, problem: null };
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
  if (JSON.stringify(a.value) !== JSON.stringify(b.value)) return false;
  if (!key.startsWith(registryValuePrefix)) return true;
  // A REG_QWORD 7 is no REG_DWORD 7: Windows reads the type it expects, or nothing.
  return a.type === null || b.type === null ? null : a.type === b.type;
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
