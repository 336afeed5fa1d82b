import type { SettingKey } from "./setting.ts";

export const severities = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof severities)[number];

/** What a requirement asks of a setting. */
export type Expectation =
  /** Audit value must have at least these bits: 1 success, 2 failure. */
  | { readonly operator: "audit-at-least"; readonly value: 1 | 2 | 3 }
  /** REG_DWORD must be one of these numbers. */
  | { readonly operator: "dword-any-of"; readonly values: readonly number[] };

/** One expectation of a policy pack, as loaded. */
export interface Requirement {
  /** `pack.name`: rule id everywhere (JSON, SARIF, HTML, docs). */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly setting: SettingKey;
  /** Human name of the setting, as GPMC shows it. */
  readonly settingName: string;
  readonly expect: Expectation;
  /** The expectation in words: "Success and Failure", "7 (Enable all)". */
  readonly expectText: string;
  readonly events: readonly { readonly id: number; readonly log: string; readonly gated: boolean }[];
  readonly rationale: string;
  readonly remediation: string;
  readonly source: string;
  readonly notes: string | null;
  /** Words for numbers: {"0": "Disable"}. */
  readonly scale: Readonly<Record<string, string>>;
}

export interface PolicyPack {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly date: string;
  readonly source: string;
  readonly sha256: string;
  readonly requirements: readonly Requirement[];
}
