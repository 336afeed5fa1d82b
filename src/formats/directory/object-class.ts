import { parentDn, parseDn, rdnValue } from "../../model/dn.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute, findText, findTexts, rdnTypes } from "./directory-object.ts";

export type ObjectKind =
  | "computer"
  | "domain"
  | "ou"
  | "site"
  | "server"
  | "gpc"
  | "wmi-filter"
  | "group"
  | "foreign-principal"
  | "other"
  /** Its class was not exported and nothing else shows what it is. */
  | "unclear";

const kindOfClass: ReadonlyMap<string, ObjectKind> = new Map([
  ["organizationalunit", "ou"],
  ["site", "site"],
  ["server", "server"],
  ["grouppolicycontainer", "gpc"],
  ["mswmi-som", "wmi-filter"],
  ["group", "group"],
  ["foreignsecurityprincipal", "foreign-principal"],
]);

/** Descend from the class computer, but no machine stands behind them. */
const serviceAccounts = new Set([
  "msds-managedserviceaccount",
  "msds-groupmanagedserviceaccount",
  "msds-delegatedmanagedserviceaccount",
]);

/** Stand beside the sites, but are none. */
const siteContainers = new Set(["subnets", "inter-site transports"]);

/** What an object is: by its classes, or by its place where they were not exported. */
export function objectKind(object: DirectoryObject): ObjectKind {
  const { texts, incomplete } = findTexts(object, "objectclass");
  if (texts.length === 0) return kindOfPlace(object);
  const classes = texts.map((text) => text.trim().toLowerCase());
  for (const name of classes) {
    const kind = kindOfClass.get(name);
    if (kind !== undefined) return kind;
  }
  if (classes.includes("domaindns")) return isZonePartition(object) ? "other" : "domain";
  if (classes.includes("computer") && !classes.some((name) => serviceAccounts.has(name))) return "computer";
  return incomplete ? "unclear" : "other";
}

/** DNS zones have partitions of their own whose heads have the class of a domain, but no SID. */
function isZonePartition(object: DirectoryObject): boolean {
  return /^DC=(Domain|Forest)DnsZones,/i.test(object.dn) && findAttribute(object, "objectsid") === null;
}

function kindOfPlace(object: DirectoryObject): ObjectKind {
  const types = rdnTypes(object.dn);
  if (types[0] === "ou") return "ou";
  if (types.every((type) => type === "dc"))
    return hasAny(object, "gplink", "gpoptions", "objectsid") ? "domain" : "unclear";
  const name = rdnValue(object.dn);
  const parents = parentNames(object.dn);
  if (parents[0] === "sites" && parents[1] === "configuration" && !siteContainers.has(name.toLowerCase()))
    return "site";
  if (parents[0] === "servers" && parents[2] === "sites") return "server";
  if (parents[0] === "policies" && parents[1] === "system" && parseGuidText(name) !== null) return "gpc";
  if (parents[0] === "som" && parents[1] === "wmipolicy" && parseGuidText(name) !== null) return "wmi-filter";
  if (parents[0] === "foreignsecurityprincipals" && name.startsWith("S-1-")) return "foreign-principal";
  if (hasAny(object, "useraccountcontrol", "dnshostname", "serverreferencebl")) {
    return findText(object, "samaccountname")?.endsWith("$") === true ? "computer" : "unclear";
  }
  return "unclear";
}

function hasAny(object: DirectoryObject, ...names: readonly string[]): boolean {
  return names.some((name) => findAttribute(object, name) !== null);
}

function parentNames(dn: string): readonly string[] {
  return (parseDn(parentDn(dn)) ?? []).map((rdn) => rdn.pairs[0]?.value.toLowerCase() ?? "");
}
