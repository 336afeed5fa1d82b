import type { Guid } from "../../model/gpo.ts";

/** Reads a GUID whose first three fields are little-endian (MS-DTYP 2.3.4.2). */
export function readGuid(bytes: Uint8Array, offset: number): Guid {
  const hex = (...indexes: readonly number[]): string =>
    indexes.map((index) => (bytes[offset + index] ?? 0).toString(16).padStart(2, "0")).join("");
  return [hex(3, 2, 1, 0), hex(5, 4), hex(7, 6), hex(8, 9), hex(10, 11, 12, 13, 14, 15)].join("-");
}

/** A GUID as text, with or without braces, in lower case without them; null where it is none. */
export function parseGuidText(text: string): Guid | null {
  const match = /^(\{?)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\}?)$/i.exec(text);
  if (match === null || (match[1] === "") !== (match[3] === "")) return null;
  return (match[2] ?? "").toLowerCase();
}
