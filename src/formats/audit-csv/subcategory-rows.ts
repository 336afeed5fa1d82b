import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt, Write } from "../../model/setting.ts";
import { auditSubcategoryKey } from "../../model/setting.ts";
import { readNumber } from "./classify-row.ts";

interface Row {
  readonly line: number;
  readonly quote: string;
  /** Null: unusable. */
  readonly value: number | null;
}

/** The system rows of one file by subcategory. */
export class SubcategoryRows {
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #rows = new Map<string, Row[]>();

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  add(guid: string, valueText: string, line: number, quote: string): void {
    const value = readAuditValue(valueText);
    if (value === null) this.#diagnostics.atLine("audit.value-unusable", line, quote);
    const rows = this.#rows.get(guid);
    if (rows === undefined) this.#rows.set(guid, [{ line, quote, value }]);
    else rows.push({ line, quote, value });
  }

  /**
   * One write for each subcategory. Windows skips a row that it cannot use, so another row counts; which of two
   * usable rows it takes is not documented, so the other value stays possible.
   */
  writes(doubt: Doubt | null): readonly Write[] {
    const writes: Write[] = [];
    for (const [guid, rows] of this.#rows) {
      const good = rows.filter((row) => row.value !== null);
      const last = good.at(-1) ?? rows.at(-1);
      if (last === undefined) continue;
      const { line, quote, value } = last;
      const base = { key: auditSubcategoryKey(guid), location: { path: this.#path, line }, quote, doubt };
      if (value === null) {
        writes.push({ ...base, action: "unusable" });
        continue;
      }
      const alternatives = new Set<number>();
      for (const row of good) if (row.value !== null && row.value !== value) alternatives.add(row.value);
      if (alternatives.size > 0) this.#diagnostics.atLine("audit.duplicate", line, quote);
      else if (good.length > 1) this.#diagnostics.atLine("audit.duplicate-equal", line, quote);
      writes.push({ ...base, action: "set", value, type: null, alternatives: [...alternatives] });
    }
    return writes;
  }
}

/** Setting Value of a system row (MS-GPAC 2.2.1.3.1): 0 as the editor uses it and 4 both mean no auditing. */
function readAuditValue(text: string): number | null {
  const number = readNumber(text);
  if (number === null || number > 4) return null;
  return number === 4 ? 0 : number;
}
