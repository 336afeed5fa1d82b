import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import type { Doubt } from "../../model/setting.ts";
import { utf16At } from "./utf16.ts";

/** `[key;value;type;size;data]`, MS-GPREG 2.2.1. Names as raw UTF-16 code units, without the closing NUL. */
export interface PregRecord {
  readonly offset: number;
  /** Bytes from `[` to `]`, both included. */
  readonly length: number;
  readonly key: string;
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
}

export interface PregRecords {
  readonly records: readonly PregRecord[];
  /** Non-null: the file is damaged or was not read to its end, and why. */
  readonly damage: Doubt | null;
}

const open = 0x5b;
const separator = 0x3b;
const close = 0x5d;

/** Stops the reading of a file. Never leaves this module. */
type Stop = { readonly code: DiagnosticCode; readonly offset: number; readonly detail: string };

/**
 * Reads the records behind the header. Fields are found by their NULs and sizes only: names and data may hold
 * `[`, `;` and `]`, so nothing is ever searched for, and after a mismatch nothing is guessed.
 */
export function readRecords(bytes: Uint8Array, start: number, diagnostics: DiagnosticCollector): PregRecords {
  const reader = new RecordReader(bytes, start);
  const records: PregRecord[] = [];
  for (;;) {
    if (reader.atEnd()) return { records, damage: null };
    if (reader.atTrailingNul()) {
      diagnostics.atOffset("preg.trailing-nul", reader.position);
      return { records, damage: null };
    }
    if (records.length >= limits.polRecords) {
      diagnostics.atOffset("limit.exceeded", reader.position, `${limits.polRecords} records`);
      return {
        records,
        damage: { code: "limit.exceeded", text: "registry.pol holds more records than the limit" },
      };
    }
    const record = reader.next();
    if (record !== null) records.push(record);
    if (reader.stop !== null) {
      const { code, offset, detail } = reader.stop;
      diagnostics.atOffset(code, offset, detail);
      return { records, damage: { code, text: `registry.pol is damaged at byte ${offset}` } };
    }
  }
}

class RecordReader {
  position: number;
  stop: Stop | null = null;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
  }

  atEnd(): boolean {
    return this.position >= this.#bytes.length;
  }

  /** One NUL character at the very end is a known habit; a longer run of zeros is a crashed copy, so damage. */
  atTrailingNul(): boolean {
    return this.#bytes.length - this.position === 2 && this.#view.getUint16(this.position, true) === 0;
  }

  next(): PregRecord | null {
    const offset = this.position;
    if (!this.#expect(open)) return null;
    const key = this.#name();
    if (key === null || !this.#expect(separator)) return null;
    const name = this.#name();
    if (name === null || !this.#expect(separator)) return null;
    const type = this.#uint32();
    if (type === null || !this.#expect(separator)) return null;
    const size = this.#uint32();
    if (size === null || !this.#expect(separator)) return null;
    const dataStart = this.position;
    if (size > this.#bytes.length - dataStart) return this.#halt("preg.truncated", offset, `size ${size}`);
    this.position = dataStart + size;
    const data = this.#bytes.subarray(dataStart, this.position);
    if (!this.#close()) return null;
    return { offset, length: this.position - offset, key, name, type, data };
  }

  #expect(unit: number): boolean {
    if (this.#bytes.length - this.position < 2) {
      this.#halt("preg.truncated", this.position);
      return false;
    }
    if (this.#view.getUint16(this.position, true) !== unit) {
      this.#halt("preg.desync", this.position, `${String.fromCharCode(unit)} expected`);
      return false;
    }
    this.position += 2;
    return true;
  }

  /** The closing bracket. Where the file ends instead, the record is complete and kept, but the file is not whole. */
  #close(): boolean {
    const rest = this.#bytes.length - this.position;
    if (rest === 0 || (rest === 1 && this.#bytes[this.position] === close)) {
      this.#halt("preg.unterminated", this.position);
      this.position = this.#bytes.length;
      return true;
    }
    return this.#expect(close);
  }

  /** A NUL-terminated name; the NUL stands on an even distance from the start of the field. */
  #name(): string | null {
    const start = this.position;
    for (let end = start; end + 1 < this.#bytes.length; end += 2) {
      if (this.#view.getUint16(end, true) !== 0) continue;
      this.position = end + 2;
      return utf16At(this.#view, start, end);
    }
    return this.#halt("preg.truncated", start);
  }

  #uint32(): number | null {
    if (this.#bytes.length - this.position < 4) return this.#halt("preg.truncated", this.position);
    const value = this.#view.getUint32(this.position, true);
    this.position += 4;
    return value;
  }

  #halt(code: DiagnosticCode, offset: number, detail = ""): null {
    this.stop = { code, offset, detail };
    return null;
  }
}
