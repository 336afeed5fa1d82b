import type { Guid } from "./gpo.ts";
import type { Location } from "./location.ts";
import type { Doubt, SettingKey, SettingValue } from "./setting.ts";

export type LinkState = "applied" | "excluded" | "unknown";

/** Why a link does not apply, or may not; in the order in which the checks are made (public contract). */
export const linkReasons = [
  "link-disabled",
  "blocked",
  "missing",
  "functionality-version",
  "computer-settings-disabled",
  "no-extensions",
  "security-filtering",
  "empty",
  "wmi-filter",
] as const;
export type LinkReason = (typeof linkReasons)[number];

/** One link in the chain of a target: what `gpos` of `effective` lists. */
export interface Candidate {
  readonly guid: Guid;
  readonly domain: string;
  /** DN of the SOM that carries the link. */
  readonly som: string;
  readonly somKind: "site" | "domain" | "ou";
  readonly state: LinkState;
  readonly reason: LinkReason | null;
  /** One sentence for people: what exactly excludes it or leaves it open. */
  readonly detail: string | null;
  readonly displayName: string | null;
  readonly enforced: boolean;
  /** GPMC's number: 1 is the strongest link of its SOM. */
  readonly linkOrder: number;
  /** Applied, but Windows may treat it differently: what depends on this GPO is unknown. */
  readonly doubt: Doubt | null;
  /** Things worth knowing that change nothing: version drift, a file whose extension is not listed … */
  readonly notes: readonly string[];
  /** Line of the gPLink value. */
  readonly linkLocation: Location | null;
  /** GPT.INI of the GPO, where the export holds one. */
  readonly gptIni: Location | null;
  /** Index of the GPO in `TargetPolicy.order`, strongest first; null where it takes no part. */
  readonly rank: number | null;
}

/** What one GPO writes to one setting, as seen from the winner's side. */
export interface Writer {
  readonly guid: Guid;
  readonly domain: string;
  readonly displayName: string | null;
  readonly state: "applied" | "unknown";
  /** Value written; null where it removes the value or says nothing usable. */
  readonly value: SettingValue | null;
  readonly action: "set" | "set-if-absent" | "delete" | "unusable";
  readonly file: string;
  readonly location: Location;
  readonly quote: string;
  readonly doubt: Doubt | null;
}

/** One line of `settings` of `effective`. */
export interface EffectiveSetting {
  readonly key: SettingKey;
  readonly value: SettingValue;
  readonly type: number | null;
  readonly certainty: "known" | "unknown";
  /** Why the value is not certain; empty where it is. */
  readonly doubts: readonly Doubt[];
  /** GUID of the winner. */
  readonly gpo: Guid;
  readonly losers: readonly Guid[];
  readonly winner: Writer;
  /** Every writer in order, strongest first, the winner among them, undecided GPOs too. */
  readonly writers: readonly Writer[];
}

/**
 * One way the end of a setting can look like when everything undecided is decided.
 * `anything`: a GPO that cannot be seen may have written it.
 */
export type Outcome =
  | { readonly kind: "value"; readonly value: SettingValue; readonly type: number | null }
  | { readonly kind: "absent" }
  | { readonly kind: "anything" };

/** An outcome and one way to get there, for people. */
export interface PossibleOutcome {
  readonly outcome: Outcome;
  readonly because: string;
}

/** RSoP of one target. */
export interface TargetPolicy {
  readonly dn: string;
  readonly name: string;
  readonly domain: string;
  readonly sid: string | null;
  readonly role: "dc" | "rodc" | "member";
  readonly operatingSystem: string | null;
  readonly site: string | null;
  readonly location: Location;
  /** Directory data that is missing for this target; each may change any value. */
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly settings: readonly EffectiveSetting[];
}
