import { dnKey, domainOfDn, rdnValue } from "../../model/dn.ts";
import type { AccountFacts, AccountKind, ExportedKinds, NamedAccount } from "../../model/readiness.ts";
import type { DirectoryObject } from "../directory/directory-object.ts";
import { findAttribute, findText, findTexts } from "../directory/directory-object.ts";
import type { DirectoryReport } from "../directory/directory-report.ts";
import { readInteger, readObjectSid } from "../directory/read-value.ts";
import { parseSid } from "../security-descriptor/sid.ts";
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
  /** By file, the attributes that some account in it has. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(
    objects: Iterable<DirectoryObject>,
    sids: SidsOfDomains,
    report: DirectoryReport,
    lookUps: readonly LookUp[],
  ) {
    this.#lookUps = lookUps;
    this.#objects = [...objects].filter((object) => findAttribute(object, "samaccountname") !== null);
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
    return { name, location, accounts, lookedUp: this.#wasLookedUp(name) };
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

  /** A DN, NAME@dns.domain, DOMAIN\NAME or NAME; `$` may be left out where nothing has the name without it. */
  #matches(typed: string): readonly DirectoryObject[] {
    if (typed.includes("=")) return this.#objects.filter(({ key }) => key === dnKey(typed));
    const [name = "", domain] = typed
      .slice(typed.lastIndexOf("\\") + 1)
      .toLowerCase()
      .split("@");
    const objects = this.#byName.get(name) ?? this.#byName.get(`${name}$`) ?? [];
    return domain === undefined ? objects : objects.filter(({ dn }) => domainOfDn(dn) === domain);
  }

  /** Whether each domain that may hold such an account was asked for it. */
  #wasLookedUp(typed: string): boolean {
    if (typed.includes("=")) return false;
    const [name = "", domain] = typed
      .slice(typed.lastIndexOf("\\") + 1)
      .toLowerCase()
      .split("@");
    const domains = domain === undefined ? [...this.#sids.byName.keys()] : [domain];
    return everyDomainAsked(domains, this.#lookUps, ({ names }) => names.has(name.replace(/\$$/, "")));
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
    const asked = name !== undefined && this.#wasAskedFor(object, name.toLowerCase());
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
