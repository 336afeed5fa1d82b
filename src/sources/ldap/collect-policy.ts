import { parseGpLink } from "../../formats/directory/gp-link.ts";
import { dnKey, domainOfDn } from "../../model/dn.ts";
import type { SnapshotObject } from "../../formats/snapshot/write-snapshot.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { descriptorParts, textOf } from "./directory-reader.ts";
import { childDn } from "./escape.ts";
import { attributes, filters, sdFlags } from "./read-plan.ts";
import type { RootDse } from "./root-dse.ts";

/** What precedence is worked out from: scopes of management, sites, domain controllers, GPOs and their filters. */
export async function collectPolicy(
  reader: DirectoryReader,
  root: RootDse,
): Promise<readonly SnapshotObject[]> {
  const { domain, configuration } = root;
  const soms = await reader.need("domain and organizational units", {
    base: domain,
    scope: "sub",
    filter: filters.soms,
    attributes: attributes.som,
  });
  const sites = await reader.need("sites", {
    base: childDn("Sites", configuration),
    scope: "sub",
    filter: filters.sites,
    attributes: attributes.site,
  });
  await collectControllers(reader, domain);
  await reader.need("WMI filters", {
    base: domain,
    scope: "sub",
    filter: filters.wmiFilters,
    attributes: attributes.wmiFilter,
  });
  const gpcs = await reader.need("GPOs", {
    base: domain,
    scope: "sub",
    filter: filters.gpcs,
    attributes: attributes.gpc,
    controls: descriptorParts(sdFlags.readable),
  });
  noteForeignLinks(reader, domain, [...soms, ...sites]);
  return gpcs;
}

/** Each domain controller by itself: a server works out token groups only for the base of a search (MS-ADTS 3.1.1.4.5.19). */
async function collectControllers(reader: DirectoryReader, domain: string): Promise<void> {
  const { found, failure } = await reader.look("domain controllers", {
    base: domain,
    scope: "sub",
    filter: filters.controllers,
    attributes: ["objectClass"],
  });
  if (failure !== null) reader.collected.fail("domain controllers", failure.message);
  for (const { dn } of found) {
    const spec = { base: dn, scope: "base", filter: filters.any } as const;
    const whole = await reader.look(dn, { ...spec, attributes: attributes.computer });
    if (whole.failure === null) {
      for (const object of whole.found) reader.collected.add(object);
      continue;
    }
    // A server that cannot work out the groups (no global catalog, say) refuses the search as a whole.
    const plain = attributes.computer.filter((name) => name !== "tokenGroups");
    reader.collected.leaveOut(`token groups of ${dn}`, whole.failure.message);
    await reader.need(dn, { ...spec, attributes: plain });
  }
}

/** GPOs of other domains that a link here reaches: their objects stand on other servers. */
function noteForeignLinks(reader: DirectoryReader, domain: string, soms: readonly SnapshotObject[]): void {
  const own = domainOfDn(domain);
  for (const som of soms) {
    const { links } = parseGpLink(textOf(som, "gplink") ?? "", () => undefined);
    for (const link of links) {
      if (link.domain === own) continue;
      reader.collected.leaveOut(
        `GPO {${link.guid}} of ${link.domain}, linked to ${som.dn}`,
        "only the domain of the given server is read: collect from a domain controller of that domain as well",
      );
    }
  }
}

const domainPartition = 2;

/** The other domains of the forest (MS-ADTS 6.1.1.2.1.1); true where it was seen that there is none. */
export async function noteOtherDomains(
  reader: DirectoryReader,
  { domain, configuration }: RootDse,
): Promise<boolean> {
  const { found, failure } = await reader.look("partitions", {
    base: childDn("Partitions", configuration),
    scope: "one",
    filter: filters.crossRefs,
    attributes: attributes.crossRef,
  });
  if (failure !== null) reader.collected.leaveOut("the list of the domains of the forest", failure.message);
  const domains = { own: 0, others: 0 };
  for (const crossRef of found) {
    const partition = textOf(crossRef, "ncname");
    const isDomain = (Number(textOf(crossRef, "systemflags") ?? "0") & domainPartition) !== 0;
    if (partition === null || !isDomain) continue;
    if (dnKey(partition) === dnKey(domain)) {
      domains.own += 1;
      continue;
    }
    domains.others += 1;
    reader.collected.leaveOut(
      `domain ${domainOfDn(partition)}`,
      "only the domain of the given server is read: collect from a domain controller of that domain as well",
    );
  }
  return failure === null && domains.own > 0 && domains.others === 0;
}
