import type { LinkReason, LinkState } from "./effective.ts";
import type { ChainStep } from "./result.ts";
import type { SettingKey, SettingValue } from "./setting.ts";

/** The document of `effective`: the resultant policy of each target, no judgement. */
export interface EffectiveResult {
  readonly schemaVersion: "1.0";
  readonly targets: readonly EffectiveTarget[];
}

export interface EffectiveTarget {
  readonly dn: string;
  readonly name: string;
  readonly site: string | null;
  /** Directory data that is missing for it; each may change any value. */
  readonly gaps: readonly string[];
  readonly gpos: readonly {
    readonly guid: string;
    readonly domain: string;
    readonly name: string | null;
    readonly som: string;
    readonly linkOrder: number;
    readonly enforced: boolean;
    readonly state: LinkState;
    readonly reason: LinkReason | null;
    /** What exactly excludes it, or leaves it open, or makes what it writes doubtful. */
    readonly detail: string | null;
  }[];
  readonly settings: readonly {
    readonly key: SettingKey;
    readonly value: SettingValue;
    readonly certainty: "known" | "unknown";
    readonly gpo: string;
    readonly losers: readonly string[];
    /** Why the value is not certain; empty where it is. */
    readonly doubts: readonly string[];
  }[];
}

/** The document of `explain`: one setting on one target, and every candidate GPO in order. */
export interface Explanation {
  readonly schemaVersion: "1.0";
  readonly target: {
    readonly dn: string;
    readonly name: string;
    readonly site: string | null;
    readonly gaps: readonly string[];
  };
  readonly setting: { readonly key: SettingKey; readonly name: string };
  /** Value in the end, legacy and advanced audit merged; null where none or not certain. */
  readonly value: SettingValue | null;
  readonly certainty: "known" | "unknown";
  /** Every way it can end; one where it is certain. */
  readonly outcomes: readonly { readonly text: string; readonly because: string }[];
  /** Candidates, strongest first. */
  readonly chain: readonly ChainStep[];
  readonly notes: readonly string[];
}
