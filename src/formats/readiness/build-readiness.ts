import type { Diagnostic } from "../../model/diagnostic.ts";
import { dnKey, domainOfDn, parseDn } from "../../model/dn.ts";
import type { ReadinessFacts } from "../../model/readiness.ts";
import { mergeRecords } from "../directory/directory-object.ts";
import { findText } from "../directory/directory-object.ts";
import type { DirectoryObject } from "../directory/directory-object.ts";
import { DirectoryReport } from "../directory/directory-report.ts";
import { objectKind } from "../directory/object-class.ts";
import { readInteger, readObjectSid } from "../directory/read-value.ts";
import type { DirectoryRecord } from "../directory/record.ts";
import type { SidsOfDomains } from "./build-accounts.ts";
import { AccountFinder } from "./build-accounts.ts";
import { buildDomain, buildExchange, buildKds } from "./build-domains.ts";
import type { LookUp } from "./look-ups.ts";
import { everyDomainAsked } from "./look-ups.ts";
import type { ListedName } from "./parse-name-list.ts";

/** Which accounts the checks ask about. */
export interface ReadinessQuery {
  readonly serviceAccounts: readonly string[];
  /** Null where there is no list, or it could not be read whole. */
  readonly listed: readonly ListedName[] | null;
  /** One of each snapshot. */
  readonly lookUps: readonly LookUp[];
}

/** Takes what the readiness checks need out of the records of any number of exports. */
export function buildReadiness(
  exports: readonly (readonly DirectoryRecord[])[],
  query: ReadinessQuery,
): { readonly facts: ReadinessFacts; readonly diagnostics: readonly Diagnostic[] } {
  const report = new DirectoryReport();
  // What two exports disagree about is told where the directory is built.
  const objects = mergeRecords(exports, () => {});
  for (const [key, object] of objects) if (isGone(object)) objects.delete(key);
  const configuration = configurationDn(objects.keys());
  const heads = [...objects.values()]
    .filter((object) => objectKind(object) === "domain")
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const byName = new Map(heads.map((head) => [domainOfDn(head.dn), readObjectSid(head, report)]));
  const sids: SidsOfDomains = {
    byName,
    rootSid: configuration === null ? null : (byName.get(domainOfDn(configuration)) ?? null),
  };
  const finder = new AccountFinder(objects.values(), sids, report, query.lookUps);
  const serviceAccounts = query.serviceAccounts.map((name) => finder.find({ name, location: null }));
  const principalNames = serviceAccounts.flatMap(({ accounts }) =>
    accounts.flatMap(({ servicePrincipalNames }) => servicePrincipalNames),
  );
  const facts: ReadinessFacts = {
    domains: heads.map((head) => buildDomain(head, objects, sids, report)),
    exported: new Map([...byName.keys()].map((domain) => [domain, finder.exported(domain)])),
    schemaVersion: readSchemaVersion(objects.values(), report),
    kds: buildKds(objects, configuration, sids, report),
    exchange: buildExchange(objects, configuration, sids, report),
    serviceAccounts,
    listed: query.listed?.map((listed) => finder.find(listed)) ?? null,
    nameHolders: finder.holders(principalNames),
    systems: readSystems(objects.values()),
    lookedUpNames: new Set(
      principalNames
        .map((name) => name.toLowerCase())
        .filter((name) =>
          everyDomainAsked([...byName.keys()], query.lookUps, (one) => one.principalNames.has(name)),
        ),
    ),
  };
  return { facts, diagnostics: report.items };
}

/** Deleted, or renamed in a replication conflict; the container of deleted objects calls itself deleted and is not. */
function isGone(object: DirectoryObject): boolean {
  if (object.key.startsWith("cn=deleted objects,dc=")) return false;
  const name = parseDn(object.dn)?.[0]?.text ?? "";
  if (/(?:\\0a|\n)(?:CNF|DEL):/i.test(name) || object.key.includes(",cn=deleted objects,")) return true;
  return findText(object, "isdeleted")?.trim().toUpperCase() === "TRUE";
}

/** DN of the configuration partition, from any object in it. */
function configurationDn(keys: Iterable<string>): string | null {
  for (const key of keys) {
    const match = /(?:^|,)(cn=configuration(?:,dc=[^,]+)+)$/.exec(key);
    if (match?.[1] !== undefined) return match[1].replace("cn=c", "CN=C").replace(/,dc=/g, ",DC=");
  }
  return null;
}

function readSchemaVersion(
  objects: Iterable<DirectoryObject>,
  report: DirectoryReport,
): ReadinessFacts["schemaVersion"] {
  for (const object of objects) {
    if (object.key.startsWith("cn=schema,cn=configuration,dc="))
      return readInteger(object, "objectversion", report);
  }
  return null;
}

/** operatingSystemVersion of every computer that shows one, by `dnKey`. */
function readSystems(objects: Iterable<DirectoryObject>): ReadonlyMap<string, string> {
  const systems = new Map<string, string>();
  for (const object of objects) {
    const version = findText(object, "operatingsystemversion");
    if (version !== null) systems.set(dnKey(object.dn), version);
  }
  return systems;
}
