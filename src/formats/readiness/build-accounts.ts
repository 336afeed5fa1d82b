import { dnKey, domainOfDn, rdnValue } from "../../model/dn.ts";
import type { AccountFacts, AccountKind, ExportedKinds, NamedAccount } from "../../model/readiness.ts";
import type { DirectoryObject } from "../directory/directory-object.ts";
import { findAttribute, findText, findTexts } from "../directory/directory-object.ts";
import type { DirectoryReport } from "../directory/directory-report.ts";
import { readInteger, readObjectSid } from "../directory/read-value.ts";
import { parseSid } from "../security-descriptor/sid.ts";
import type { TypedAccount } from "./account-name.ts";
import { bareName, parseTypedName } from "./account-name.ts";
import { readDacl, readTime } from "./attributes.ts";
import type { LookUp } from "./look-ups.ts";
import { everyDomainAsked } from "./look-ups.ts";
import type { ListedName } from "./parse-name-list.ts";

/** SIDs of the domains by DNS name, and of the forest root. */
export interface SidsOfDomains {
  readonly byName: ReadonlyMap<string, string | null>;
  readonly rootSid: string | null;
}

const kindOfClass: readonly (readonly [string, AccountKind])[] = [
  ["msds-groupmanagedserviceaccount", "gmsa"],
  ["msds-delegatedmanagedserviceaccount", "dmsa"],
  ["msds-managedserviceaccount", "smsa"],
  ["computer", "computer"],
  ["user", "user"],
];

/** Characters; a longer label is cut. */
const netbiosLength = 15;

const managedKinds: ReadonlySet<AccountKind> = new Set(["gmsa", "smsa", "dmsa"]);

/** What an account is by its classes; managed service accounts descend from computer, and computer from user. */
function accountKind(object: DirectoryObject): AccountKind {
  const classes = new Set(findTexts(object, "objectclass").texts.map((text) => text.trim().toLowerCase()));
  return kindOfClass.find(([name]) => classes.has(name))?.[1] ?? "other";
}

/** Finds the accounts that people named. */
export class AccountFinder {
  readonly #objects: readonly DirectoryObject[];
  readonly #sids: SidsOfDomains;
  readonly #report: DirectoryReport;
  readonly #lookUps: readonly LookUp[];
  readonly #byName = new Map<string, DirectoryObject[]>();
  /** DNS names of domains by their NetBIOS names, both in lower case. */
  readonly #netbiosNames = new Map<string, string>();
  /** By file, the attributes that some account in it has. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(
    objects: Iterable<DirectoryObject>,
    sids: SidsOfDomains,
    report: DirectoryReport,
    lookUps: readonly LookUp[],
  ) {
    this.#lookUps = lookUps;
    const all = [...objects];
    this.#objects = all.filter((object) => findAttribute(object, "samaccountname") !== null);
    for (const object of all) {
      const netbios = findText(object, "netbiosname");
      const partition = findText(object, "ncname");
      if (netbios !== null && partition !== null)
        this.#netbiosNames.set(netbios.toLowerCase(), domainOfDn(partition));
    }
    this.#sids = sids;
    this.#report = report;
    for (const object of this.#objects) {
      const name = findText(object, "samaccountname")?.toLowerCase() ?? "";
      const list = this.#byName.get(name);
      if (list === undefined) this.#byName.set(name, [object]);
      else list.push(object);
      for (const { location, attributes } of object.records) {
        const seen = this.#seen.get(location.path) ?? new Set();
        for (const attribute of ["lastlogontimestamp", "serviceprincipalname"])
          if (attributes.has(attribute)) seen.add(attribute);
        this.#seen.set(location.path, seen);
      }
    }
  }

  find({ name, location }: ListedName): NamedAccount {
    const objects = this.#matches(name).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const accounts = objects.map((object) => this.#build(object));
    const lookedUp = this.#wasLookedUp(name);
    return { name, location, accounts, lookedUp, domainKnown: this.#isDomainKnown(name) };
  }

  /** DNs of all accounts that carry one of these service principal names, by the name in lower case. */
  holders(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
    const holders = new Map<string, string[]>([...names].map((name) => [name.toLowerCase(), []]));
    for (const object of this.#objects) {
      for (const name of new Set(findTexts(object, "serviceprincipalname").texts.map(lower)))
        holders.get(name)?.push(object.dn);
    }
    for (const list of holders.values()) list.sort();
    return holders;
  }

  /** What the data demonstrably covers of one domain. */
  exported(domain: string): ExportedKinds {
    const own = this.#objects.filter(({ dn }) => domainOfDn(dn) === domain);
    const sid = this.#sids.byName.get(domain) ?? null;
    const builtIn = (rid: number): DirectoryObject | undefined =>
      sid === null
        ? undefined
        : own.find((object) => readObjectSid(object, this.#report) === `${sid}-${rid}`);
    const krbtgt = builtIn(502);
    const named = (object: DirectoryObject): boolean =>
      findAttribute(object, "serviceprincipalname") !== null;
    return {
      users: krbtgt !== undefined && builtIn(500) !== undefined,
      managedAccounts: own.some((object) => managedKinds.has(accountKind(object))),
      servicePrincipalNames:
        krbtgt !== undefined &&
        named(krbtgt) &&
        own.some((object) => isMember(object, this.#report) && named(object)),
    };
  }

  /** `$` may be left out where nothing has the name without it. */
  #matches(typed: string): readonly DirectoryObject[] {
    const parsed = parseTypedName(typed);
    if (parsed.kind === "dn") return this.#objects.filter(({ key }) => key === dnKey(typed));
    const name = parsed.name.toLowerCase();
    const objects = this.#byName.get(name) ?? this.#byName.get(`${name}$`) ?? [];
    const domains = this.#domainsOf(parsed);
    return domains === null ? objects : objects.filter(({ dn }) => domains.includes(domainOfDn(dn)));
  }

  /** Whether each domain that may hold such an account was asked for it. */
  #wasLookedUp(typed: string): boolean {
    const parsed = parseTypedName(typed);
    if (parsed.kind === "dn") return false;
    const domains = this.#domainsOf(parsed) ?? [...this.#sids.byName.keys()];
    return everyDomainAsked(domains, this.#lookUps, ({ names }) => names.has(bareName(parsed.name)));
  }

  #isDomainKnown(typed: string): boolean {
    const parsed = parseTypedName(typed);
    if (parsed.kind === "dn") return this.#sids.byName.has(domainOfDn(typed));
    const domains = this.#domainsOf(parsed);
    return domains === null || domains.some((name) => this.#sids.byName.has(name));
  }

  /**
   * The domains that a name is limited to; null for any. A NetBIOS name is taken from the partitions of the forest, and
   * else for the first label of the DNS name, as which it begins: one that fits no domain must not fit a namesake.
   */
  #domainsOf({ dnsDomain, netbiosDomain }: TypedAccount): readonly string[] | null {
    if (dnsDomain !== null) return [dnsDomain];
    if (netbiosDomain === null) return null;
    const told = this.#netbiosNames.get(netbiosDomain);
    if (told !== undefined) return [told];
    const known = new Set(this.#netbiosNames.values());
    return [...this.#sids.byName.keys()].filter(
      (name) => !known.has(name) && name.split(".")[0]?.slice(0, netbiosLength) === netbiosDomain,
    );
  }

  /** Whether all that is judged of an account was asked for, so that what is not there is not set. */
  #wasAskedFor({ records }: DirectoryObject, name: string): boolean {
    return this.#lookUps.some(
      ({ path, names, showsAll }) =>
        showsAll && names.has(name) && records.some(({ location }) => location.path === path),
    );
  }

  #build(object: DirectoryObject): AccountFacts {
    const { dn, location } = object;
    const report = this.#report;
    const domain = domainOfDn(dn);
    const sid = readObjectSid(object, report);
    const domainSid = this.#sids.byName.get(domain) ?? sid?.slice(0, sid.lastIndexOf("-")) ?? null;
    const primaryGroup = readInteger(object, "primarygroupid", report);
    const principals = findTexts(object, "serviceprincipalname");
    const kind = accountKind(object);
    const isManaged = managedKinds.has(kind);
    const name = findText(object, "samaccountname")?.replace(/\$$/, "");
    const asked = name !== undefined && this.#wasAskedFor(object, bareName(name));
    // A snapshot has what was asked for and of each account something else: others in it show nothing.
    const exports = object.records.filter(({ location: { path } }) =>
      this.#lookUps.every((lookUp) => lookUp.path !== path),
    );
    const seen = exports.map(({ location: { path } }) => this.#seen.get(path));
    const shown = (attribute: string): boolean => seen.some((names) => names?.has(attribute) === true);
    return {
      dn,
      name: name ?? rdnValue(dn),
      domain,
      sid,
      kind,
      location,
      userAccountControl: readInteger(object, "useraccountcontrol", report),
      primaryGroupId: primaryGroup === "malformed" ? null : primaryGroup,
      memberOf: findTexts(object, "memberof").texts,
      tokenGroups: readTokenGroups(object),
      retrieval: readDacl(
        object,
        "msds-groupmsamembership",
        { domainSid, forestRootSid: this.#sids.rootSid },
        report,
      ),
      encryptionTypes: readInteger(object, "msds-supportedencryptiontypes", report),
      passwordInterval: readInteger(object, "msds-managedpasswordinterval", report),
      passwordSet: readTime(object, "pwdlastset", report),
      lastLogon: readTime(object, "lastlogontimestamp", report),
      logonsExported: asked || shown("lastlogontimestamp"),
      servicePrincipalNames: [...new Set(principals.texts)].sort(),
      // Of other accounts than managed ones a look-up does not ask for them.
      namesExported: !principals.incomplete && ((asked && isManaged) || shown("serviceprincipalname")),
    };
  }
}

/** Bits of userAccountControl that make a DC or a read-only one (MS-ADTS 2.2.16). */
const controllerBits = 0x04002000;

function isMember(object: DirectoryObject, report: DirectoryReport): boolean {
  const bits = readInteger(object, "useraccountcontrol", report);
  return accountKind(object) === "computer" && typeof bits === "number" && (bits & controllerBits) === 0;
}

/** Null where they were not exported whole: then nothing can be denied from them. */
function readTokenGroups(object: DirectoryObject): readonly string[] | null {
  const attribute = findAttribute(object, "tokengroups");
  if (attribute === null || attribute.partial) return null;
  const sids = attribute.values.map(parseSid).filter((sid) => sid !== null);
  return sids.length === attribute.values.length ? sids.sort() : null;
}

function lower(text: string): string {
  return text.toLowerCase();
}
