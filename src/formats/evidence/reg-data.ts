import type { SettingValue } from "../../model/setting.ts";
import { registryType, safeNumber } from "../preg/record-value.ts";
import { utf16Of } from "../preg/utf16.ts";
import { toHex } from "../text/hex.ts";

/** What stands behind the equal sign of a value in a .reg file. */
export type RegData =
  | { readonly kind: "value"; readonly type: number; readonly value: SettingValue }
  | { readonly kind: "deletion" }
  | { readonly kind: "unusable" };

const unusable: RegData = { kind: "unusable" };

/** @param unicode Strings in hexadecimal data are UTF-16; false in files of REGEDIT4, where they are 8-bit text. */
export function readRegData(text: string, unicode: boolean): RegData {
  if (text === "-") return { kind: "deletion" };
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return { kind: "value", type: registryType.string, value: unescapeReg(quoted) };
  const number = /^dword:([0-9a-f]{1,8})$/i.exec(text)?.[1];
  if (number !== undefined)
    return { kind: "value", type: registryType.dword, value: Number.parseInt(number, 16) };
  const hex = /^hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,\s]*)$/i.exec(text);
  const data = hex === null ? null : readBytes(hex[2] ?? "");
  if (hex === null || data === null) return unusable;
  const type = hex[1] === undefined ? registryType.binary : Number.parseInt(hex[1], 16);
  const value = readValue(type, data, unicode);
  return value === null ? unusable : { kind: "value", type, value };
}

/** Only the quotation mark and the backslash are escaped. */
export function unescapeReg(text: string): string {
  return text.replace(/\\(["\\])/g, "$1");
}

function readBytes(list: string): Uint8Array | null {
  const items = list.replace(/\s/g, "").split(",");
  if (items.at(-1) === "") items.pop();
  if (!items.every((item) => /^[0-9a-f]{1,2}$/i.test(item))) return null;
  return Uint8Array.from(items, (item) => Number.parseInt(item, 16));
}

/** Null: the data does not fit the type. Types without a meaning here stay hexadecimal. */
function readValue(type: number, data: Uint8Array, unicode: boolean): SettingValue | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (type) {
    case registryType.string:
    case registryType.expandString:
      return textOf(data, unicode)?.replace(/\0.*$/s, "") ?? null;
    case registryType.multiString: {
      const items = textOf(data, unicode)?.split("\0");
      while (items?.at(-1) === "") items.pop();
      return items ?? null;
    }
    case registryType.dword:
      return data.length === 4 ? view.getUint32(0, true) : null;
    case registryType.dwordBigEndian:
      return data.length === 4 ? view.getUint32(0, false) : null;
    case registryType.qword:
      return data.length === 8 ? safeNumber(view.getBigUint64(0, true)) : null;
    default:
      return toHex(data);
  }
}

function textOf(data: Uint8Array, unicode: boolean): string | null {
  if (!unicode) return new TextDecoder("windows-1252").decode(data);
  return data.length % 2 === 0 ? utf16Of(data) : null;
}
