import type { SecurityDescriptorFact } from "../../model/gpo.ts";
import type { NumberFact, SaclFact, SecuredObject } from "../../model/readiness.ts";
import { neverTime } from "../../model/readiness.ts";
import type { DirectoryObject } from "../directory/directory-object.ts";
import { findAttribute } from "../directory/directory-object.ts";
import type { DirectoryReport } from "../directory/directory-report.ts";
import type { AttributeValue } from "../directory/record.ts";
import { parseSecurityDescriptor } from "../security-descriptor/parse-binary.ts";
import { parseBinarySacl, parseSddlSacl } from "../security-descriptor/parse-sacl.ts";
import type { Domains } from "../security-descriptor/parse-sddl.ts";
import { parseSddl } from "../security-descriptor/parse-sddl.ts";

/** Where a second search with SD flags 8 puts what it got (MS-ADTS 3.1.1.3.4.1.11). */
const saclAttribute = "ntsecuritydescriptor;sacl";

/** A FILETIME (MS-DTYP 2.3.3), 100 ns since 1601, as milliseconds since 1970. */
export function readTime(object: DirectoryObject, name: string, report: DirectoryReport): NumberFact {
  const attribute = findAttribute(object, name);
  if (attribute === null) return null;
  const text = attribute.values[0].text?.trim() ?? "";
  if (attribute.values.length === 1 && /^\d{1,19}$/.test(text))
    return Number(BigInt(text) / 10_000n) + neverTime;
  report.at("directory.bad-value", attribute.location, `${name}: ${text}`);
  return "malformed";
}

/** The DACL of a descriptor, binary or as text; the last export that shows one counts. */
export function readDacl(
  object: DirectoryObject,
  name: string,
  domains: Domains,
  report: DirectoryReport,
): SecurityDescriptorFact {
  let found: SecurityDescriptorFact = { state: "absent" };
  for (const values of valuesOf(object, name)) {
    const fact = single<SecurityDescriptorFact>(values, parseSecurityDescriptor, (text) =>
      parseSddl(text, domains.domainSid, domains.forestRootSid),
    );
    if (fact.state === "read") return fact;
    if (found.state === "absent") found = fact;
  }
  if (found.state === "malformed") report.at("descriptor.malformed", object.location, found.detail);
  return found;
}

/**
 * The SACL of an object. A search of its own for it shows an object without one as a descriptor without one; in a
 * descriptor that was read otherwise, nothing tells an object without a SACL from an account that may not see it.
 */
function readSacl(object: DirectoryObject, domains: Domains, report: DirectoryReport): SaclFact {
  const parse = (values: readonly AttributeValue[]): SaclFact =>
    single<SaclFact>(values, parseBinarySacl, (text) => parseSddlSacl(text, domains));
  const own = valuesOf(object, saclAttribute)
    .map(parse)
    .map((fact): SaclFact => (fact.state === "absent" ? { state: "read", aces: [] } : fact));
  const all = [...own, ...valuesOf(object, "ntsecuritydescriptor").map(parse)];
  const fact =
    all.find(({ state }) => state === "read") ?? all.find(({ state }) => state === "malformed") ?? null;
  if (fact?.state === "malformed") report.at("descriptor.malformed", object.location, fact.detail);
  return fact ?? { state: "absent" };
}

export function readSecured(
  object: DirectoryObject,
  domains: Domains,
  report: DirectoryReport,
): SecuredObject {
  return {
    dn: object.dn,
    location: object.location,
    sacl: readSacl(object, domains, report),
    dacl: readDacl(object, "ntsecuritydescriptor", domains, report),
  };
}

/** The values of an attribute in every record that has it, the last one first. */
function valuesOf(object: DirectoryObject, name: string): (readonly AttributeValue[])[] {
  return object.records
    .toReversed()
    .map((record) => record.attributes.get(name))
    .filter((values) => values !== undefined && values.length > 0)
    .map((values) => values ?? []);
}

/** A descriptor is one value: binary from most tools, text from ldbsearch. */
function single<T extends { readonly state: string }>(
  values: readonly AttributeValue[],
  binary: (bytes: Uint8Array) => T,
  sddl: (text: string) => T,
): T | { readonly state: "malformed"; readonly detail: string } {
  const [value, ...others] = values;
  if (value === undefined || value.damaged || others.length > 0)
    return { state: "malformed", detail: "its value in the export is damaged" };
  return value.bytes[0] === 1 || value.text === null ? binary(value.bytes) : sddl(value.text);
}
