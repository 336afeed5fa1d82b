/** Reads a binary SID (MS-DTYP 2.4.2.2) that begins at `offset` and must end at or before `end`; null where it is none. */
export function readSid(bytes: Uint8Array, offset: number, end: number): string | null {
  const count = bytes[offset + 1] ?? 0;
  if (bytes[offset] !== 1 || count > 15 || end > bytes.length || offset + 8 + 4 * count > end) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(offset + 2) * 2 ** 32 + view.getUint32(offset + 4);
  const parts: number[] = [];
  for (let i = 0; i < count; i++) parts.push(view.getUint32(offset + 8 + 4 * i, true));
  return formatSid(authority, parts);
}

/** Reads a SID in its text form (MS-DTYP 2.4.2.1) and writes it the one canonical way; null where it is none. */
export function parseSidText(text: string): string | null {
  const match = /^S-1-(0x[0-9a-f]{1,12}|\d{1,10})((?:-\d{1,10})*)$/i.exec(text.trim());
  if (match === null) return null;
  const [, authority = "", rest = ""] = match;
  const parts = rest.split("-").slice(1).map(Number);
  if (parts.length > 15 || parts.some((part) => part > 0xffffffff)) return null;
  return formatSid(Number(authority), parts);
}

/** The SID of an attribute that some tools write in binary and others as text; null where it is neither. */
export function parseSid(value: { readonly text: string | null; readonly bytes: Uint8Array }): string | null {
  const { bytes } = value;
  if (bytes[0] !== 1) return value.text === null ? null : parseSidText(value.text);
  return bytes.length === 8 + 4 * (bytes[1] ?? 0) ? readSid(bytes, 0, bytes.length) : null;
}

function formatSid(authority: number, parts: readonly number[]): string {
  const head = authority < 2 ** 32 ? String(authority) : `0x${authority.toString(16).padStart(12, "0")}`;
  return ["S-1", head, ...parts].join("-");
}
