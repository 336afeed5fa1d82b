import { dnKey } from "../../model/dn.ts";
import type { SnapshotHeader } from "./snapshot-header.ts";
import { noSecrets, snapshotKind, snapshotVersion } from "./snapshot-header.ts";

/** One object as a snapshot holds it. */
export interface SnapshotObject {
  readonly dn: string;
  /** By name in lower case. */
  readonly attributes: ReadonlyMap<string, readonly SnapshotValue[]>;
  /** Names of attributes of which some values are missing. */
  readonly partial: ReadonlySet<string>;
}

export type SnapshotValue = string | { readonly base64: string };

/** A value in the form that keeps every byte: text where it is clean UTF-8, else base64. */
export function snapshotValue(bytes: Uint8Array): SnapshotValue {
  const text = utf8.decode(bytes);
  // SIDs and descriptors often happen to be valid UTF-8, but all of them hold NUL characters. U+FFFD may stand for bytes
  // that are no UTF-8.
  return unclean.test(text) ? { base64: toBase64(bytes) } : text;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const unclean = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/** The text of a snapshot file. Objects stand in the order of their DNs, so that two runs can be compared. */
export function writeSnapshot(header: SnapshotHeader, objects: Iterable<SnapshotObject>): string {
  const lines = [...objects]
    .map((object) => ({ key: dnKey(object.dn), line: objectLine(object) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ line }) => line);
  const head = JSON.stringify({
    schemaVersion: snapshotVersion,
    kind: snapshotKind,
    ...header,
    secrets: noSecrets,
    objectCount: lines.length,
  });
  return `${head.slice(0, -1)},"objects":[\n${lines.join(",\n")}${lines.length === 0 ? "" : "\n"}]}\n`;
}

function objectLine({ dn, attributes, partial }: SnapshotObject): string {
  const sorted = [...attributes].sort(([a], [b]) => (a < b ? -1 : 1));
  const object = { dn, attributes: Object.fromEntries(sorted) };
  return JSON.stringify(partial.size === 0 ? object : { ...object, partial: [...partial].sort() });
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}
