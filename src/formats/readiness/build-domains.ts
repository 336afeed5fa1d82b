import { dnKey, domainOfDn } from "../../model/dn.ts";
import type { DomainFacts, KdsFacts, OptionalObject, SecuredObject } from "../../model/readiness.ts";
import type { DirectoryObject } from "../directory/directory-object.ts";
import { findAttribute, findTexts } from "../directory/directory-object.ts";
import type { DirectoryReport } from "../directory/directory-report.ts";
import { readObjectSid } from "../directory/read-value.ts";
import { readSecured, readTime } from "./attributes.ts";
import type { SidsOfDomains } from "./build-accounts.ts";

export type Objects = ReadonlyMap<string, DirectoryObject>;

/** GUID_DOMAIN_CONTROLLERS_CONTAINER_W (MS-ADTS 6.1.1.4). */
const controllersContainer = /^B:32:A361B2FFFFD211D1AA4B00C04FD7D83A:(.+)$/i;

/** One domain, from its head and the containers below it. */
export function buildDomain(
  head: DirectoryObject,
  objects: Objects,
  sids: SidsOfDomains,
  report: DirectoryReport,
): DomainFacts {
  const domains = { domainSid: readObjectSid(head, report), forestRootSid: sids.rootSid };
  const secured = (object: DirectoryObject): SecuredObject => readSecured(object, domains, report);
  const optional = (dn: string, parent: string | null): OptionalObject => {
    const object = objects.get(dnKey(dn));
    if (object !== undefined) return { state: "found", object: secured(object) };
    return { state: parent !== null && objects.has(dnKey(parent)) ? "missing" : "unknown" };
  };
  const wellKnown = findTexts(head, "wellknownobjects").texts.map((text) => controllersContainer.exec(text));
  return {
    name: domainOfDn(head.dn),
    sid: domains.domainSid,
    head: secured(head),
    adfs: optional(
      `CN=ADFS,CN=Microsoft,CN=Program Data,${head.dn}`,
      `CN=Microsoft,CN=Program Data,${head.dn}`,
    ),
    deletedObjects: optional(`CN=Deleted Objects,${head.dn}`, null),
    controllersOu: wellKnown.find((match) => match !== null)?.[1] ?? `OU=Domain Controllers,${head.dn}`,
  };
}

/** The configuration partition, if Exchange keeps its configuration there. */
export function buildExchange(
  objects: Objects,
  configuration: string | null,
  sids: SidsOfDomains,
  report: DirectoryReport,
): OptionalObject {
  if (configuration === null) return { state: "unknown" };
  const exchange = objects.get(dnKey(`CN=Microsoft Exchange,CN=Services,${configuration}`));
  if (exchange === undefined)
    return { state: objects.has(dnKey(`CN=Services,${configuration}`)) ? "missing" : "unknown" };
  const head = objects.get(dnKey(configuration));
  if (head !== undefined) {
    const object = readSecured(head, { domainSid: sids.rootSid, forestRootSid: sids.rootSid }, report);
    return { state: "found", object };
  }
  const absent = { state: "absent" } as const;
  return {
    state: "found",
    object: { dn: configuration, location: exchange.location, sacl: absent, dacl: absent },
  };
}

/** Found by class: MS-GKDI names another container than the one that is really there. */
export function buildKds(
  objects: Objects,
  configuration: string | null,
  sids: SidsOfDomains,
  report: DirectoryReport,
): KdsFacts {
  const domains = { domainSid: sids.rootSid, forestRootSid: sids.rootSid };
  const all = [...objects.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const container = all.find(({ key }) => key.startsWith("cn=master root keys,cn=")) ?? null;
  const head = configuration === null ? undefined : objects.get(dnKey(configuration));
  return {
    keys: all.filter(isRootKey).map((object) => ({
      dn: object.dn,
      location: object.location,
      startTime: readTime(object, "mskds-usestarttime", report),
    })),
    container: container === null ? null : { dn: container.dn, location: container.location },
    readByAdministrator: [container, head ?? null].some(
      (object) => object !== null && readSecured(object, domains, report).sacl.state === "read",
    ),
  };
}

function isRootKey(object: DirectoryObject): boolean {
  if (findAttribute(object, "mskds-usestarttime") !== null) return true;
  return findTexts(object, "objectclass").texts.some(
    (text) => text.trim().toLowerCase() === "mskds-provrootkey",
  );
}
