import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { GptPart, SettingKey, Write } from "../../model/setting.ts";
import { registryValueKey } from "../../model/setting.ts";
import { readDirective } from "./directives.ts";
import type { PregRecord } from "./read-records.ts";
import { quoteDirective, quoteRecord, recordValue, registryType } from "./record-value.ts";
import { normalizeKey } from "./registry-key.ts";
import { wellFormed } from "./utf16.ts";

/** Turns the records of one file into writes, top to bottom: Windows replays them in that order. */
export class WriteBuilder {
  readonly writes: Write[] = [];
  readonly open: { readonly keyPrefix: SettingKey; readonly doubt: GptPart["open"][number]["doubt"] }[] = [];
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #seen = new Set<SettingKey>();

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  add(record: PregRecord): void {
    const { key, name, offset } = record;
    if (wellFormed(key) !== key || wellFormed(name) !== name) {
      this.#diagnostics.atOffset("preg.lone-surrogate", offset, wellFormed(`${key}\\${name}`));
    }
    const normalized = normalizeKey(key, offset, this.#diagnostics);
    // Type 0 without name and data only creates the key: how Windows writes an empty key.
    const createsKey = record.type === registryType.none && name === "" && record.data.length === 0;
    if (normalized === null || createsKey) return;

    const directive = readDirective(record, normalized.path, this.#diagnostics);
    const base = { location: this.#location(record), doubt: normalized.doubt };
    switch (directive.kind) {
      case "set":
      case "set-if-absent":
        this.#addValue(record, directive.kind, registryValueKey(normalized.path, directive.name), base);
        break;
      case "delete":
        for (const target of directive.keys) {
          this.writes.push({ ...base, action: "delete", key: target, quote: quoteDirective(record) });
        }
        break;
      case "delete-values":
        this.#addDeletion(record, "delete-values", [directive.keyPrefix], base);
        break;
      case "delete-keys":
        this.#addDeletion(record, "delete-keys", directive.keyPrefixes, base);
        break;
      case "unreadable":
        this.open.push({
          keyPrefix: directive.keyPrefix,
          doubt: { code: "preg.directive-data", text: `what ${name} deletes cannot be read` },
        });
        break;
      case "nothing":
        break;
    }
  }

  #addValue(
    record: PregRecord,
    action: "set" | "set-if-absent",
    key: SettingKey,
    base: Pick<Write, "location" | "doubt">,
  ): void {
    const value = recordValue(record, this.#diagnostics);
    const quote = quoteRecord(record, value);
    if (this.#seen.has(key)) this.#diagnostics.atOffset("preg.duplicate", record.offset, quote);
    this.#seen.add(key);
    if (value === null) this.writes.push({ ...base, action: "unusable", key, quote });
    else this.writes.push({ ...base, action, key, value, type: record.type, alternatives: [], quote });
  }

  #addDeletion(
    record: PregRecord,
    action: "delete-values" | "delete-keys",
    keyPrefixes: readonly SettingKey[],
    base: Pick<Write, "location" | "doubt">,
  ): void {
    const quote = quoteDirective(record);
    for (const keyPrefix of keyPrefixes) this.writes.push({ ...base, action, keyPrefix, quote });
  }

  #location(record: PregRecord): Write["location"] {
    return { path: this.#path, byteOffset: record.offset, byteLength: record.length };
  }
}
