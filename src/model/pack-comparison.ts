import type { Severity } from "./requirement.ts";
import type { SettingKey } from "./setting.ts";

/**
 * How what two packs ask of one thing relates. `a-stricter`: whoever meets A meets B; `both`: neither is enough for the
 * other, and something meets both; `conflict`: nothing meets both.
 */
export const packRelations = [
  "conflict",
  "both",
  "a-stricter",
  "b-stricter",
  "only-a",
  "only-b",
  "same",
] as const;
export type PackRelation = (typeof packRelations)[number];

/** What two packs ask of one setting, each with all its requirements on it. */
export interface PackRow {
  /** Null for a question to the directory. */
  readonly setting: SettingKey | null;
  readonly settingName: string;
  readonly relation: PackRelation;
  readonly a: readonly ComparedRule[];
  readonly b: readonly ComparedRule[];
}

export interface ComparedRule {
  readonly id: string;
  readonly expected: string;
  readonly severity: Severity;
}

export interface PackComparison {
  readonly a: ComparedPack;
  readonly b: ComparedPack;
  readonly rows: readonly PackRow[];
}

export interface ComparedPack {
  readonly name: string;
  readonly version: string;
  readonly title: string;
}
