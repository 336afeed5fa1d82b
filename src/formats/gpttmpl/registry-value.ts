import type { SettingKey, SettingValue } from "../../model/setting.ts";
import { registryValueKey } from "../../model/setting.ts";
import type { KeyValue } from "../ini/split-row.ts";
import { quotesBalance, splitKeyValue, splitQuoted, unquote } from "../ini/split-row.ts";
import { toHex } from "../text/hex.ts";
import { maxUint32, parseInteger } from "../text/numbers.ts";

/** What one row of [Registry Values] says. */
export type RegistryRow =
  | { readonly kind: "value"; readonly key: SettingKey; readonly type: number; readonly value: RegistryData }
  | { readonly kind: "unusable"; readonly key: SettingKey }
  /** Below a root other than HKEY_LOCAL_MACHINE. */
  | { readonly kind: "other-root" }
  /** Which value is meant cannot be known. */
  | { readonly kind: "malformed" };

export interface RegistryData {
  readonly value: SettingValue;
  readonly alternatives: readonly SettingValue[];
  /** True for a negative number, read as Windows' unsigned one. */
  readonly wrapped: boolean;
}

/** `=`, a type number and a comma end the name; it may hold other equal signs (MS-GPSB 2.2.5). */
const typeMark = /=\s*\d+\s*,/y;

/** Splits `path=type,value`; where no type follows an equal sign, at the only `=` if there is one. */
export function splitRegistryRow(text: string): KeyValue | null {
  for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", at + 1)) {
    typeMark.lastIndex = at;
    if (typeMark.test(text)) return { key: unquote(text.slice(0, at)), value: text.slice(at + 1).trim() };
  }
  return text.indexOf("=") === text.lastIndexOf("=") ? splitKeyValue(text) : null;
}

/** Reads the two halves of a row of [Registry Values]. */
export function readRegistryRow(row: KeyValue): RegistryRow {
  const [root = "", ...parts] = row.key.split("\\");
  if (/^(users|classes_root)$/i.test(root)) return { kind: "other-root" };
  const name = parts.pop();
  if (!/^machine$/i.test(root) || name === undefined || parts.join("") === "") return { kind: "malformed" };

  const key = registryValueKey(parts.join("\\"), name);
  const comma = row.value.indexOf(",");
  if (comma < 0) return { kind: "unusable", key };
  const type = Number(row.value.slice(0, comma));
  const value = readData(type, row.value.slice(comma + 1).trim());
  return value === null ? { kind: "unusable", key } : { kind: "value", key, type, value };
}

function readData(type: number, text: string): RegistryData | null {
  switch (type) {
    case 1:
    case 2:
      return quotesBalance(text) ? certain(unquote(text)) : null;
    case 3:
      return readBinary(text);
    case 4:
      return readDword(text);
    case 7:
      return quotesBalance(text) ? certain(listItems(text)) : null;
    default:
      return null;
  }
}

function certain(value: SettingValue): RegistryData {
  return { value, alternatives: [], wrapped: false };
}

function listItems(text: string): readonly string[] {
  const items = [...splitQuoted(text)];
  while (items.at(-1) === "") items.pop();
  return items;
}

/** Bytes between commas. The specification does not say in which base: where that matters, both are possible. */
function readBinary(text: string): RegistryData | null {
  const items = text === "" ? [] : text.split(",").map((item) => item.trim());
  if (!items.every((item) => /^[0-9a-f]{1,2}$/i.test(item))) return null;
  const hex = toHex(Uint8Array.from(items, (item) => Number.parseInt(item, 16)));
  if (!items.every((item) => /^\d+$/.test(item))) return certain(hex);
  const decimal = toHex(Uint8Array.from(items, Number));
  return { ...certain(hex), alternatives: decimal === hex ? [] : [decimal] };
}

function readDword(text: string): RegistryData | null {
  const number = parseInteger(text);
  if (number === null || number > maxUint32 || number < -(2 ** 31)) return null;
  return { ...certain(number >>> 0), wrapped: number < 0 };
}
