import type { SourceFile, TextLocation } from "./location.ts";
import type { Doubt, SettingKey, SettingValue } from "./setting.ts";

/**
 * What wrote the file: `auditpol /backup` or `auditpol /get /r`, `secedit /export`, `reg export`, `gpresult /x`. The names
 * are those that such files have among the inputs.
 */
export type EvidenceKind = "auditpol csv" | "security template" | "registry export" | "RSoP report";

/** One setting as a computer had it. */
export interface Measurement {
  /** Null: the file speaks of the setting, but what it says cannot be used; `doubt` says why. */
  readonly value: SettingValue | null;
  /** Registry type number; null where the file names none. */
  readonly type: number | null;
  /** Null exactly where `value` is not. */
  readonly doubt: Doubt | null;
  readonly location: TextLocation;
  /** The row as it stands in the file, trimmed. */
  readonly quote: string;
}

/**
 * What one file says that a computer measured of itself. A setting that is not in it was not measured, with one exception:
 * a registry value below one of `listedKeys` was looked for, and is not there.
 */
export interface MeasuredState {
  /** Null: the file is of none of the kinds. */
  readonly kind: EvidenceKind | null;
  /** The computer's name as the file has it; only auditpol writes one. */
  readonly host: string | null;
  readonly settings: ReadonlyMap<SettingKey, Measurement>;
  /** Registry keys of which every value is listed, as prefixes of setting keys with a trailing backslash. */
  readonly listedKeys: ReadonlySet<SettingKey>;
  /** False: a part of the file is lost or cannot be used. */
  readonly complete: boolean;
}

/** One evidence file, and whose it is. */
export interface Evidence {
  /** As the user or the file names it; null: nobody does, so it is evidence of nothing yet. */
  readonly host: string | null;
  readonly file: Omit<SourceFile, "kind"> & { readonly kind: EvidenceKind | null };
  readonly state: MeasuredState;
}
