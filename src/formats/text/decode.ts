import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Encoding } from "../../model/location.ts";

export interface DecodedText {
  /** Without byte order mark and without NUL characters. */
  readonly text: string;
  readonly encoding: Exclude<Encoding, "binary">;
  readonly bom: boolean;
  /** NUL characters were in the text: something other than a text editor wrote it. */
  readonly hadNul: boolean;
  /** Bytes were lost: half a UTF-16 unit at the end, or bytes that are no text in an encoding that is certain. */
  readonly lossy: boolean;
}

type Decoded = Omit<DecodedText, "hadNul">;

/**
 * Decodes a text file of unknown encoding: byte order mark, then UTF-16LE by its NUL bytes, then strict UTF-8,
 * then windows-1252 as a guess. Words of a guessed text are decoration; GUIDs and numbers are ASCII in all of them.
 */
export function decodeText(bytes: Uint8Array, diagnostics: DiagnosticCollector): DecodedText {
  const { text, encoding, bom, lossy } = decode(bytes, diagnostics);
  const hadNul = text.includes("\0");
  if (hadNul) diagnostics.atFile("text.nul");
  return { text: hadNul ? text.replaceAll("\0", "") : text, encoding, bom, hadNul, lossy };
}

function decode(bytes: Uint8Array, diagnostics: DiagnosticCollector): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { ...decodeUtf16(bytes.subarray(2), diagnostics), encoding: "utf-16le", bom: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { ...decodeUtf16(swapPairs(bytes.subarray(2)), diagnostics), encoding: "utf-16be", bom: true };
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const { text, lossy } = decodeCertain("utf-8", bytes.subarray(3), diagnostics);
    return { text, lossy, encoding: "utf-8", bom: true };
  }
  if (looksLikeUtf16(bytes)) {
    diagnostics.atFile("text.no-bom");
    return { ...decodeUtf16(bytes, diagnostics), encoding: "utf-16le", bom: false };
  }
  const text = decodeStrict("utf-8", bytes);
  // UTF-8 has as many characters as bytes only where each is ASCII.
  if (text !== null)
    return { text, lossy: false, encoding: text.length === bytes.length ? "ascii" : "utf-8", bom: false };
  diagnostics.atFile("text.encoding-guessed");
  return {
    text: new TextDecoder("windows-1252").decode(bytes),
    lossy: false,
    encoding: "windows-1252",
    bom: false,
  };
}

type Label = "utf-8" | "utf-16le";

function decodeUtf16(
  bytes: Uint8Array,
  diagnostics: DiagnosticCollector,
): Pick<DecodedText, "text" | "lossy"> {
  const odd = bytes.length % 2 === 1;
  if (odd) diagnostics.atFile("text.odd-length");
  const { text, lossy } = decodeCertain("utf-16le", bytes.subarray(0, bytes.length & ~1), diagnostics);
  return { text, lossy: lossy || odd };
}

/** The encoding is certain, so bytes that do not fit it are damage and become U+FFFD. */
function decodeCertain(
  label: Label,
  bytes: Uint8Array,
  diagnostics: DiagnosticCollector,
): Pick<DecodedText, "text" | "lossy"> {
  const text = decodeStrict(label, bytes);
  if (text !== null) return { text, lossy: false };
  diagnostics.atFile("text.undecodable");
  return { text: new TextDecoder(label, { ignoreBOM: true }).decode(bytes), lossy: true };
}

function decodeStrict(label: Label, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // "Does not fit" is an answer here, not an error: the caller reports it or goes on to the next encoding.
    return null;
  }
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = Uint8Array.from(bytes);
  for (let i = 0; i + 1 < swapped.length; i += 2) {
    const [high, low] = [swapped[i] ?? 0, swapped[i + 1] ?? 0];
    swapped[i] = low;
    swapped[i + 1] = high;
  }
  return swapped;
}

/** Latin text in UTF-16LE has a NUL in nearly every odd place and in no even one. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  let odd = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue;
    if (i % 2 === 0) return false;
    odd++;
  }
  return odd > 0 && odd * 4 >= head.length;
}
