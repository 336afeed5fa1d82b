import { dnKey } from "../model/dn.ts";
import type { Computer, Directory } from "../model/gpo.ts";

export type Membership = "yes" | "no" | "unknown";

/** The access token that a computer brings to the security filter of a GPO (MS-GPOL 3.2.5.1.6). */
export interface Token {
  /** Whether the token holds the SID; null stands for a trustee whose SID could not be worked out. */
  has(sid: string | null): Membership;
}

/** What every computer account gets when it logs on to the network, and what `gpresult` lists on writable DCs. */
const everyComputer = ["S-1-1-0", "S-1-5-2", "S-1-5-11", "S-1-5-15", "S-1-18-1", "S-1-5-32-545"];
const everyWritableDc = ["S-1-5-9", "S-1-5-32-544", "S-1-5-32-554", "S-1-5-32-560"];

const domainComputersRid = 515;
const domainControllersRid = 516;
const readOnlyDomainControllersRid = 521;
const enterpriseReadOnlyDomainControllersRid = 498;
const deniedRodcReplicationRid = 572;

/**
 * RIDs of groups and accounts that every domain has and that hold no DC unless somebody adds one: with member lists
 * at hand an addition is seen. Others below 1000 (517 Cert Publishers, 553 RAS servers) do hold DCs in practice.
 */
const neverDcRids = new Set([
  498, 500, 501, 502, 512, 513, 514, 515, 516, 518, 519, 520, 521, 522, 525, 526, 527,
]);

/** Builds the token of one computer from what the directory data says about it. */
export function buildToken(computer: Computer, directory: Directory): Token {
  const domainSid = domainSidOf(computer, directory);
  const certain = new Set(certainSids(computer, domainSid, directory));
  if (computer.tokenGroups !== null) for (const sid of computer.tokenGroups) certain.add(sid);
  const memberships = new Memberships(computer, certain, directory);
  return {
    has(sid) {
      if (sid === null) return "unknown";
      if (certain.has(sid)) return "yes";
      // No specification and no captured token says which of these a read-only DC gets.
      if (computer.role === "rodc" && everyWritableDc.includes(sid)) return "unknown";
      if (!sid.startsWith("S-1-5-21-") && !sid.startsWith("S-1-5-32-")) return "no";
      if (domainSid === null && !isBuiltin(sid)) return "unknown";
      if (computer.tokenGroups !== null) return "no";
      return memberships.of(sid, isBuiltin(sid) || isNeverDc(sid, directory, domainSid));
    },
  };
}

function isBuiltin(sid: string): boolean {
  return sid.startsWith("S-1-5-32-");
}

function domainSidOf(computer: Computer, directory: Directory): string | null {
  if (computer.sid !== null) return computer.sid.slice(0, computer.sid.lastIndexOf("-"));
  return directory.domains.get(computer.domain)?.sid ?? null;
}

function* certainSids(computer: Computer, domainSid: string | null, directory: Directory): Generator<string> {
  yield* everyComputer;
  if (computer.sid !== null) yield computer.sid;
  if (domainSid === null) return;
  if (computer.primaryGroupId !== null) yield `${domainSid}-${computer.primaryGroupId}`;
  if (computer.role === "member") {
    yield `${domainSid}-${domainComputersRid}`;
    return;
  }
  yield `${domainSid}-${deniedRodcReplicationRid}`;
  if (computer.role === "dc") {
    yield* everyWritableDc;
    yield `${domainSid}-${domainControllersRid}`;
    return;
  }
  yield `${domainSid}-${readOnlyDomainControllersRid}`;
  // The group stands in the forest root, which may be another domain than the computer's.
  yield `${domainSid}-${enterpriseReadOnlyDomainControllersRid}`;
  for (const domain of directory.domains.values()) {
    if (domain.sid !== null) yield `${domain.sid}-${enterpriseReadOnlyDomainControllersRid}`;
  }
}

function isNeverDc(sid: string, directory: Directory, domainSid: string | null): boolean {
  const cut = sid.lastIndexOf("-");
  const known = sid.slice(0, cut) === domainSid || knownDomain(sid.slice(0, cut), directory);
  return known && neverDcRids.has(Number(sid.slice(cut + 1)));
}

function knownDomain(sid: string, directory: Directory): boolean {
  for (const domain of directory.domains.values()) if (domain.sid === sid) return true;
  return false;
}

/** Transitive group memberships of one computer, worked out from member lists. */
class Memberships {
  readonly #directory: Directory;
  readonly #groups: ReadonlySet<string>;

  constructor(computer: Computer, certain: ReadonlySet<string>, directory: Directory) {
    this.#directory = directory;
    this.#groups = groupsOf(computer, certain, directory);
  }

  /** `neverDc`: the SID is one that holds no DC by default. */
  of(sid: string, neverDc: boolean): Membership {
    if (this.#directory.nonGroupSids.has(sid)) return "no";
    const key = indexOf(this.#directory).bySid.get(sid);
    if (key === undefined) return neverDc ? "no" : "unknown";
    if (this.#groups.has(key)) return "yes";
    // Without any member attribute in the export a membership cannot be denied, but defaults still hold.
    if (!this.#directory.membershipExported) return neverDc ? "no" : "unknown";
    return this.#isWhollyKnown(key) ? "no" : "unknown";
  }

  /** False where the group, or one inside it, has a member that was not exported: that may be a group with the computer. */
  #isWhollyKnown(key: string): boolean {
    const seen = new Set([key]);
    for (const current of seen) {
      const group = this.#directory.groups.get(current);
      if (group === undefined) {
        if (!this.#directory.knownDns.has(current) && !this.#directory.foreignPrincipals.has(current))
          return false;
        continue;
      }
      if (group.membersIncomplete) return false;
      for (const dn of group.members) seen.add(dnKey(dn));
    }
    return true;
  }
}

/** Keys of all groups that hold the computer, directly or through other groups. */
function groupsOf(computer: Computer, certain: ReadonlySet<string>, directory: Directory): Set<string> {
  const { bySid, parents } = indexOf(directory);
  const groups = new Set<string>(computer.memberOf.map(dnKey));
  for (const parent of parents.get(dnKey(computer.dn)) ?? []) groups.add(parent);
  for (const sid of certain) {
    const key = bySid.get(sid);
    if (key !== undefined) groups.add(key);
  }
  for (const [key, sid] of directory.foreignPrincipals) {
    if (certain.has(sid)) for (const parent of parents.get(key) ?? []) groups.add(parent);
  }
  for (const key of groups) for (const parent of parents.get(key) ?? []) groups.add(parent);
  return groups;
}

interface GroupIndex {
  readonly bySid: ReadonlyMap<string, string>;
  /** Groups that list an object as member, by the object's key. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<Directory, GroupIndex>();

function indexOf(directory: Directory): GroupIndex {
  let index = indexes.get(directory);
  if (index === undefined) {
    const bySid = new Map<string, string>();
    const parents = new Map<string, string[]>();
    for (const [key, group] of directory.groups) {
      bySid.set(group.sid, key);
      for (const dn of group.members) {
        const member = dnKey(dn);
        const list = parents.get(member);
        if (list === undefined) parents.set(member, [key]);
        else list.push(key);
      }
    }
    index = { bySid, parents };
    indexes.set(directory, index);
  }
  return index;
}
