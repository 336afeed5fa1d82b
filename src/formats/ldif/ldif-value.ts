import type { AttributeValue } from "../directory/record.ts";

const nothing = new Uint8Array(0);

/** A value that stands in the file as text. */
export class TextValue implements AttributeValue {
  readonly text: string;
  readonly line: number;
  readonly damaged = false;

  constructor(text: string, line: number) {
    this.text = text;
    this.line = line;
  }

  get bytes(): Uint8Array {
    return new TextEncoder().encode(this.text);
  }
}

/** A value in base64, decoded only when asked for: most descriptors of an export never are. */
export class Base64Value implements AttributeValue {
  readonly line: number;
  readonly damaged = false;
  readonly #base64: string;
  #bytes: Uint8Array | null = null;

  /** `base64` must have passed `isBase64`. */
  constructor(base64: string, line: number) {
    this.#base64 = base64;
    this.line = line;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= decodeBase64(this.#base64);
    return this.#bytes;
  }

  get text(): string | null {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes);
    } catch {
      // Binary values are no text: that is an answer, the reader of the attribute says whether it is an error.
      return null;
    }
  }
}

/** A value that was lost on the way. */
export function damagedValue(line: number): AttributeValue {
  return { text: null, bytes: nothing, line, damaged: true };
}

/** Strict base64 with padding (RFC 4648 4): anything else means that characters were lost. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function decodeBase64(base64: string): Uint8Array {
  const chars = atob(base64);
  const bytes = new Uint8Array(chars.length);
  for (let i = 0; i < chars.length; i++) bytes[i] = chars.charCodeAt(i);
  return bytes;
}
