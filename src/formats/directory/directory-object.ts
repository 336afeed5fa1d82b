import { dnKey, parseDn } from "../../model/dn.ts";
import type { TextLocation } from "../../model/location.ts";
import type { AttributeValue, DirectoryRecord } from "./record.ts";
import { sameValue } from "./record.ts";

/** One object of the directory, put together from every export that holds it. */
export interface DirectoryObject {
  readonly key: string;
  readonly dn: string;
  readonly location: TextLocation;
  /** In the order of the files: where two differ, the later one counts. */
  readonly records: readonly DirectoryRecord[];
}

/** All values of one attribute, as the last export that has it shows them. */
export interface Attribute {
  readonly values: readonly [AttributeValue, ...AttributeValue[]];
  /** Of the first value. */
  readonly location: TextLocation;
  readonly partial: boolean;
}

/** Groups records by DN; `differs` hears of objects of which two records contradict each other. */
export function mergeRecords(
  exports: readonly (readonly DirectoryRecord[])[],
  differs: (record: DirectoryRecord, attribute: string) => void,
): Map<string, DirectoryObject> {
  const objects = new Map<string, DirectoryObject>();
  for (const record of exports.flat()) {
    const key = dnKey(record.dn);
    const earlier = objects.get(key)?.records ?? [];
    for (const other of earlier) {
      const attribute = contradiction(other, record);
      if (attribute !== null) differs(record, attribute);
    }
    objects.set(key, { key, dn: record.dn, location: record.location, records: [...earlier, record] });
  }
  return objects;
}

/** The values of an attribute; null where no export has it. */
export function findAttribute(object: DirectoryObject, name: string): Attribute | null {
  const record = object.records.findLast((candidate) => candidate.attributes.has(name));
  const [first, ...rest] = record?.attributes.get(name) ?? [];
  if (record === undefined || first === undefined) return null;
  return {
    values: [first, ...rest],
    location: { path: record.location.path, line: first.line },
    partial: record.partial.has(name),
  };
}

/** The first value as text; null where it is absent, damaged or no text. */
export function findText(object: DirectoryObject, name: string): string | null {
  return findAttribute(object, name)?.values[0].text ?? null;
}

/** Texts of all values, and whether some of them are missing. */
export function findTexts(
  object: DirectoryObject,
  name: string,
): { readonly texts: readonly string[]; readonly incomplete: boolean } {
  const attribute = findAttribute(object, name);
  if (attribute === null) return { texts: [], incomplete: false };
  const texts = attribute.values.map((value) => value.text).filter((text) => text !== null);
  return { texts, incomplete: attribute.partial || texts.length < attribute.values.length };
}

/** Types of the RDNs of a DN from the leaf up, in lower case. */
export function rdnTypes(dn: string): readonly string[] {
  return (parseDn(dn) ?? []).map((rdn) => rdn.pairs[0]?.type ?? "");
}

/** The first attribute that both records have and that is not the same in both. */
function contradiction(a: DirectoryRecord, b: DirectoryRecord): string | null {
  for (const [name, values] of b.attributes) {
    const others = a.attributes.get(name);
    if (others === undefined || a.partial.has(name) || b.partial.has(name)) continue;
    const same =
      others.length === values.length &&
      values.every((value) => others.some((other) => sameValue(value, other)));
    if (!same) return name;
  }
  return null;
}
