/**
 * Shape of the files in policies/data. They are compiled in when the sources are generated, so the compiler checks them
 * against these types.
 */

/** Keys of the legacy categories in `[Event Audit]` (MS-GPSB 2.2.4). */
export const auditCategories = [
  "AuditSystemEvents",
  "AuditLogonEvents",
  "AuditObjectAccess",
  "AuditPrivilegeUse",
  "AuditProcessTracking",
  "AuditPolicyChange",
  "AuditAccountManage",
  "AuditDSAccess",
  "AuditAccountLogon",
] as const;
export type AuditCategory = (typeof auditCategories)[number];

interface DataFile {
  readonly title: string;
  readonly licence: string;
  readonly sources: readonly DataSource[];
}

export interface DataSource {
  readonly id: string;
  readonly title: string;
  /** Null where it is no page but what a computer says of itself. */
  readonly url: string | null;
}

/** policies/data/audit-subcategories.json */
export interface SubcategoryData extends DataFile {
  readonly categories: readonly {
    readonly key: AuditCategory;
    readonly guid: string;
    readonly names: Names;
  }[];
  readonly subcategories: readonly {
    readonly guid: string;
    readonly category: AuditCategory;
    readonly names: Names;
    /** Other English names. */
    readonly aliases: readonly string[];
    /** What the Group Policy editor calls it. */
    readonly editorName: string;
    readonly failureEvents: "documented" | "none" | "undocumented";
    readonly source: string;
  }[];
}

interface Names {
  readonly en: string;
  readonly de?: string;
  readonly fr?: string;
  readonly es?: string;
}

/** Which outcomes of an act an event records; where no document says so, none is assumed. */
export type AuditSide = "success" | "failure" | "both" | "undocumented";

/** What must be so beside the settings, and cannot be seen in them. */
export type ConditionId = "sacl" | "ca-audit-filter" | "adfs-audit-level" | "nps-role";

/** An event that a subcategory writes. */
export interface SubcategoryEvent {
  readonly id: number;
  readonly on: AuditSide;
  readonly summary: string;
  /** False: written whatever the subcategory says. */
  readonly gated?: false;
  /** GUIDs of subcategories that must be on for success as well. */
  readonly alsoNeeds?: readonly string[];
  readonly condition?: ConditionId;
  readonly provider?: string;
  readonly note?: string;
  /** Where it is another than the pages of the subcategories. */
  readonly source?: string;
}

/** A registry value that decides about an event. A number in none of the lists is not documented. */
export interface RegistryGate {
  readonly setting: string;
  /** What the Group Policy editor calls it, where it does. */
  readonly name: string;
  readonly written: readonly number[];
  /** First and last of a range that writes it. */
  readonly writtenBetween?: readonly number[];
  /** Written for some of what it is about. */
  readonly partly: readonly number[];
  readonly off: readonly number[];
  /** What Windows does without the value. */
  readonly absent: string;
}

/** An event that no subcategory decides about. */
export interface OtherEvent {
  readonly id: number;
  readonly log: string;
  readonly provider: string;
  readonly summary: string;
  /** Null: nothing silences it. */
  readonly gate: RegistryGate | null;
  /** False: sources contradict each other, or none says it outright. */
  readonly verified?: false;
  readonly note?: string;
  readonly source: string;
}

/** policies/data/audit-events.json */
export interface EventData extends DataFile {
  readonly conditions: readonly { readonly id: ConditionId; readonly text: string }[];
  /** Channel: null for the classic logs, which cannot be switched off. */
  readonly logs: readonly {
    readonly log: string;
    readonly channel: null | { readonly enabledByDefault: boolean };
  }[];
  readonly subcategories: readonly {
    readonly subcategory: string;
    readonly name: string;
    readonly events: readonly SubcategoryEvent[];
  }[];
  readonly elsewhere: readonly OtherEvent[];
  /** Events of the provider that no page names: the subcategory and the side are a guess. */
  readonly undocumented: readonly {
    readonly id: number;
    readonly subcategory: string | null;
    readonly on: "success" | "failure" | null;
  }[];
}

/** policies/data/attack-techniques.json */
export interface TechniqueData extends DataFile {
  readonly subcategories: readonly {
    readonly subcategory: string;
    readonly name: string;
    /** How many rules read its events. */
    readonly rules: number;
    /** Technique to the number of rules for it. */
    readonly techniques: Readonly<Record<string, number>>;
    readonly note?: string;
  }[];
}
