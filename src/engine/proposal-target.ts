import { dnKey, domainOfDn } from "../model/dn.ts";
import type { Directory, Gpc, Guid, Som } from "../model/gpo.ts";
import type { Proposal, ProposedLink } from "../model/proposal.ts";

/** A GPO that the directory data speaks of. */
export interface KnownGpo {
  readonly dn: string;
  readonly domain: string;
  /** Null: links point to it, but its object is not in the data. */
  readonly gpc: Gpc | null;
  /** Whether any link points to it, a disabled one too. */
  readonly linked: boolean;
}

/** All GPOs of a GUID: objects, and targets of links. */
export function listKnown(directory: Directory, guid: string): readonly KnownGpo[] {
  let index = indexes.get(directory);
  if (index === undefined) {
    index = indexKnown(directory);
    indexes.set(directory, index);
  }
  return index.get(guid) ?? [];
}

/** Built once for a directory, however many GPOs are looked for in it. */
const indexes = new WeakMap<Directory, ReadonlyMap<Guid, readonly KnownGpo[]>>();

function indexKnown({ gpcs, soms }: Directory): ReadonlyMap<Guid, readonly KnownGpo[]> {
  const known = new Map<string, KnownGpo & { readonly guid: Guid }>();
  for (const [key, gpc] of gpcs) {
    known.set(key, { guid: gpc.guid, dn: gpc.dn, domain: gpc.domain, gpc, linked: false });
  }
  for (const { links } of soms.values()) {
    for (const { gpoDn, guid, domain } of links) {
      const key = dnKey(gpoDn);
      const own = known.get(key) ?? { guid, dn: gpoDn, domain, gpc: null };
      known.set(key, { ...own, linked: true });
    }
  }
  const byGuid = new Map<Guid, KnownGpo[]>();
  for (const { guid, ...gpo } of known.values()) {
    const list = byGuid.get(guid);
    if (list === undefined) byGuid.set(guid, [gpo]);
    else list.push(gpo);
  }
  return byGuid;
}

/**
 * The GPO that a proposal is for: the one of its domain, else the only one of its GUID. The default GUIDs repeat in every
 * domain: one that is of another known domain is another GPO.
 */
export function findTarget(
  known: readonly KnownGpo[],
  { domain }: Proposal,
  { domains }: Directory,
): KnownGpo | "new" | "ambiguous" {
  const own = known.find((gpo) => gpo.domain === domain);
  if (own !== undefined) return own;
  const [only, ...others] = known;
  if (only === undefined || (domain !== null && domains.has(domain))) return "new";
  return others.length === 0 ? only : "ambiguous";
}

/** A SOM to link to, or one sentence on why there is none. */
export type Place = { readonly som: Som } | { readonly problem: string };

export function findPlace(link: ProposedLink | null, { domains, soms }: Directory): Place {
  if (link === null) return { problem: "no link is given: --as-if-linked DN or dc-ou" };
  let dn = link.som;
  if (dn === "dc-ou") {
    const [only, ...others] = domains.values();
    if (only === undefined) {
      return { problem: "the directory data shows no domain for dc-ou: name the OU by its DN" };
    }
    // Nobody knows which of their Domain Controllers OUs is meant.
    if (others.length > 0) return { problem: "dc-ou fits several domains: name the OU by its DN" };
    dn = `OU=Domain Controllers,${only.dn}`;
  }
  const som = soms.get(dnKey(dn));
  return som === undefined ? { problem: `'${dn}' is not in the directory data` } : { som };
}

/** The domain of a new GPO that is linked to a SOM: an OU names it, a site does not. */
export function domainFor(
  som: Som,
  { domains }: Directory,
): { readonly domain: string } | { readonly problem: string } {
  if (som.kind !== "site") {
    const domain = domainOfDn(som.dn);
    return domains.has(domain)
      ? { domain }
      : { problem: `the domain of '${som.dn}' is not in the directory data` };
  }
  const [only, ...others] = domains.keys();
  if (only !== undefined && others.length === 0) return { domain: only };
  return { problem: `'${som.dn}' is a site, which fits several domains: name the OU by its DN` };
}
