import type { EvidenceKind } from "./evidence.ts";
import type { Guid } from "./gpo.ts";
import type { TextLocation } from "./location.ts";
import type { SettingKey, SettingValue } from "./setting.ts";
import type { Verdict } from "./verdict.ts";

export const changes = ["worse", "better", "other", "same"] as const;
/**
 * What a proposal does to one verdict. "worse" is a regression: a verdict that falls (pass, unknown, fail in this order),
 * or a failure that loses a part of what it had. "better": the reverse, but only where it is proven. "other": the rest of
 * what changes.
 */
export type Change = (typeof changes)[number];

/** How a finding stood before the proposals. */
export interface FindingBefore {
  readonly change: Change;
  readonly verdict: Verdict;
  /** As in `Finding`. */
  readonly actual: SettingValue | null;
  readonly actualText: string;
  readonly gpo: Guid | null;
  readonly gpoName: string | null;
}

/** What proposals change; only with `--overlay`. */
export interface WhatIf {
  readonly proposals: readonly ResultProposal[];
  /** Findings by change. */
  readonly changes: Readonly<Record<Change, number>>;
}

/** One proposed GPO and what becomes of it. */
export interface ResultProposal {
  readonly guid: Guid;
  /** Domain that it is judged in; null where it is unplaced. */
  readonly domain: string | null;
  readonly displayName: string | null;
  /** Reported path of its folder or file. */
  readonly path: string;
  readonly source: "sysvol" | "backup" | "report";
  readonly state: "replaces" | "linked" | "unplaced";
  /** DN of the SOM, with the link order there, that it is judged as if linked to; null where it keeps its own links. */
  readonly link: { readonly som: string; readonly linkOrder: number; readonly enforced: boolean } | null;
  readonly notes: readonly string[];
  /** What it sets of what the packs ask about, without effect. */
  readonly withoutEffect: readonly WithoutEffect[];
}

export interface WithoutEffect {
  readonly rule: string;
  readonly setting: SettingKey;
  /** Value it writes, in words. */
  readonly value: string;
  /** Why it does not count: "sets Success and loses to ...". One clause without a full stop. */
  readonly text: string;
  /** DNs of the targets on which it has no effect. */
  readonly targets: readonly string[];
}

/** What one evidence file says of the setting of a finding, held against what Group Policy configures. */
export interface FindingMeasured {
  readonly kind: EvidenceKind;
  /** Null: measured as not there, or not usable. */
  readonly value: SettingValue | null;
  /** In words: "Success", "not there", "cannot be used: ...". */
  readonly text: string;
  /** Whether the measured value meets the requirement. */
  readonly verdict: "pass" | "fail" | "unknown";
  /** Whether it is what Group Policy configures; null where that cannot be told, or where no GPO configures anything. */
  readonly agrees: boolean | null;
  readonly location: TextLocation;
  /** Null where the file shows the setting by not having it. */
  readonly quote: string | null;
  /** Likely causes of a disagreement, the likeliest first; one clause each. */
  readonly causes: readonly string[];
}
