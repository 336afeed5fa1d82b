import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { TextLocation } from "../../model/location.ts";
import type { Doubt, GptPart, SettingKey, Write } from "../../model/setting.ts";
import { registryValueKey, registryValuePrefix } from "../../model/setting.ts";
import { KeyedRows } from "../gpttmpl/keyed-rows.ts";
import { readDirective } from "../preg/directives.ts";
import { registryType } from "../preg/record-value.ts";

/** One `ComputerConfig` as it stands; a piece that is missing is null. */
export interface RegistryRow {
  readonly key: string | null;
  readonly name: string;
  readonly type: string;
  readonly data: string;
  readonly line: number;
}

const types: Readonly<Record<string, number>> = {
  REG_NONE: registryType.none,
  REG_SZ: registryType.string,
  REG_EXPAND_SZ: registryType.expandString,
  REG_BINARY: registryType.binary,
  REG_DWORD: registryType.dword,
  REG_DWORD_BIG_ENDIAN: registryType.dwordBigEndian,
  REG_LINK: registryType.link,
  REG_MULTI_SZ: registryType.multiString,
  REG_QWORD: registryType.qword,
};

/** Collects the registry values that the computer side of one policy writes. */
export class RegistryRows {
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #values = new KeyedRows();
  readonly #others: Write[] = [];
  readonly #open: { readonly keyPrefix: SettingKey; readonly doubt: Doubt }[] = [];

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  add(row: RegistryRow): void {
    const path = row.key === null ? "" : plainKey(row.key);
    const quote = `${path}\\${row.name} = ${row.type} ${row.data}`;
    if (path === "") {
      this.#fault(row, quote, registryValuePrefix);
      return;
    }
    const base = {
      location: { path: this.#path, line: row.line } satisfies TextLocation,
      quote,
      doubt: null,
    };
    // The names that registry.pol gives a meaning to stand in these files as they are.
    const own = new DiagnosticCollector(this.#path);
    const directive = readDirective(asRecord(path, row), path, own);
    if (own.items.length > 0) this.#diagnostics.atLine("rules.row", row.line, quote);
    switch (directive.kind) {
      case "set":
        this.#values.add({
          key: registryValueKey(path, directive.name),
          ...this.#valueOf(row, quote),
          ...base,
        });
        break;
      case "set-if-absent": {
        const key = registryValueKey(path, directive.name);
        const { type, value } = this.#valueOf(row, quote);
        if (value === null) this.#others.push({ ...base, action: "unusable", key });
        else this.#others.push({ ...base, action: "set-if-absent", key, type, value, alternatives: [] });
        break;
      }
      case "delete":
        for (const key of directive.keys) this.#others.push({ ...base, action: "delete", key });
        break;
      case "delete-values":
        this.#others.push({ ...base, action: "delete-values", keyPrefix: directive.keyPrefix });
        break;
      case "delete-keys":
        for (const keyPrefix of directive.keyPrefixes) {
          this.#others.push({ ...base, action: "delete-keys", keyPrefix });
        }
        break;
      case "unreadable":
        this.#fault(row, quote, directive.keyPrefix);
        break;
      case "nothing":
        break;
    }
  }

  part(): GptPart | null {
    // In a file of rules nothing says whether a deletion comes before a value or after it: here deletions come first.
    const writes = [...this.#others, ...this.#values.writes(null, this.#diagnostics)];
    if (writes.length === 0 && this.#open.length === 0) return null;
    return { kind: "registry.pol", paths: [this.#path], writes, open: this.#open, unreadable: false };
  }

  #fault(row: RegistryRow, quote: string, keyPrefix: SettingKey): void {
    this.#diagnostics.atLine("rules.row", row.line, quote);
    const text = `the registry row in line ${row.line} cannot be used as it stands`;
    this.#open.push({ keyPrefix, doubt: { code: "rules.row", text } });
  }

  #valueOf(row: RegistryRow, quote: string) {
    const type = types[row.type.trim().toUpperCase()] ?? null;
    const value = type === registryType.dword ? readDword(row.data) : type === null ? null : row.data;
    if (value === null) this.#diagnostics.atLine("rules.row", row.line, quote);
    return { type, value, alternatives: [] };
  }
}

/** Below HKEY_LOCAL_MACHINE, no backslash at either end. */
function plainKey(key: string): string {
  return key
    .trim()
    .replace(/^\\+|\\+$/g, "")
    .replace(/^(?:HKLM:?|HKEY_LOCAL_MACHINE|MACHINE)\\/i, "");
}

function readDword(text: string): number | null {
  const digits = text.trim();
  if (!/^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(digits)) return null;
  const number = Number(digits);
  return number <= 0xffffffff ? number : null;
}

function asRecord(key: string, { name, type, data }: RegistryRow) {
  const number = types[type.trim().toUpperCase()] ?? registryType.none;
  const units = Uint16Array.from({ length: data.length }, (_, index) => data.charCodeAt(index));
  return { offset: 0, length: 0, key, name, type: number, data: new Uint8Array(units.buffer) };
}
