import type { DataSource } from "./audit-data.ts";
import type { Guid } from "./gpo.ts";
import type { Location } from "./location.ts";
import type { Severity } from "./requirement.ts";
import type { SettingKey, SettingValue } from "./setting.ts";

/** Partly: some of it is written for sure, not all of it. */
export type Written = "yes" | "partly" | "no" | "unknown";

/** The document of `events`: what gates an event, who needs it, and whether each target will write it. */
export interface EventResult {
  readonly schemaVersion: "1.0";
  readonly event: number;
  readonly producers: readonly ProducerView[];
  readonly neededBy: readonly EventNeed[];
  readonly techniques: readonly {
    readonly subcategory: string;
    readonly techniques: readonly { readonly id: string; readonly rules: number }[];
  }[];
  /** Null where no files were given. */
  readonly targets: readonly EventTarget[] | null;
}

/** One way in which the event comes to be written: every gate must be open. */
export interface ProducerView {
  readonly log: string;
  readonly provider: string;
  readonly summary: string;
  readonly gates: readonly {
    readonly kind: "audit" | "registry" | "channel";
    readonly setting: SettingKey;
    readonly name: string;
    /** What opens it, in words: "success and failure", "7; for a part of it: 1, 3, 5". */
    readonly opens: string;
  }[];
  readonly condition: string | null;
  /** False: no public source says for sure that these are the gates. */
  readonly verified: boolean;
  readonly note: string | null;
  readonly source: Pick<DataSource, "title" | "url"> | null;
}

/** A requirement of a bundled pack that asks for the event. */
export interface EventNeed {
  readonly rule: string;
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  readonly setting: SettingKey | null;
  readonly gated: boolean;
  readonly detections: readonly string[];
}

export interface EventTarget {
  readonly dn: string;
  readonly name: string;
  readonly site: string | null;
  readonly gaps: readonly string[];
  readonly written: Written;
  /** Non-null: nothing can be written there, and why; there are no producers then. */
  readonly notApplicable: string | null;
  /** In the order of the producers of the event. */
  readonly producers: readonly TargetProducer[];
}

export interface TargetProducer {
  readonly log: string;
  readonly written: Written;
  /** Why it is not simply what the gates say; empty where it is. */
  readonly because: string;
  readonly gates: readonly TargetGate[];
  /** Maximum size of the log in KB as configured; null where no GPO does, or where it is not certain. */
  readonly logSize: number | null;
}

/** A gate as it ends on one target. */
export interface TargetGate {
  readonly setting: SettingKey;
  readonly name: string;
  readonly written: Written;
  /** Null where unknown or not configured. */
  readonly value: SettingValue | null;
  readonly valueText: string;
  readonly gpo: Guid | null;
  readonly gpoName: string | null;
  readonly location: Location | null;
  readonly quote: string | null;
  /** One clause each: how it may end otherwise, what is not visible. */
  readonly reasons: readonly string[];
}
