import { parseSid } from "../security-descriptor/sid.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute } from "./directory-object.ts";
import type { DirectoryReport } from "./directory-report.ts";

/** A whole number of an attribute that has one value; null where it is absent. */
export function readInteger(
  object: DirectoryObject,
  name: string,
  report: DirectoryReport,
): number | null | "malformed" {
  const attribute = findAttribute(object, name);
  if (attribute === null) return null;
  const text = attribute.values[0].text?.trim() ?? "";
  if (attribute.values.length === 1 && /^-?\d{1,10}$/.test(text)) return Number(text);
  report.at("directory.bad-value", attribute.location, `${name}: ${text}`);
  return "malformed";
}

/** objectSid; null where it is absent or no SID. */
export function readObjectSid(object: DirectoryObject, report: DirectoryReport): string | null {
  const attribute = findAttribute(object, "objectsid");
  if (attribute === null) return null;
  const sid = parseSid(attribute.values[0]);
  if (sid === null) report.at("directory.bad-value", attribute.location, "objectsid");
  return sid;
}
