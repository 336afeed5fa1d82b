import { eventLogKey } from "../../model/event-logs.ts";
import type { Doubt, Write } from "../../model/setting.ts";
import { eventLogPrefix } from "../../model/setting.ts";
import type { KeyValue } from "../ini/split-row.ts";
import { parseInteger } from "../text/numbers.ts";
import type { Damage, Row } from "./damage.ts";
import { KeyedRows } from "./keyed-rows.ts";
import { isLogSizeKey, readLogSize } from "./log-size.ts";

/** Collects the rows of [System Log], [Security Log] and [Application Log]: how large each log may grow. */
export class LogSections {
  readonly #damage: Damage;
  readonly #rows = new KeyedRows();
  /** A value that Windows does not accept ends its reading of these sections (MS-GPSB 3.2.5.5). */
  #stop: Doubt | null = null;

  constructor(damage: Damage) {
    this.#damage = damage;
  }

  /** Whether the row was taken: of the settings of a log only its size is one. */
  add(row: Row, section: string, pair: KeyValue | null): boolean {
    if (pair === null) {
      this.#damage.fault("inf.row-malformed", row, [eventLogPrefix]);
      return true;
    }
    const key = isLogSizeKey(pair.key) ? eventLogKey(section.replace(/ log$/, "")) : null;
    const value = key === null ? parseInteger(pair.value) : readLogSize(pair.value);
    if (value === null) {
      this.#damage.diagnostics.atLine("inf.value-range", row.line, row.text);
      const text = `line ${row.line} of the template holds a number that Windows does not accept, or none`;
      this.#stop ??= { code: "inf.value-range", text };
    }
    if (key === null) return false;
    this.#rows.add({ key, type: null, value, alternatives: [], ...this.#damage.frameOf(row) });
    return true;
  }

  writes(fileDoubt: Doubt | null): readonly Write[] {
    return this.#rows.writes(fileDoubt ?? this.#stop, this.#damage.diagnostics);
  }
}
