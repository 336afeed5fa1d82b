import { concat, uint32, utf8 } from "./bytes.ts";
import { utf16 } from "./utf16.ts";

export const pregHeader = concat(utf8("PReg"), uint32(1));

export interface PregInput {
  readonly key: string;
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
  /** To lie about the size. */
  readonly size?: number;
}

export function pregRecord({ key, name, type, data, size = data.length }: PregInput): Uint8Array {
  const semicolon = utf16(";");
  return concat(
    utf16(`[${key}\0;${name}\0;`),
    uint32(type),
    semicolon,
    uint32(size),
    semicolon,
    data,
    utf16("]"),
  );
}

export function pregFile(...records: readonly PregInput[]): Uint8Array {
  return concat(pregHeader, ...records.map(pregRecord));
}

export function dword(key: string, name: string, value: number): PregInput {
  return { key, name, type: 4, data: uint32(value) };
}

export function sz(key: string, name: string, text: string): PregInput {
  return { key, name, type: 1, data: utf16(`${text}\0`) };
}
