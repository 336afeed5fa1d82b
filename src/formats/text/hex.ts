const digits = new TextEncoder().encode("0123456789abcdef");

/** Lower-case hex of bytes. Built as bytes and decoded once: large values would choke on string concatenation. */
export function toHex(bytes: Uint8Array): string {
  const hex = new Uint8Array(bytes.length * 2);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    hex[2 * i] = digits[byte >> 4] ?? 0;
    hex[2 * i + 1] = digits[byte & 15] ?? 0;
  }
  return new TextDecoder("latin1").decode(hex);
}
