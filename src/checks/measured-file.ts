import type { Outcome } from "../model/effective.ts";
import type { Evidence, EvidenceKind } from "../model/evidence.ts";
import type { TextLocation } from "../model/location.ts";
import type { SettingKey } from "../model/setting.ts";

/** What one evidence file says of one setting. */
export interface Reading {
  readonly kind: EvidenceKind;
  /** What the computer had; null: it cannot be used, and `problem` says why. */
  readonly outcome: Exclude<Outcome, { readonly kind: "anything" }> | null;
  readonly problem: string | null;
  readonly location: TextLocation;
  readonly quote: string | null;
}

/** What a file says of a setting that stands in files under its own key; null: it does not speak of it. */
export function readFile({ file, state }: Evidence, key: SettingKey): Reading | null {
  const { kind } = state;
  if (kind === null) return null;
  const measured = state.settings.get(key);
  if (measured === undefined) {
    if (!state.listedKeys.has(key.slice(0, key.lastIndexOf("\\") + 1))) return null;
    const location = { path: file.path, line: 1 };
    return { kind, outcome: { kind: "absent" }, problem: null, location, quote: null };
  }
  const { value, type, doubt, location, quote } = measured;
  const where = { kind, location, quote: quote === "" ? null : quote };
  return value === null || doubt !== null
    ? { ...where, outcome: null, problem: doubt?.text ?? "it holds no usable value" }
    : { ...where, outcome: { kind: "value", value, type }, problem: null };
}
