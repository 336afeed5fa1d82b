import type { Doubt, Write } from "../../model/setting.ts";
import { userRightPrefix } from "../../model/setting.ts";
import { isUserRight, userRightKey } from "../../model/user-rights.ts";
import type { KeyValue } from "../ini/split-row.ts";
import { readAccounts } from "./accounts.ts";
import type { Damage, Row } from "./damage.ts";
import { KeyedRows } from "./keyed-rows.ts";

/** Collects the rows of [Privilege Rights]: who holds which user right. */
export class RightsSection {
  readonly #damage: Damage;
  readonly #rows = new KeyedRows();

  constructor(damage: Damage) {
    this.#damage = damage;
  }

  add(row: Row, pair: KeyValue | null): void {
    if (pair === null || !isUserRight(pair.key)) {
      this.#damage.fault("inf.row-malformed", row, [userRightPrefix]);
      return;
    }
    const key = userRightKey(pair.key);
    const accounts = readAccounts(pair.value);
    if (accounts === null) this.#damage.diagnostics.atLine("inf.value-unusable", row.line, row.text);
    if (!row.closed) {
      // Whoever stood behind the last account cannot be told from nobody.
      const text = `the template ends in line ${row.line} without a line end, so the list may be cut`;
      this.#damage.open(key, { code: "inf.truncated", text });
    }
    const frame = this.#damage.frameOf(row);
    this.#rows.add({ key, type: null, value: null, alternatives: [], ...accounts, ...frame });
  }

  writes(fileDoubt: Doubt | null): readonly Write[] {
    return this.#rows.writes(fileDoubt, this.#damage.diagnostics);
  }
}
