import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { TextLocation } from "../../model/location.ts";
import type { Doubt, SettingKey, SettingValue, Write } from "../../model/setting.ts";

/** One row that names a setting. */
export interface KeyedRow {
  readonly key: SettingKey;
  readonly type: number | null;
  /** Null: unusable. */
  readonly value: SettingValue | null;
  readonly alternatives: readonly SettingValue[];
  readonly location: TextLocation;
  readonly quote: string;
}

/**
 * The rows of one section by setting. What Windows does with a key that stands twice is not documented, so the last
 * row is taken and every other value stays possible; beside an unusable row it may not count at all.
 */
export class KeyedRows {
  readonly #rows = new Map<SettingKey, KeyedRow[]>();

  add(row: KeyedRow): void {
    const rows = this.#rows.get(row.key);
    if (rows === undefined) this.#rows.set(row.key, [row]);
    else rows.push(row);
  }

  /** One write for each setting, all with the same doubt. */
  writes(doubt: Doubt | null, diagnostics: DiagnosticCollector): readonly Write[] {
    const writes: Write[] = [];
    for (const rows of this.#rows.values()) {
      const last = rows.at(-1);
      if (last === undefined) continue;
      const { key, location, quote, type, value } = last;
      const others = rows.filter((row) => !sameValue(row, last));
      if (others.length > 0) diagnostics.atLine("inf.duplicate-key", location.line, quote);
      else if (rows.length > 1) diagnostics.atLine("inf.duplicate-equal", location.line, quote);

      const alternatives = distinct([...others.flatMap(readings), ...last.alternatives]);
      if (value === null) {
        writes.push({ action: "unusable", key, location, quote, doubt });
        continue;
      }
      const unsure = rows.some((row) => row.value === null) ? besideUnusable : null;
      writes.push({ action: "set", key, value, type, alternatives, location, quote, doubt: doubt ?? unsure });
    }
    return writes;
  }
}

const besideUnusable: Doubt = {
  code: "inf.duplicate-key",
  text: "the same key stands twice, once with an unusable value",
};

/** Everything that one row may mean. */
function readings(row: KeyedRow): readonly SettingValue[] {
  return row.value === null ? [] : [row.value, ...row.alternatives];
}

function distinct(values: readonly SettingValue[]): readonly SettingValue[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function sameValue(a: KeyedRow, b: KeyedRow): boolean {
  return a.type === b.type && JSON.stringify(a.value) === JSON.stringify(b.value);
}
