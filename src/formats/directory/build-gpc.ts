import { domainOfDn, rdnValue } from "../../model/dn.ts";
import type { ExtensionList, Gpc, SecurityDescriptorFact } from "../../model/gpo.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import { parseSecurityDescriptor } from "../security-descriptor/parse-binary.ts";
import { parseSddl } from "../security-descriptor/parse-sddl.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute, findText } from "./directory-object.ts";
import type { DirectoryReport } from "./directory-report.ts";
import { parseExtensionList } from "./extension-list.ts";
import { readInteger } from "./read-value.ts";
import type { WmiFilters } from "./wmi-filters.ts";

/** What the attributes of one object cannot tell. */
export interface Forest {
  /** SID of the domain with this DNS name. */
  domainSid(domain: string): string | null;
  readonly rootSid: string | null;
  readonly wmiFilters: WmiFilters;
}

/** An object whose attributes the account may not read shows nothing but its name (MS-ADTS 3.1.1.4.3). */
const tellingAttributes = [
  "gpcfunctionalityversion",
  "versionnumber",
  "flags",
  "gpcfilesyspath",
  "gpcmachineextensionnames",
  "displayname",
];

const knownFlags = 3;

/** The directory half of a GPO (MS-GPOL 2.2.4); null where the object is not named by a GUID. */
export function buildGpc(object: DirectoryObject, forest: Forest, report: DirectoryReport): Gpc | null {
  const { dn, location } = object;
  const guid = parseGuidText(rdnValue(dn)) ?? parseGuidText(findText(object, "cn") ?? "");
  if (guid === null) {
    report.at("gpc.bad-name", location, dn);
    return null;
  }
  const domain = domainOfDn(dn);
  return {
    dn,
    guid,
    domain,
    displayName: findText(object, "displayname"),
    location,
    opaque: tellingAttributes.every((name) => findAttribute(object, name) === null),
    functionalityVersion: readInteger(object, "gpcfunctionalityversion", report),
    flags: readFlags(object, report),
    machineVersion: readMachineVersion(object, report),
    extensions: readExtensions(object, report),
    fileSysPath: findText(object, "gpcfilesyspath"),
    securityDescriptor: readDescriptor(object, domain, forest, report),
    wmiFilter: forest.wmiFilters.ofGpc(object, report),
  };
}

function readFlags(object: DirectoryObject, report: DirectoryReport): number | "malformed" {
  const flags = readInteger(object, "flags", report) ?? 0;
  if (typeof flags === "number" && (flags & ~knownFlags) !== 0) {
    report.at(
      "gpc.odd-flags",
      findAttribute(object, "flags")?.location ?? object.location,
      `flags: ${flags}`,
    );
  }
  return flags;
}

/** The low word (MS-GPOL 2.2.4). A negative number is no version. */
function readMachineVersion(object: DirectoryObject, report: DirectoryReport): number | null {
  const version = readInteger(object, "versionnumber", report);
  if (typeof version !== "number") return null;
  if (version >= 0 && version <= 0xffffffff) return version & 0xffff;
  const location = findAttribute(object, "versionnumber")?.location ?? object.location;
  report.at("directory.bad-value", location, `versionnumber: ${version}`);
  return null;
}

function readExtensions(object: DirectoryObject, report: DirectoryReport): ExtensionList {
  const attribute = findAttribute(object, "gpcmachineextensionnames");
  if (attribute === null) return { effective: [], ineffective: [], damaged: false };
  const { text } = attribute.values[0];
  const list =
    text === null || attribute.values.length > 1
      ? { effective: [], ineffective: [], damaged: true }
      : parseExtensionList(text);
  if (list.damaged) report.at("gpc.extensions-malformed", attribute.location, text ?? "");
  if (list.ineffective.length > 0)
    report.at("gpc.extensions-unsorted", attribute.location, list.ineffective.join(" "));
  return list;
}

/** Binary from ldapsearch and ldifde, text from ldbsearch. */
function readDescriptor(
  object: DirectoryObject,
  domain: string,
  forest: Forest,
  report: DirectoryReport,
): SecurityDescriptorFact {
  const attribute = findAttribute(object, "ntsecuritydescriptor");
  if (attribute === null) return { state: "absent" };
  const value = attribute.values[0];
  const fact: SecurityDescriptorFact =
    value.damaged || attribute.values.length > 1
      ? { state: "malformed", detail: "its value in the export is damaged" }
      : value.bytes[0] === 1 || value.text === null
        ? parseSecurityDescriptor(value.bytes)
        : parseSddl(value.text, forest.domainSid(domain), forest.rootSid);
  if (fact.state === "malformed") report.at("descriptor.malformed", attribute.location, fact.detail);
  return fact;
}
