import { parseDn } from "../../model/dn.ts";
import type { TextLocation } from "../../model/location.ts";
import type { AttributeValue, DirectoryRecord } from "../directory/record.ts";
import { Base64Value, isBase64, TextValue } from "../ldif/ldif-value.ts";
import { ShapeReader } from "./shape-reader.ts";

export type ObjectResult =
  | { readonly ok: true; readonly record: DirectoryRecord }
  /** One phrase that says what is wrong. */
  | { readonly ok: false; readonly problem: string };

const fields = new Set(["dn", "attributes", "partial"]);
const attributeName = /^[a-z][a-z0-9-]*(?:;[a-z0-9-]+)*$/;

/** Reads one object of a snapshot from its parsed JSON. An object with anything odd in it is refused as a whole. */
export function readObject(value: unknown, location: TextLocation): ObjectResult {
  const shape = new ShapeReader();
  const object = shape.object(value, "the line");
  for (const name of Object.keys(object)) if (!fields.has(name)) shape.refuse(`the field ${name}`, "known");
  const dn = shape.text(object["dn"], "dn");
  if (dn === "" || parseDn(dn) === null) shape.refuse("dn", "a distinguished name");
  const attributes = new Map<string, readonly AttributeValue[]>();
  for (const [name, values] of Object.entries(shape.object(object["attributes"], "attributes"))) {
    if (!attributeName.test(name)) shape.refuse(`the attribute name ${name}`, "in lower case");
    const list = shape.list(values, name).map((item) => readValue(shape, item, name, location.line));
    if (list.length === 0) shape.refuse(name, "a list with values");
    attributes.set(name, list);
  }
  const partial = new Set<string>();
  if ("partial" in object) {
    for (const item of shape.list(object["partial"], "partial")) partial.add(shape.text(item, "partial"));
  }
  return shape.problem === null
    ? { ok: true, record: { dn, location, attributes, partial } }
    : { ok: false, problem: shape.problem };
}

function readValue(shape: ShapeReader, value: unknown, name: string, line: number): AttributeValue {
  if (typeof value === "string") return new TextValue(value, line);
  const base64 = shape.text(shape.object(value, `a value of ${name}`)["base64"], `base64 of ${name}`);
  if (isBase64(base64)) return new Base64Value(base64, line);
  shape.refuse(`base64 of ${name}`, "valid base64");
  return new TextValue("", line);
}
