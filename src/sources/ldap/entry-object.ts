import type { SearchEntry } from "ldapts";
import type { SnapshotObject, SnapshotValue } from "../../formats/snapshot/write-snapshot.ts";
import { snapshotValue } from "../../formats/snapshot/write-snapshot.ts";
import type { LdapSession } from "./session.ts";

/** An object whose attributes may be continued. */
export interface ReadObject extends SnapshotObject {
  readonly attributes: Map<string, readonly SnapshotValue[]>;
  readonly partial: Set<string>;
  /** Where the values go on that the server kept back, by attribute (MS-ADTS 3.1.1.3.1.3.3). */
  readonly ranges: ReadonlyMap<string, number>;
}

/**
 * Turns an entry into an object: every value as bytes first, because a SID that happens to be valid UTF-8 is no text.
 * What was not asked for is left out, whatever the server sends.
 */
export function entryObject(entry: SearchEntry, wanted: ReadonlySet<string>): ReadObject {
  const attributes = new Map<string, readonly SnapshotValue[]>();
  const ranges = new Map<string, number>();
  for (const { type, parsedBuffers } of entry.attributes) {
    const { name, next } = splitRange(type);
    // A server that sends a range may list the attribute once more, without a value.
    if (!wanted.has(name) || (parsedBuffers.length === 0 && next === null)) continue;
    attributes.set(name, [...(attributes.get(name) ?? []), ...parsedBuffers.map(snapshotValue)]);
    if (next !== null) ranges.set(name, next);
  }
  return { dn: entry.name, attributes, partial: new Set(), ranges };
}

/** Fetches the values that the server kept back. Those that cannot be had make the attribute partial. */
export async function completeRanges(session: LdapSession, object: ReadObject): Promise<void> {
  for (const [name, start] of object.ranges) {
    let from: number | null = start;
    while (from !== null) from = await continueRange(session, object, name, from);
    if (object.attributes.get(name)?.length === 0) object.attributes.delete(name);
  }
}

/** Where the rest goes on; null at the end. */
async function continueRange(
  session: LdapSession,
  object: ReadObject,
  name: string,
  from: number,
): Promise<number | null> {
  const spec = {
    base: object.dn,
    scope: "base",
    filter: "(objectClass=*)",
    attributes: [`${name};range=${from}-*`],
  } as const;
  const { found } = await session.search(`${name} of ${object.dn}`, spec, (entry) =>
    entryObject(entry, new Set([name])),
  );
  const more = found[0];
  const values = more?.attributes.get(name) ?? [];
  const next = more?.ranges.get(name) ?? null;
  // Without a value, or with a range that does not move on, the list has changed meanwhile or cannot be read.
  if (values.length === 0 || (next !== null && next <= from)) {
    object.partial.add(name);
    return null;
  }
  object.attributes.set(name, [...(object.attributes.get(name) ?? []), ...values]);
  return next;
}

/** `member;range=0-1499`: the name, and where the next range begins; null where this is the last or the only one. */
function splitRange(type: string): { readonly name: string; readonly next: number | null } {
  const match = /^([^;]+);range=\d+-(\d+|\*)$/i.exec(type);
  const end = match?.[2] ?? "*";
  return { name: (match?.[1] ?? type).toLowerCase(), next: end === "*" ? null : Number(end) + 1 };
}
