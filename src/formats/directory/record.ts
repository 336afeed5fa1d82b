import type { TextLocation } from "../../model/location.ts";

/** One object of a directory as an export shows it, before anybody knows what it is. */
export interface DirectoryRecord {
  readonly dn: string;
  readonly location: TextLocation;
  /** By name in lower case, without options. */
  readonly attributes: ReadonlyMap<string, readonly AttributeValue[]>;
  /** Names of attributes of which only some values are here (`member;range=0-1499`). */
  readonly partial: ReadonlySet<string>;
}

export interface AttributeValue {
  /** Null where the bytes are not valid UTF-8, and where the value is damaged. */
  readonly text: string | null;
  readonly bytes: Uint8Array;
  readonly line: number;
  /** The value is there, but what it was cannot be told. */
  readonly damaged: boolean;
}

/** True where two values of one attribute are the same. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  if (a.damaged || b.damaged) return a.damaged === b.damaged;
  return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}
