import { domainOfDn, rdnValue } from "../../model/dn.ts";
import type { Computer } from "../../model/gpo.ts";
import { parseSid } from "../security-descriptor/sid.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute, findText, findTexts } from "./directory-object.ts";
import type { DirectoryReport } from "./directory-report.ts";
import { readInteger, readObjectSid } from "./read-value.ts";

/** Bits of userAccountControl (MS-ADTS 2.2.16). */
const serverTrust = 0x2000;
const partialSecrets = 0x04000000;

/** Default primary groups of writable and of read-only DCs. */
const domainControllersRid = 516;
const readOnlyDomainControllersRid = 521;

/** True where the account bits alone say that the object is a DC, whatever its class. */
export function isDcAccount(object: DirectoryObject): boolean {
  const text = findText(object, "useraccountcontrol")?.trim() ?? "";
  return /^-?\d{1,10}$/.test(text) && roleOfBits(Number(text)) !== "member";
}

export function buildComputer(object: DirectoryObject, report: DirectoryReport): Computer {
  const { dn } = object;
  const account = findText(object, "samaccountname");
  const primaryGroup = readInteger(object, "primarygroupid", report);
  const primaryGroupId = primaryGroup === "malformed" ? null : primaryGroup;
  return {
    dn,
    name: account?.replace(/\$$/, "") ?? findText(object, "cn") ?? rdnValue(dn),
    domain: domainOfDn(dn),
    sid: readObjectSid(object, report),
    dnsHostName: findText(object, "dnshostname"),
    operatingSystem: findText(object, "operatingsystem"),
    role: readRole(object, primaryGroupId, report),
    primaryGroupId,
    tokenGroups: readTokenGroups(object, report),
    memberOf: findTexts(object, "memberof").texts,
    serverReferenceBl: findText(object, "serverreferencebl"),
    location: object.location,
  };
}

/** The bits decide (MS-ADTS 2.2.16); where they cannot be read, a DC must not silently pass for a member. */
function readRole(
  object: DirectoryObject,
  primaryGroupId: number | null,
  report: DirectoryReport,
): Computer["role"] {
  const bits = readInteger(object, "useraccountcontrol", report);
  if (typeof bits === "number") return roleOfBits(bits);
  if (bits === null) report.once("directory.no-account-control", object.location, object.dn);
  if (primaryGroupId === readOnlyDomainControllersRid) return "rodc";
  if (primaryGroupId === domainControllersRid || findText(object, "serverreferencebl") !== null) return "dc";
  return "member";
}

function roleOfBits(bits: number): Computer["role"] {
  if ((bits & serverTrust) !== 0) return "dc";
  return (bits & partialSecrets) !== 0 ? "rodc" : "member";
}

/** Null where they were not exported, or not all of them can be read: then nothing can be denied from them. */
function readTokenGroups(object: DirectoryObject, report: DirectoryReport): readonly string[] | null {
  const attribute = findAttribute(object, "tokengroups");
  if (attribute === null || attribute.partial) return null;
  const sids: string[] = [];
  for (const value of attribute.values) {
    const sid = parseSid(value);
    if (sid === null) {
      report.at("directory.bad-value", { path: attribute.location.path, line: value.line }, "tokengroups");
      return null;
    }
    sids.push(sid);
  }
  return sids.sort();
}
