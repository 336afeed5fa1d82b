import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Encoding } from "../../model/location.ts";

type Label = Extract<Encoding, "utf-8" | "utf-16le" | "utf-16be">;

type Decoder = InstanceType<typeof TextDecoder>;

interface Detected {
  readonly label: Label;
  readonly bom: number;
}

/** As many bytes as tell the encoding. */
const headLength = 64;
const lfsHead = "version https://git-lfs";

/**
 * Decodes a file piece by piece. The bytes tell the encoding, never the XML declaration: a report that an editor turned
 * into UTF-8 still declares utf-16.
 */
export class TextStream {
  readonly #diagnostics: DiagnosticCollector;
  #head: Uint8Array = new Uint8Array(0);
  #decoder: Decoder | null = null;
  #label: Label = "utf-8";
  #bom = false;
  #bytes = 0;
  #characters = 0;
  #failed = false;

  constructor(diagnostics: DiagnosticCollector) {
    this.#diagnostics = diagnostics;
  }

  /** Bytes were met that are no text in the encoding of the file: nothing behind them is decoded. */
  get failed(): boolean {
    return this.#failed;
  }

  get encoding(): Encoding {
    if (this.#failed) return "binary";
    return this.#label === "utf-8" && this.#characters === this.#bytes ? "ascii" : this.#label;
  }

  get bom(): boolean {
    return this.#bom;
  }

  push(chunk: Uint8Array): string {
    if (this.#failed) return "";
    if (this.#decoder !== null) return this.#decode(this.#decoder, chunk, true);
    this.#head = this.#head.length === 0 ? chunk : join(this.#head, chunk);
    return this.#head.length < headLength ? "" : this.#start(true);
  }

  /** What was still held back; call once, behind the last piece. */
  end(): string {
    if (this.#failed) return "";
    if (this.#decoder === null) return this.#start(false);
    return this.#decode(this.#decoder, new Uint8Array(0), false);
  }

  #start(more: boolean): string {
    const head = this.#head;
    this.#head = new Uint8Array(0);
    if (new TextDecoder("latin1").decode(head.subarray(0, lfsHead.length)) === lfsHead) {
      this.#diagnostics.atFile("file.lfs-pointer");
      this.#failed = true;
      return "";
    }
    const { label, bom } = detect(head);
    if (label === "utf-16le" && bom === 0) this.#diagnostics.atFile("text.no-bom");
    this.#label = label;
    this.#bom = bom > 0;
    this.#decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    return this.#decode(this.#decoder, head.subarray(bom), more);
  }

  #decode(decoder: Decoder, bytes: Uint8Array, stream: boolean): string {
    try {
      const text = decoder.decode(bytes, { stream });
      this.#bytes += bytes.length;
      this.#characters += text.length;
      return text;
    } catch {
      // The decoder throws on bytes that do not fit; which ones it does not say.
      this.#diagnostics.atFile("text.undecodable", this.#label);
      this.#failed = true;
      return "";
    }
  }
}

function detect(head: Uint8Array): Detected {
  const [a, b, c] = head;
  if (a === 0xff && b === 0xfe) return { label: "utf-16le", bom: 2 };
  if (a === 0xfe && b === 0xff) return { label: "utf-16be", bom: 2 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: "utf-8", bom: 3 };
  // XML begins with `<`, or with white space where the declaration was taken away.
  const first = head.findIndex((byte) => byte > 0x20);
  if (head[first] === 0x3c && head[first + 1] === 0) return { label: "utf-16le", bom: 0 };
  return { label: "utf-8", bom: 0 };
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
