/** UTF-16LE bytes of a text, without byte order mark. */
export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), true);
  return bytes;
}

/** UTF-16LE with byte order mark: how Windows writes a security template. */
export function utf16Bom(text: string): Uint8Array {
  return utf16(`\ufeff${text}`);
}

/** UTF-16BE with byte order mark. */
export function utf16BeBom(text: string): Uint8Array {
  const bytes = utf16Bom(text);
  for (let i = 0; i < bytes.length; i += 2) bytes.subarray(i, i + 2).reverse();
  return bytes;
}
