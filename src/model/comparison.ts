import type { Guid } from "./gpo.ts";
import type { Severity } from "./requirement.ts";
import type { SettingKey, SettingValue } from "./setting.ts";
import type { Verdict } from "./verdict.ts";

/** What became of a finding between two results; what asks for action first. */
export const comparisonStates = [
  "reopened",
  "new",
  "lost",
  "changed",
  "resolved",
  "gone",
  "added",
  "unchanged",
] as const;

/**
 * `new`: a failure or an unknown that was not there, or that was none. `reopened`: a failure that an earlier result shows
 * resolved. `lost`: was decided and is unknown now. `changed`: another value, winner or requirement, or another verdict
 * that is no failure. `resolved`: failed, was waived or unknown, and is met now. `gone`: not examined any more, whatever
 * it was. `added`: was not examined before, and is no problem.
 */
export type ComparisonState = (typeof comparisonStates)[number];

/** What a finding can be against a baseline: what is gone has no finding. */
export type BaselineState = Exclude<ComparisonState, "gone">;

/** The document of `compare`. */
export interface Comparison {
  readonly schemaVersion: "1.0";
  readonly tool: { readonly name: "gpolint"; readonly version: string };
  /** In the order given. The last is compared with the one before; earlier ones tell what is reopened, and the trend. */
  readonly results: readonly ComparedResult[];
  /** What makes the results less comparable, one sentence each. */
  readonly warnings: readonly ComparisonWarning[];
  readonly summary: {
    readonly counts: Readonly<Record<ComparisonState, number>>;
    readonly failOn: Severity | "none";
    /** Why nobody can say that nothing is new; empty where the exit code is not 3 for it. */
    readonly incomplete: readonly string[];
    readonly exitCode: 0 | 1 | 3;
  };
  /** Every finding of the two results that are compared, each once. */
  readonly findings: readonly ComparedFinding[];
}

/** One result as a whole, always of the full scan. */
export interface ComparedResult {
  /** As typed. */
  readonly path: string;
  readonly sha256: string;
  /** When the scan was made; null for a deterministic one. */
  readonly startTime: string | null;
  readonly toolVersion: string;
  readonly policies: readonly { readonly name: string; readonly version: string; readonly sha256: string }[];
  readonly assumptions: readonly string[];
  /** Shows how it would be with proposals. */
  readonly whatIf: boolean;
  readonly targets: number;
  readonly findings: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly failures: Readonly<Record<Severity, number>>;
  readonly exitCode: 0 | 1 | 2 | 3;
}

export interface ComparisonWarning {
  readonly code: ComparisonWarningCode;
  readonly text: string;
}

export type ComparisonWarningCode =
  | "same-file"
  | "what-if"
  | "order"
  | "policy"
  | "tool-version"
  | "assumptions"
  | "no-directory"
  | "domains"
  | "targets"
  | "identity"
  | "sources"
  | "incomplete"
  | "duplicates";

export interface ComparedFinding {
  readonly fingerprint: string;
  readonly state: ComparisonState;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** DN, as the newer result has it; null where no directory data showed it. */
  readonly target: string | null;
  /** Name for people. */
  readonly targetName: string | null;
  readonly setting: SettingKey | null;
  /** Null where it was not examined. */
  readonly before: ComparedSide | null;
  readonly after: ComparedSide | null;
  /** What in the input made the difference, one sentence each; empty for what is unchanged, added or gone. */
  readonly causes: readonly string[];
  /** Why it is not examined any more; null for all that is. */
  readonly goneWith: "target" | "rule" | "evidence" | "other" | null;
}

/** A finding in one of the results, as far as a comparison shows it. */
export interface ComparedSide {
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly expected: string;
  readonly actual: SettingValue | null;
  readonly actualText: string;
  readonly gpo: Guid | null;
  readonly gpoName: string | null;
}

/** The result that a scan was held against. */
export interface RunBaseline {
  /** As typed, an absolute one from the root of the run. */
  readonly path: string;
  readonly sha256: string;
  readonly startTime: string | null;
  readonly toolVersion: string;
  readonly policies: ComparedResult["policies"];
  /** Findings by state. */
  readonly counts: Readonly<Record<ComparisonState, number>>;
}
