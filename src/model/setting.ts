import type { Location } from "./location.ts";

/** Stable, lower-case key of one setting: see the "Setting keys" of the public contract. */
export type SettingKey = string;

/** Audit: 0 none, 1 success, 2 failure, 3 both. Registry: number, string or list of strings. */
export type SettingValue = number | string | readonly string[];

export const auditSubcategoryPrefix = "audit-subcategory/";
export const auditCategoryPrefix = "audit-category/";
export const registryValuePrefix = "registry-value/";
/** `[Privilege Rights]`: the value is a list of SIDs (or of names that the file does not resolve). */
export const userRightPrefix = "user-right/";
/** `[Security Log]` and its like: `event-log/security/maximumlogsize`, in KB. */
export const eventLogPrefix = "event-log/";
/** Not in any file: `event-log-size/security` is what its three places come to, in KB. */
export const eventLogSizePrefix = "event-log-size/";

/** Key of an advanced audit subcategory; `guid` lower case without braces. */
export function auditSubcategoryKey(guid: string): SettingKey {
  return auditSubcategoryPrefix + guid.toLowerCase();
}

/** Key of a legacy `[Event Audit]` category, from its name in GptTmpl.inf. */
export function auditCategoryKey(name: string): SettingKey {
  return auditCategoryPrefix + name.toLowerCase();
}

/**
 * Key of a machine registry value; `key` without hive. Windows compares registry names without case, so does this.
 * An empty `name` is the default value and leaves a trailing backslash.
 */
export function registryValueKey(key: string, name: string): SettingKey {
  return `${registryValuePrefix}machine\\${key}\\${name}`.toLowerCase();
}

/** The option that makes the security extension ignore `[Event Audit]` (MS-GPSB 3.2.5.6). */
export const sceNoApplyLegacyKey = registryValueKey(
  "system\\currentcontrolset\\control\\lsa",
  "scenoapplylegacyauditpolicy",
);

/** Why a row, a file or a whole GPO cannot be trusted to do what it says. */
export interface Doubt {
  readonly code: string;
  /** One sentence without a full stop, for people. */
  readonly text: string;
  /**
   * True where a filter picks the computers that take the row: it is printed as the value only where nothing else
   * writes the setting.
   */
  readonly selective?: boolean;
}

/**
 * What one row does to one setting.
 *
 * - `set`: writes `value`; `alternatives` holds every other value the row may stand for (a duplicate row, say).
 * - `set-if-absent`: writes only where nothing is there yet (`**soft.`, Preferences "create").
 * - `delete`: removes the value.
 * - `delete-values`: removes every value directly below `keyPrefix`.
 * - `delete-keys`: removes every value anywhere below `keyPrefix`.
 */
export type Write =
  | (WriteBase & {
      readonly action: "set" | "set-if-absent";
      readonly key: SettingKey;
      readonly value: SettingValue;
      /** Registry type number for registry values, null otherwise. */
      readonly type: number | null;
      readonly alternatives: readonly SettingValue[];
    })
  | (WriteBase & { readonly action: "delete"; readonly key: SettingKey })
  | (WriteBase & {
      readonly action: "delete-values" | "delete-keys";
      /** Setting key of the registry key, with a trailing backslash. */
      readonly keyPrefix: SettingKey;
    })
  /** A row for this key that says nothing usable: the setting may be anything. */
  | (WriteBase & { readonly action: "unusable"; readonly key: SettingKey });

interface WriteBase {
  readonly location: Location;
  /** The row as it stands in the file (decoded, trimmed), to be quoted as evidence. */
  readonly quote: string;
  /** Non-null: the row may have no effect at all on a DC. */
  readonly doubt: Doubt | null;
}

/** The client-side extension that carries a part, in the order in which Windows runs them (MS-GPOL 3.2.1.24). */
export const partKinds = ["registry.pol", "GptTmpl.inf", "GPP Registry.xml", "audit.csv"] as const;
export type PartKind = (typeof partKinds)[number];

/** What one file kind of a GPT says about settings, top to bottom. */
export interface GptPart {
  readonly kind: PartKind;
  readonly paths: readonly string[];
  readonly writes: readonly Write[];
  /** Key prefixes of which a lost or unreadable piece of this part may hold anything; the reason. */
  readonly open: readonly { readonly keyPrefix: SettingKey; readonly doubt: Doubt }[];
  /** True where the file could not be read at all: for registry.pol that aborts the whole pass (MS-GPREG 3.2.5.1.2). */
  readonly unreadable: boolean;
}
