import type { Guid } from "./gpo.ts";
import type { Location } from "./location.ts";
import type { Doubt, PartKind, SettingKey, SettingValue } from "./setting.ts";

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
  /** GUID of the WMI filter that decides, without braces; null where none is set or its reference is malformed. */
  readonly wmiFilter: string | null;
  /** Things worth knowing that change nothing: version drift, a file whose extension is not listed … */
  readonly notes: readonly string[];
  /** Line of the gPLink value. */
  readonly linkLocation: Location | null;
  /** GPT.INI of the GPO, where the export holds one. */
  readonly gptIni: Location | null;
  /** Folder of the GPO in the export; null where it is not there. */
  readonly gptPath: string | null;
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
  readonly kind: PartKind;
  readonly location: Location;
  readonly quote: string;
  readonly doubt: Doubt | null;
}

/** One line of `settings` of `effective`. */
export interface EffectiveSetting {
  readonly key: SettingKey;
  readonly value: SettingValue;
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
 * `anything`: a GPO, a link or a piece of a file that cannot be seen may have written it.
 */
export type Outcome =
  | { readonly kind: "value"; readonly value: SettingValue; readonly type: number | null }
  | { readonly kind: "absent" }
  | { readonly kind: "anything" };

/** An outcome and one way to get there, for people. */
export interface PossibleOutcome {
  readonly outcome: Outcome;
  /** "if GPO 'X' applies": a clause without full stop; empty where what can be read says so by itself. */
  readonly because: string;
}

/** How a setting ends on one target, legacy and advanced audit merged: what a requirement is judged by. */
export interface Decision {
  readonly key: SettingKey;
  /** Every possible end, each once; exactly one where nothing is in doubt. */
  readonly outcomes: readonly [PossibleOutcome, ...PossibleOutcome[]];
  /** The row that decides if nothing undecided interferes; null where no applied GPO writes the setting. */
  readonly winner: Writer | null;
  /** What decides: a row for the setting itself, its legacy category, or the clearing that comes with audit.csv (MS-GPAC). */
  readonly via: "setting" | "legacy" | "cleared" | "nothing";
  /** Every writer of the setting or of its legacy category, strongest first, undecided GPOs too. */
  readonly writers: readonly Writer[];
  /** Rows that Windows never reads, because the GPO does not list the extension that would. */
  readonly undelivered: readonly Writer[];
  /** What becomes of `[Event Audit]` values for this setting; null where no applied GPO has one. */
  readonly legacy: "counts" | "silenced" | "open" | null;
  /** Why the value is not certain; empty where it is. */
  readonly doubts: readonly Doubt[];
  /** True things a reader should know: a legacy value that is ignored, a zero row that hides a stronger-looking one … */
  readonly notes: readonly string[];
}

/** Directory data that is missing for a target; it may change any value. */
export interface TargetGap {
  readonly code: "no-sites" | "som-missing" | "site-ambiguous" | "links-damaged" | "directory-damaged";
  readonly text: string;
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
  readonly gaps: readonly TargetGap[];
  readonly notes: readonly string[];
  /** Non-null: no host stands behind the object, and why that is clear. */
  readonly hostless: string | null;
  readonly candidates: readonly Candidate[];
}
