import { dnKey, parseDn, rdnValue } from "../../model/dn.ts";
import type { Directory, DirectoryGroup } from "../../model/gpo.ts";
import { parseSidText } from "../security-descriptor/sid.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findAttribute, findText, findTexts } from "./directory-object.ts";
import type { DirectoryReport } from "./directory-report.ts";
import type { ObjectKind } from "./object-class.ts";
import { readObjectSid } from "./read-value.ts";

/** GROUP_TYPE_SECURITY_ENABLED (MS-ADTS 2.2.12). */
const securityEnabled = 0x80000000;

export type Memberships = Pick<
  Directory,
  "groups" | "knownDns" | "nonGroupSids" | "foreignPrincipals" | "membershipExported"
> & {
  /** Keys of groups that are for mail only: they are in no token, and nothing passes through them. */
  readonly distributionGroups: ReadonlySet<string>;
};

/** Everything about who is in which group. */
export function buildMemberships(
  objects: ReadonlyMap<string, DirectoryObject>,
  kinds: ReadonlyMap<string, ObjectKind>,
  report: DirectoryReport,
): Memberships {
  const knownDns = new Set<string>();
  const nonGroupSids = new Set<string>();
  const foreignPrincipals = new Map<string, string>();
  const distributionGroups = new Set<string>();
  const groups = new Map<string, DirectoryGroup>();
  const nested = new Map<string, string[]>();
  let membersExported = false;
  let memberOfExported = false;
  for (const object of objects.values()) {
    const { key, dn } = object;
    const kind = kinds.get(key) ?? "unclear";
    const listsMembers = findAttribute(object, "member") !== null;
    const listsGroups = findAttribute(object, "memberof") !== null;
    membersExported ||= listsMembers;
    memberOfExported ||= listsGroups;
    // Only groups and foreign principals hand a membership on; that of a computer stands at the computer.
    if (listsGroups && (kind === "group" || kind === "foreign-principal")) {
      for (const group of findTexts(object, "memberof").texts) push(nested, dnKey(group), dn);
    }
    // What may be a group, but cannot be seen to be one, must count as not exported.
    if (kind === "unclear") continue;
    if (kind !== "group") {
      knownDns.add(key);
      if (kind === "foreign-principal")
        addForeignPrincipal(foreignPrincipals, dn, readObjectSid(object, report));
      else addSid(nonGroupSids, object, report);
    } else if (isDistributionGroup(object)) {
      knownDns.add(key);
      distributionGroups.add(key);
      addSid(nonGroupSids, object, report);
    } else {
      const sid = readObjectSid(object, report);
      if (sid === null) continue;
      knownDns.add(key);
      const { texts, incomplete } = findTexts(object, "member");
      groups.set(key, { dn, sid, members: texts, membersIncomplete: incomplete });
      for (const member of texts) addForeignPrincipal(foreignPrincipals, member, null);
    }
  }
  const membershipExported = membersExported || memberOfExported;
  for (const [key, group] of groups) {
    groups.set(
      key,
      complete(group, nested.get(key) ?? [], distributionGroups, membershipExported && !membersExported),
    );
  }
  return { groups, knownDns, nonGroupSids, foreignPrincipals, membershipExported, distributionGroups };
}

/** Adds the members that only say themselves that they are in the group, and drops mail groups. */
function complete(
  group: DirectoryGroup,
  nested: readonly string[],
  distributionGroups: ReadonlySet<string>,
  onlyMemberOf: boolean,
): DirectoryGroup {
  // memberOf of what was not exported is not seen, so from it alone no member list is whole.
  const membersIncomplete = group.membersIncomplete || onlyMemberOf;
  if (nested.length === 0 && distributionGroups.size === 0) return { ...group, membersIncomplete };
  const known = new Set(group.members.map(dnKey));
  const members = [...group.members, ...nested.filter((dn) => !known.has(dnKey(dn)))];
  return { ...group, members: members.filter((dn) => !distributionGroups.has(dnKey(dn))), membersIncomplete };
}

function isDistributionGroup(object: DirectoryObject): boolean {
  const text = findText(object, "grouptype")?.trim() ?? "";
  return /^-?\d{1,10}$/.test(text) && (Number(text) & securityEnabled) === 0;
}

/** A foreign security principal is named by its SID (MS-ADTS 6.1.1.4.10), whether or not the object was exported. */
function addForeignPrincipal(
  foreignPrincipals: Map<string, string>,
  dn: string,
  objectSid: string | null,
): void {
  if (objectSid === null && !/^CN=S-1-/i.test(dn)) return;
  const container = parseDn(dn)?.[1]?.pairs[0]?.value.toLowerCase();
  const sid = objectSid ?? (container === "foreignsecurityprincipals" ? parseSidText(rdnValue(dn)) : null);
  if (sid !== null) foreignPrincipals.set(dnKey(dn), sid);
}

function addSid(sids: Set<string>, object: DirectoryObject, report: DirectoryReport): void {
  const sid = readObjectSid(object, report);
  if (sid !== null) sids.add(sid);
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
