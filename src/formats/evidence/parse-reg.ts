import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { TextLocation } from "../../model/location.ts";
import type { SettingKey } from "../../model/setting.ts";
import { registryValueKey } from "../../model/setting.ts";
import { decodeText } from "../text/decode.ts";
import type { EvidenceDocument } from "./evidence-document.ts";
import { Measurements, unusable } from "./measurements.ts";
import { readRegData, unescapeReg } from "./reg-data.ts";
import type { RegRow } from "./reg-rows.ts";
import { readRegRows } from "./reg-rows.ts";

type Row<K extends RegRow["kind"]> = Extract<RegRow, { readonly kind: K }>;

/** Reads what `reg export` or regedit wrote: `Windows Registry Editor Version 5.00` or `REGEDIT4`. */
export function parseReg(bytes: Uint8Array, path: string): EvidenceDocument {
  const diagnostics = new DiagnosticCollector(path);
  const { text, encoding, bom, lossy, hadNul } = decodeText(bytes, diagnostics);
  const reader = new RegReader(path, diagnostics);
  for (const row of readRegRows(text, diagnostics)) reader.add(row);
  const { settings, listedKeys, complete } = reader;
  const intact = !lossy && !hadNul;
  return {
    encoding,
    bom,
    diagnostics: diagnostics.items,
    state: {
      kind: "registry export",
      host: null,
      settings: intact ? settings : new Map(),
      listedKeys: intact ? listedKeys : new Set(),
      complete: intact && complete,
    },
  };
}

/** Collects the values of one file. */
class RegReader {
  readonly listedKeys = new Set<SettingKey>();
  complete = true;
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #measurements: Measurements;
  /** Keys with a row that cannot be used: it may have been any of their values. */
  readonly #spoiled = new Set<SettingKey>();
  /** Below HKEY_LOCAL_MACHINE; null: elsewhere. Undefined: no key yet. */
  #key: string | null | undefined;
  #unicode = true;

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.#measurements = new Measurements(diagnostics);
  }

  get settings(): Measurements["settings"] {
    return this.#measurements.settings;
  }

  add(row: RegRow): void {
    switch (row.kind) {
      case "header":
        this.#unicode = row.unicode;
        break;
      case "key":
        this.#addKey(row);
        break;
      case "value":
        this.#addValue(row);
        break;
      case "blank":
        this.#closeKey();
        break;
      case "malformed":
        this.#fault("reg.row-malformed", row);
        break;
      case "cut":
        this.#fault("reg.truncated", row);
        break;
      case "limit":
        this.complete = false;
        break;
    }
  }

  #addKey(row: Row<"key">): void {
    const [, below] = /^HKEY_LOCAL_MACHINE\\(.+)$/i.exec(row.path) ?? [];
    this.#key = below ?? null;
    if (row.deletion) this.#fault("reg.deletion", row);
  }

  /** Both programs write an empty line behind each key: only with it is the list of values known to be whole. */
  #closeKey(): void {
    if (typeof this.#key !== "string") return;
    const prefix = registryValueKey(this.#key, "");
    if (!this.#spoiled.has(prefix)) this.listedKeys.add(prefix);
  }

  #addValue(row: Row<"value">): void {
    if (this.#key === undefined) this.#fault("reg.row-outside", row);
    if (typeof this.#key !== "string") return;
    this.listedKeys.delete(registryValueKey(this.#key, ""));
    const key = registryValueKey(this.#key, unescapeReg(row.name));
    const location: TextLocation = { path: this.#path, line: row.line };
    const data = readRegData(row.data, this.#unicode);
    if (data.kind === "value") {
      const { value, type } = data;
      this.#measurements.add(key, { value, type, doubt: null, location, quote: row.text });
      return;
    }
    const code = data.kind === "deletion" ? "reg.deletion" : "reg.value";
    this.#diagnostics.atLine(code, row.line, row.text);
    const text = `line ${row.line} of the registry export holds no usable value`;
    this.#measurements.add(key, unusable({ code, text }, location, row.text));
    this.complete = false;
  }

  #fault(code: DiagnosticCode, row: RegRow): void {
    this.#diagnostics.atLine(code, row.line, row.text);
    this.complete = false;
    if (typeof this.#key !== "string") return;
    const prefix = registryValueKey(this.#key, "");
    this.#spoiled.add(prefix);
    this.listedKeys.delete(prefix);
  }
}
