import { dnKey, parentDn, parseDn, rdnValue } from "../model/dn.ts";
import type { TargetGap } from "../model/effective.ts";
import type { Computer, Directory, GpoLink, Som } from "../model/gpo.ts";

/** One link in the scope of a computer, before anything is known about its GPO. */
export interface ScopedLink {
  readonly som: Som;
  readonly link: GpoLink;
  /** GPMC's number: 1 is the strongest link of its SOM. */
  readonly linkOrder: number;
  readonly blocked: boolean;
}

export interface Scope {
  /** Name of the site; null where no server object refers to the computer. */
  readonly site: string | null;
  /** Every link of every SOM, strongest first. */
  readonly links: readonly ScopedLink[];
  readonly gaps: readonly TargetGap[];
  readonly notes: readonly string[];
}

export interface ScopeOptions {
  /** The user vouches that no GPO is linked to a site. */
  readonly assumeNoSiteLinks: boolean;
}

/** The links that are in scope for a computer, strongest first (MS-GPOL 3.2.5.1.3 to 3.2.5.1.5). */
export function resolveScope(computer: Computer, directory: Directory, options: ScopeOptions): Scope {
  const gaps: TargetGap[] = [];
  const notes: string[] = [];
  const site = findSite(computer, directory, options, gaps, notes);
  // Outer to inner, in the order in which Windows applies them.
  const soms = [...(site.som === null ? [] : [site.som]), ...findParents(computer, directory, gaps)];
  for (const som of soms) {
    if (som.linksDamaged)
      gaps.push({ code: "links-damaged", text: `the links of ${som.dn} cannot be read in full` });
  }
  return { site: site.name, links: orderLinks(soms), gaps, notes };
}

/**
 * Enforced links beat all others, outer before inner; then come the plain ones, inner before outer. Within one SOM the
 * rightmost link is link order 1 and wins. The list-building text of MS-GPOL 3.2.5.1.5, read literally, would turn the
 * plain ones round; captured gPLink values beside what GPMC and gpresult show for them say otherwise.
 */
function orderLinks(soms: readonly Som[]): ScopedLink[] {
  const blockedAbove = soms.findLastIndex((som) => som.blocksInheritance);
  const enforced: ScopedLink[] = [];
  const plain: ScopedLink[] = [];
  soms.forEach((som, index) => {
    const own = som.links.map((link, position) => ({
      som,
      link,
      linkOrder: som.links.length - position,
      blocked: !link.enforced && index < blockedAbove,
    }));
    const strongestFirst = own.reverse();
    enforced.push(...strongestFirst.filter((item) => item.link.enforced));
    plain.unshift(...strongestFirst.filter((item) => !item.link.enforced));
  });
  return [...enforced, ...plain];
}

/** Domain head to leaf OU. Plain containers cannot carry links; parent domains contribute nothing (MS-GPOL 3.2.5.1.3). */
function findParents(computer: Computer, directory: Directory, gaps: TargetGap[]): Som[] {
  const soms: Som[] = [];
  for (let dn = parentDn(computer.dn); dn !== ""; dn = parentDn(dn)) {
    const type = parseDn(dn)?.[0]?.pairs[0]?.type;
    if (type !== "ou" && type !== "dc") continue;
    const som = directory.soms.get(dnKey(dn));
    if (som === undefined) gaps.push({ code: "som-missing", text: `${dn} is not in the directory data` });
    else soms.unshift(som);
    if (type === "dc") break;
  }
  return soms;
}

interface SiteResult {
  readonly name: string | null;
  readonly som: Som | null;
}

const noSite: SiteResult = { name: null, som: null };

/** The site of a DC is where its server object stands (MS-ADTS 6.1.1.2.2). */
function findSite(
  computer: Computer,
  directory: Directory,
  options: ScopeOptions,
  gaps: TargetGap[],
  notes: string[],
): SiteResult {
  const servers = directory.servers.get(dnKey(computer.dn)) ?? [];
  const sites = new Map(servers.map((server) => [dnKey(server.siteDn), server.siteDn]));
  if (!directory.hasSites) {
    if (!options.assumeNoSiteLinks) {
      gaps.push({
        code: "no-sites",
        text: "the directory data holds no sites, so links to its site are not known",
      });
    }
    const [named] = sites.size === 1 ? sites.values() : [];
    return { name: named === undefined ? null : rdnValue(named), som: null };
  }
  if (sites.size > 1) {
    gaps.push({
      code: "site-ambiguous",
      text: `server objects in several sites refer to it: ${[...sites.values()].map(rdnValue).sort().join(", ")}`,
    });
    return noSite;
  }
  const [siteDn] = sites.values();
  if (siteDn === undefined) {
    if (computer.serverReferenceBl !== null && !options.assumeNoSiteLinks) {
      gaps.push({
        code: "som-missing",
        text: `its server object ${computer.serverReferenceBl} is not in the directory data`,
      });
    } else if (computer.role !== "member") {
      notes.push("no server object refers to it: it stands in no site and gets no site links");
    }
    return noSite;
  }
  const som = directory.soms.get(dnKey(siteDn)) ?? null;
  if (som === null && !options.assumeNoSiteLinks) {
    gaps.push({ code: "som-missing", text: `its site ${siteDn} is not in the directory data` });
  }
  return { name: rdnValue(siteDn), som };
}
