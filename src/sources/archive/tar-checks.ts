const block = 512;
const sizeField = { at: 124, length: 12 };
const typeAt = 156;

/** Files, links, devices, folders, and the headers of pax and GNU that belong to the entry behind them. */
const known = new Set(["\0", "0", "1", "2", "3", "4", "5", "6", "7", "x", "g", "K", "L"]);
const withoutData = new Set(["1", "2", "3", "4", "5", "6"]);

/**
 * What the library lets pass and would be read wrongly: it takes every type that it does not know (a sparse file, a piece
 * of one) for a plain file, and drops what it cannot read of a pax header, which may be the name of a file. Null: nothing.
 *
 * @param bytes A tar that the library has read from end to end.
 */
export function tarFault(bytes: Uint8Array): string | null {
  let at = 0;
  while (at + block <= bytes.length && bytes.subarray(at, at + block).some((byte) => byte !== 0)) {
    const type = String.fromCharCode(bytes[at + typeAt] ?? 0);
    if (!known.has(type)) return `entries of type ${type} are not read`;
    const size = withoutData.has(type) ? 0 : readSize(bytes.subarray(at + sizeField.at));
    const data = bytes.subarray(at + block, at + block + size);
    if ((type === "x" || type === "g") && !isPax(data)) return "a pax header is damaged";
    at += block + Math.ceil(size / block) * block;
  }
  return null;
}

/** Octal digits, or base 256 where the first bit is set. */
function readSize(bytes: Uint8Array): number {
  const field = bytes.subarray(0, sizeField.length);
  const first = field[0] ?? 0;
  if (first >= 0x80) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
  return Number.parseInt(latin1(field).replaceAll("\0", " ").trim() || "0", 8);
}

/** Records of `length key=value` and a line feed, one behind the other (POSIX pax, Extended Header). */
function isPax(data: Uint8Array): boolean {
  let at = 0;
  while (at < data.length) {
    const length = Number(/^(\d{1,9}) [^=]+=/.exec(latin1(data.subarray(at, at + 200)))?.[1] ?? 0);
    if (length === 0 || data[at + length - 1] !== 0x0a) return false;
    at += length;
  }
  return true;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
