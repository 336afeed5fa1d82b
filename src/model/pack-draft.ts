import type { Expectation, Severity } from "./requirement.ts";
import type { Location } from "./location.ts";
import type { SettingKey } from "./setting.ts";

/** A policy pack that is to be written: what stands in its file, and nothing that is worked out from data. */
export interface PackDraft {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly date: string;
  readonly source: string;
  readonly licence: string;
  readonly requirements: readonly RequirementDraft[];
}

export interface RequirementDraft {
  readonly id: string;
  readonly setting: string;
  readonly expect: Expectation;
  readonly severity: Severity;
}

/** Something of a source that did not become a requirement. */
export interface LeftOut {
  /** Null: not about one setting. */
  readonly key: SettingKey | null;
  /** For people. */
  readonly what: string;
  /** A clause without full stop. */
  readonly why: string;
  readonly location: Location | null;
}
