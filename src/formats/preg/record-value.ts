import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { SettingValue } from "../../model/setting.ts";
import { toHex } from "../text/hex.ts";
import type { PregRecord } from "./read-records.ts";
import { utf16Of, wellFormed } from "./utf16.ts";

/** Registry types of MS-GPREG 2.2.1 by number; others occur and are kept raw. */
export const registryType = {
  none: 0,
  string: 1,
  expandString: 2,
  binary: 3,
  dword: 4,
  dwordBigEndian: 5,
  link: 6,
  multiString: 7,
  qword: 11,
} as const;

const typeNames = new Map<number, string>([
  [registryType.none, "REG_NONE"],
  [registryType.string, "REG_SZ"],
  [registryType.expandString, "REG_EXPAND_SZ"],
  [registryType.binary, "REG_BINARY"],
  [registryType.dword, "REG_DWORD"],
  [registryType.dwordBigEndian, "REG_DWORD_BIG_ENDIAN"],
  [registryType.link, "REG_LINK"],
  [registryType.multiString, "REG_MULTI_SZ"],
  [registryType.qword, "REG_QWORD"],
]);

/** The value that a record writes; null where its data does not fit its type. */
export function recordValue(record: PregRecord, diagnostics: DiagnosticCollector): SettingValue | null {
  const { data, type, offset } = record;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (type) {
    case registryType.string:
    case registryType.expandString:
      return stringValue(record, diagnostics);
    case registryType.multiString:
      return multiStringValue(record, diagnostics);
    case registryType.dword:
      return sized(record, 4, diagnostics) ? view.getUint32(0, true) : null;
    case registryType.dwordBigEndian:
      return sized(record, 4, diagnostics) ? view.getUint32(0, false) : null;
    case registryType.qword:
      return sized(record, 8, diagnostics) ? safeNumber(view.getBigUint64(0, true)) : null;
    case registryType.none:
    case registryType.binary:
      return toHex(data);
    default:
      diagnostics.atOffset("preg.type-unknown", offset, `type ${type}`);
      return toHex(data);
  }
}

/** A number that a double holds exactly, otherwise its decimal digits. */
export function safeNumber(value: bigint): number | string {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

const quoteLength = 200;

/** The record for people: `key\name = REG_DWORD 7`; data without a value as hex. */
export function quoteRecord(record: PregRecord, value: SettingValue | null): string {
  // JSON keeps a string with control characters on one line, and its limits visible.
  if (value === null) return quote(record, toHex(record.data.subarray(0, quoteLength)));
  return quote(record, JSON.stringify(typeof value === "string" ? value.slice(0, quoteLength) : value));
}

/** The same for a `**` directive, whose data is a list of names or of no meaning. */
export function quoteDirective(record: PregRecord): string {
  return quote(
    record,
    JSON.stringify(utf16Of(record.data.subarray(0, 2 * quoteLength)).replace(/\0.*$/s, "")),
  );
}

function quote(record: PregRecord, shown: string): string {
  const type = typeNames.get(record.type) ?? `type ${record.type}`;
  const text = wellFormed(`${record.key}\\${record.name} = ${type} ${shown}`);
  return text.length > quoteLength ? `${text.slice(0, quoteLength - 3)}...` : text;
}

function sized(record: PregRecord, size: number, diagnostics: DiagnosticCollector): boolean {
  if (record.data.length === size) return true;
  diagnostics.atOffset("preg.value-size", record.offset, `type ${record.type}, size ${record.data.length}`);
  return false;
}

/** Up to the first NUL, which is where Windows' string functions stop. */
function stringValue(record: PregRecord, diagnostics: DiagnosticCollector): string {
  const text = utf16Of(record.data);
  const end = text.indexOf("\0");
  const regular = record.data.length % 2 === 0 && (text === "" || end === text.length - 1);
  if (!regular) diagnostics.atOffset("preg.string-form", record.offset, record.name);
  return end < 0 ? text : text.slice(0, end);
}

/** Strings between NULs. The list ends with an empty string; an empty list is often a single NUL. */
function multiStringValue(record: PregRecord, diagnostics: DiagnosticCollector): readonly string[] {
  const text = utf16Of(record.data);
  if (record.data.length % 2 === 1) diagnostics.atOffset("preg.string-form", record.offset, record.name);
  const items = text.split("\0");
  while (items.at(-1) === "") items.pop();
  if (items.includes("")) diagnostics.atOffset("preg.multi-string-gap", record.offset, record.name);
  return items;
}
