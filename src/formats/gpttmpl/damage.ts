import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt, GptPart, SettingKey } from "../../model/setting.ts";
import type { IniItem } from "../ini/read-ini.ts";
import type { KeyedRow } from "./keyed-rows.ts";

export type Row = Extract<IniItem, { kind: "row" }>;

/** What is wrong with one template, and which settings the rows that are wrong may have spoken of. */
export class Damage {
  readonly diagnostics: DiagnosticCollector;
  readonly #path: string;
  readonly #open = new Map<SettingKey, Doubt>();

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#path = path;
    this.diagnostics = diagnostics;
  }

  /** The first reason is enough: it already leaves everything below the prefix open. */
  open(prefix: SettingKey, doubt: Doubt): void {
    if (!this.#open.has(prefix)) this.#open.set(prefix, doubt);
  }

  /** A row that cannot be used, and of which settings it may have spoken. */
  fault(code: DiagnosticCode, row: Pick<Row, "text" | "line">, prefixes: readonly SettingKey[]): Doubt {
    this.diagnostics.atLine(code, row.line, row.text);
    const doubt = { code, text: `line ${row.line} of the template cannot be used as it stands` };
    for (const prefix of prefixes) this.open(prefix, doubt);
    return doubt;
  }

  frameOf({ line, text }: Row): Pick<KeyedRow, "location" | "quote"> {
    return { location: { path: this.#path, line }, quote: text };
  }

  prefixes(): GptPart["open"] {
    return [...this.#open].map(([keyPrefix, doubt]) => ({ keyPrefix, doubt }));
  }
}
