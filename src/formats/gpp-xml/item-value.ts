import type { SettingValue } from "../../model/setting.ts";
import { safeNumber } from "../preg/record-value.ts";
import type { XmlElement } from "./xml-tree.ts";

export interface ItemValue {
  readonly value: SettingValue;
  /** Registry type number. */
  readonly type: number;
  /** True for a number that a person may have meant as decimal. */
  readonly ambiguous: boolean;
}

/** The value in the properties of a registry item; null where it does not fit its type. */
export function itemValue(properties: XmlElement): ItemValue | null {
  const text = properties.attributes.get("value") ?? "";
  switch (properties.attributes.get("type")) {
    case "REG_SZ":
      return { value: text, type: 1, ambiguous: false };
    case "REG_EXPAND_SZ":
      return { value: text, type: 2, ambiguous: false };
    case "REG_BINARY":
      return /^([0-9a-f]{2})*$/i.test(text) ? { value: text.toLowerCase(), type: 3, ambiguous: false } : null;
    case "REG_DWORD":
      return hexNumber(properties, text, 4, 8);
    case "REG_MULTI_SZ":
      return listValue(properties, text);
    case "REG_QWORD":
      return hexNumber(properties, text, 11, 16);
    default:
      return null;
  }
}

/** Numbers are hexadecimal text, eight digits as the editor writes them, whatever `displayDecimal` says. */
function hexNumber(properties: XmlElement, text: string, type: number, digits: number): ItemValue | null {
  const match = /^\s*(0x)?([0-9a-f]+)\s*$/i.exec(text);
  const hex = match?.[2] ?? "";
  if (hex === "" || hex.replace(/^0+/, "").length > digits) return null;
  const decimalLook =
    properties.attributes.get("displayDecimal") === "1" && hex.length < 8 && /^\d{2,}$/.test(hex);
  return { value: safeNumber(BigInt(`0x${hex}`)), type, ambiguous: decimalLook };
}

function listValue(properties: XmlElement, text: string): ItemValue | null {
  const values = properties.children.find((child) => child.name === "Values");
  if (values === undefined) return text === "" ? { value: [], type: 7, ambiguous: false } : null;
  const items = values.children.filter((child) => child.name === "Value").map((child) => child.text);
  return { value: items, type: 7, ambiguous: false };
}
