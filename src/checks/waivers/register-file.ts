import type { Severity } from "../../model/requirement.ts";
import type { WaiverScope, WaiverType } from "../../model/waiver.ts";

/** A register as it stands in its file: what policies/schema/waivers.schema.json allows. */
export interface RegisterFile {
  readonly schemaVersion: 1;
  readonly maxLifeDays?: number;
  readonly waivers: readonly WaiverInFile[];
}

export interface WaiverInFile {
  readonly id: string;
  readonly rule: string;
  readonly broad?: boolean;
  readonly scope: Partial<Record<keyof WaiverScope, string>>;
  readonly type?: WaiverType;
  readonly justification: string;
  readonly owner?: string;
  readonly approvedBy: string;
  readonly approvedOn?: string;
  readonly expires: string;
  readonly ticket?: string;
  readonly maxSeverity?: Severity;
}

/** Order in which a new entry is written. */
export const waiverFields = [
  "id",
  "rule",
  "broad",
  "scope",
  "type",
  "justification",
  "owner",
  "approvedBy",
  "approvedOn",
  "expires",
  "ticket",
  "maxSeverity",
] as const satisfies readonly (keyof WaiverInFile)[];
