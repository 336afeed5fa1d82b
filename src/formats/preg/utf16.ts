const chunk = 4096;

/** UTF-16LE code units as they stand, from `start` to before `end`; halves of surrogate pairs are kept. */
export function utf16At(view: DataView, start: number, end: number): string {
  let text = "";
  for (let from = start; from + 1 < end; from += 2 * chunk) {
    const units = new Uint16Array(Math.min(chunk, (end - from) >> 1));
    for (let i = 0; i < units.length; i++) units[i] = view.getUint16(from + 2 * i, true);
    text += String.fromCharCode(...units);
  }
  return text;
}

/** The same for all of `bytes`; an odd last byte is dropped. */
export function utf16Of(bytes: Uint8Array): string {
  return utf16At(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length & ~1);
}

const loneSurrogate = /\p{Surrogate}/gu;

/** The text with U+FFFD for halves of surrogate pairs: what may be printed. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, "\ufffd");
}
