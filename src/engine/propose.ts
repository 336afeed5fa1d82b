import { dnKey, domainOfDn } from "../model/dn.ts";
import type {
  Directory,
  Gpc,
  GpoLink,
  Gpt,
  Guid,
  Inventory,
  SecurityDescriptorFact,
  Som,
} from "../model/gpo.ts";
import type { Proposal, ProposedFacts, ProposedLink } from "../model/proposal.ts";
import { partKinds } from "../model/setting.ts";
import { extensionOf } from "./participants.ts";

export interface ProposeOptions {
  /** Where GPOs that have no link are judged; null: nowhere, they stay without effect. */
  readonly link: ProposedLink | null;
  /** The user vouches for extensions, filtering, status and versions of GPOs that no source describes. */
  readonly assumeDelivered: boolean;
}

export interface Proposed {
  readonly inventory: Inventory;
  /** Proposals that neither replace a GPO nor got a link: they change nothing. */
  readonly unplaced: readonly Proposal[];
}

/** Puts proposals on top of an inventory: one with a known GUID replaces that GPO, a new one is linked as told. */
export function propose(
  base: { readonly gpts: readonly Gpt[]; readonly directory: Directory },
  proposals: readonly Proposal[],
  options: ProposeOptions,
): Proposed {
  const gpcs = new Map(base.directory.gpcs);
  const soms = new Map(base.directory.soms);
  let gpts = base.gpts;
  const unplaced: Proposal[] = [];
  for (const proposal of proposals) {
    const existing = findExisting(base.directory, proposal);
    const place = existing === null ? placeOf(options, soms, base.directory) : null;
    if (existing === null && place === null) {
      unplaced.push(proposal);
      continue;
    }
    const gpc =
      existing === null ? newGpc(proposal, place?.domain ?? "", options) : replaceFacts(existing, proposal);
    gpcs.set(dnKey(gpc.dn), gpc);
    gpts = [
      ...gpts.filter((gpt) => gpt.guid !== gpc.guid || (gpt.domainLabel ?? gpc.domain) !== gpc.domain),
      { ...proposal.gpt, guid: gpc.guid, domainLabel: gpc.domain },
    ];
    if (place !== null && options.link !== null) {
      soms.set(dnKey(place.som.dn), addLink(soms.get(dnKey(place.som.dn)) ?? place.som, gpc, options.link));
    }
  }
  return { inventory: { gpts, directory: { ...base.directory, gpcs, soms } }, unplaced };
}

/** The GPO with the same GUID: of the same domain where the source names one that is known, else the only one. */
function findExisting({ gpcs }: Directory, { gpt, domain }: Proposal): Gpc | null {
  const same = [...gpcs.values()].filter(({ guid }) => guid === gpt.guid);
  return same.find((gpc) => gpc.domain === domain) ?? (same.length === 1 ? (same[0] ?? null) : null);
}

/** What a backup says of itself takes the place of what stands there: that is what restoring it would do. */
function replaceFacts(existing: Gpc, { facts, displayName }: Proposal): Gpc {
  return { ...existing, ...facts, displayName: existing.displayName ?? displayName };
}

function newGpc(
  { gpt, displayName, facts }: Proposal,
  domain: string,
  { assumeDelivered }: ProposeOptions,
): Gpc {
  const described = facts ?? (assumeDelivered ? deliveredFacts : undescribedFacts);
  return {
    location: { path: gpt.path, line: 1 },
    ...described,
    dn: `CN={${gpt.guid}},CN=Policies,CN=System,${domain
      .split(".")
      .map((label) => `DC=${label}`)
      .join(",")}`,
    guid: gpt.guid,
    domain,
    displayName,
    opaque: false,
    functionalityVersion: 2,
    fileSysPath: null,
  };
}

type DescribedFacts = Omit<ProposedFacts, "location"> & Partial<Pick<ProposedFacts, "location">>;

const everybody: SecurityDescriptorFact = { state: "read", descriptor: { dacl: null } };

const deliveredFacts: DescribedFacts = {
  extensions: { effective: partKinds.map((kind) => extensionOf[kind]), ineffective: [], damaged: false },
  securityDescriptor: everybody,
  flags: 0,
  machineVersion: 1,
  wmiFilter: null,
};

/** A folder says nothing about the directory half: an undecided extension list, and no descriptor. */
const undescribedFacts: DescribedFacts = {
  extensions: { effective: [], ineffective: [], damaged: true },
  securityDescriptor: { state: "absent" },
  flags: 0,
  machineVersion: 1,
  wmiFilter: null,
};

/** Where a new GPO is linked, and the domain it then belongs to; null where the directory shows no such place. */
function placeOf(
  { link }: ProposeOptions,
  soms: ReadonlyMap<string, Som>,
  { domains }: Directory,
): { readonly som: Som; readonly domain: string } | null {
  if (link === null) return null;
  const [only, ...others] = domains;
  // With several domains nobody knows which of their Domain Controllers OUs, or whose GPO at a site, is meant.
  const single = only !== undefined && others.length === 0 ? only : null;
  if (link.som === "dc-ou" && single === null) return null;
  const som = soms.get(
    dnKey(link.som === "dc-ou" ? `OU=Domain Controllers,${single?.[1].dn ?? ""}` : link.som),
  );
  if (som === undefined) return null;
  const domain = som.kind === "site" ? (single?.[0] ?? null) : domainOfDn(som.dn);
  return domain !== null && domains.has(domain) ? { som, domain } : null;
}

/** The rightmost link of gPLink is link order 1. */
function addLink(som: Som, gpc: Gpc, { linkOrder, enforced }: ProposedLink): Som {
  const link: GpoLink = {
    gpoDn: gpc.dn,
    guid: gpc.guid satisfies Guid,
    domain: gpc.domain,
    options: enforced ? 2 : 0,
    disabled: false,
    enforced,
  };
  const at = Math.max(0, som.links.length + 1 - linkOrder);
  return { ...som, links: som.links.toSpliced(at, 0, link) };
}
