import type { BaselineState, RunBaseline } from "./comparison.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Candidate } from "./effective.ts";
import type { Guid } from "./gpo.ts";
import type { Location, SourceFile } from "./location.ts";
import type { PackOrigin, Severity } from "./requirement.ts";
import type { SettingKey, SettingValue } from "./setting.ts";
import type { RunSource } from "./source.ts";
import type { Verdict } from "./verdict.ts";
import type { FindingWaiver, RunWaivers, WaiverRegister } from "./waiver.ts";
import type { FindingBefore, FindingMeasured, WhatIf } from "./what-if.ts";

export { verdicts } from "./verdict.ts";
export type { Verdict } from "./verdict.ts";

/** The one document that reporters receive and `--format json` prints. Described by policies/schema/result.schema.json. */
export interface ScanResult {
  readonly schemaVersion: "1.0";
  readonly run: Run;
  readonly coverage: Coverage;
  readonly targets: readonly ResultTarget[];
  readonly summary: Summary;
  readonly rules: readonly ResultRule[];
  readonly findings: readonly Finding[];
  /** What each GPO contains, whether or not it applies anywhere: all there is to say without directory data. */
  readonly gpos: readonly GpoContent[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null without proposals. Where they are given, everything else in the document is how it stands with them. */
  readonly whatIf: WhatIf | null;
  /** The register of accepted deviations; null where none was given. */
  readonly waivers: WaiverRegister | null;
}

export interface Run {
  readonly tool: { readonly name: "gpolint"; readonly version: string };
  /** ISO 8601 UTC; null with --deterministic. */
  readonly startTime: string | null;
  /** The command line without anything secret, as typed; null with --deterministic. */
  readonly command: string | null;
  readonly sources: readonly RunSource[];
  readonly inputs: readonly RunInput[];
  readonly policies: readonly {
    readonly name: string;
    readonly title: string;
    readonly version: string;
    readonly date: string;
    readonly source: string;
    readonly sha256: string;
    /** The packs that it extends; left out where it extends none. */
    readonly inherits?: readonly PackOrigin[];
  }[];
  /** Doubts settled by hand with --assume, as typed. */
  readonly assumptions: readonly string[];
  /** Registers of waivers, in the order given. */
  readonly waivers: readonly RunWaivers[];
  readonly failOn: Severity | "none";
  /** True: only what the proposals make worse fails the gate. */
  readonly failOnRegression: boolean;
  /** The earlier result that this one was held against; null without any. */
  readonly baseline: RunBaseline | null;
  /** True: only failures that the baseline does not have fail the gate. */
  readonly failOnNew: boolean;
}

export interface RunInput extends SourceFile {
  /** True where the file took part in a verdict: a GPO in some target's chain, or the directory. */
  readonly mattered: boolean;
}

export interface Coverage {
  /** What was examined: one sentence each. */
  readonly examined: readonly string[];
  /** What was not examined, and why; non-empty wherever a verdict is unknown. */
  readonly gaps: readonly CoverageGap[];
  /** What no file can show: one sentence each (local policy, replication of other DCs …). */
  readonly limits: readonly string[];
}

export interface CoverageGap {
  readonly code: string;
  readonly text: string;
  /** What to do about it, in lines; an indented line is a command to run. */
  readonly remedy: string | null;
  /** DNs of the targets it touches; empty: all. */
  readonly targets: readonly string[];
}

export interface ResultTarget {
  readonly dn: string;
  readonly name: string;
  readonly domain: string;
  readonly sid: string | null;
  readonly role: "dc" | "rodc" | "member";
  readonly operatingSystem: string | null;
  readonly site: string | null;
  readonly location: Location;
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
  /** Non-null: requirements do not apply to this object, and why. */
  readonly notApplicable: string | null;
  /** Every link in the chain, strongest first. */
  readonly gpos: readonly Candidate[];
  readonly counts: Readonly<Record<Verdict, number>>;
}

export interface Summary {
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Failures by severity. */
  readonly failures: Readonly<Record<Severity, number>>;
  readonly exitCode: 0 | 1 | 2 | 3;
}

/** A requirement that was evaluated; reporters need nothing else about it. */
export interface ResultRule {
  readonly id: string;
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  /** Null where the rule asks about the directory and not about a setting. */
  readonly setting: SettingKey | null;
  readonly settingName: string;
  readonly expected: string;
  readonly events: readonly { readonly id: number; readonly log: string; readonly gated: boolean }[];
  readonly rationale: string;
  readonly remediation: string;
  readonly source: string;
  readonly notes: string | null;
  /** The policy pack lets nobody waive it; left out where it may be waived. */
  readonly nonWaivable?: true;
}

export interface Finding {
  /** Hash of rule, domain, target SID (name where unknown) and setting key. */
  readonly fingerprint: string;
  /** Id of a rule in `rules`. */
  readonly rule: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** DN of the computer, or of the object that the rule is about; null where no directory data shows it. */
  readonly target: string | null;
  readonly setting: SettingKey | null;
  /** Expectation in words. */
  readonly expected: string;
  /** Value that the target will have; null where unknown or not configured. */
  readonly actual: SettingValue | null;
  /** `actual` in words: "Success", "not configured", "unknown". */
  readonly actualText: string;
  /** GUID of the winner; null where there is none. */
  readonly gpo: Guid | null;
  readonly gpoName: string | null;
  /** The row to blame (or to thank); null where nothing in any file decides. */
  readonly location: Location | null;
  /** The row as it stands in the file. */
  readonly quote: string | null;
  readonly assumptions: readonly string[];
  /** The candidates in order, strongest first. */
  readonly chain: readonly ChainStep[];
  /** For `unknown`: two ways to complete the missing knowledge that give different verdicts. */
  readonly ways: readonly string[];
  /** One or two sentences; the first can stand alone. No braces (SARIF messages). */
  readonly message: string;
  /** What to change, in which GPO. */
  readonly fix: string | null;
  /** How it stood before the proposals; null without any, and where the target was not there. */
  readonly before: FindingBefore | null;
  /** What the target measured of itself; empty without evidence that speaks of the setting. */
  readonly measured: readonly FindingMeasured[];
  /** What is lost with a failing audit requirement; null where nothing is, or not for certain. */
  readonly loss: FindingLoss | null;
  /** The waiver that fits this failure, whether it holds or not; null where none does. */
  readonly waiver: FindingWaiver | null;
  /** What became of it since the baseline; null without any. */
  readonly baseline: BaselineState | null;
}

/** Events that a setting holds back, and what goes unseen with them. */
export interface FindingLoss {
  readonly events: readonly number[];
  /** Those of `events` of which some are still written: only success or only failure, say. */
  readonly partly: readonly number[];
  /** What no longer sees anything, as the requirement names it; one phrase each. */
  readonly detections: readonly string[];
  /** ATT&CK techniques that rules look for in these events, the most looked for first; at most ten. */
  readonly techniques: readonly string[];
  /** False: no GPO configures the setting, so that local policy, which is not visible, may still write them. */
  readonly certain: boolean;
}

/** One candidate as this finding sees it. */
export interface ChainStep {
  readonly guid: Guid;
  readonly domain: string;
  readonly displayName: string | null;
  readonly som: string;
  readonly enforced: boolean;
  readonly state: "applied" | "excluded" | "unknown";
  readonly reason: string | null;
  readonly role: "winner" | "loser" | "may-win" | "silent" | "excluded";
  /** Value it writes, in words; null where it writes none. */
  readonly value: string | null;
  /** One sentence: why it wins, loses or does not apply. */
  readonly text: string;
  /** Row in the policy file, else the gPLink line. */
  readonly location: Location | null;
  readonly quote: string | null;
}

/** What one GPO contains, by itself: never what it would deliver. */
export interface GpoContent {
  readonly guid: Guid;
  readonly domain: string | null;
  readonly displayName: string | null;
  readonly path: string;
  readonly source: "sysvol" | "backup" | "report";
  /** When its source was made, as written; null where it does not say. */
  readonly asOf: string | null;
  /** Where its source shows it linked as of then: canonical names, each with what is special about the link. */
  readonly linkedAsOf: readonly string[];
  /** What cannot be delivered wherever it is linked, and what its source leaves open; one sentence each. */
  readonly notes: readonly string[];
  readonly settings: readonly {
    readonly rule: string;
    readonly value: string;
    readonly location: Location;
  }[];
}
