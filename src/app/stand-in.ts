import { dnKey, domainDn, domainOfDn, parentDn } from "../model/dn.ts";
import type { Directory, Som } from "../model/gpo.ts";
import type { Proposal, ProposedLink } from "../model/proposal.ts";
import type { Inputs } from "../sources/read-inputs.ts";

/** What the computer is called that stands for all: no host has a blank in its name. */
const standInName = "any domain controller";

/** RFC 2606: a domain that cannot exist, where no source names one. */
const noDomain = "domain.invalid";

const note =
  "There is no directory data: the verdicts are about a domain controller that takes these GPOs and, as assumed by hand, no others.";

/**
 * What was read, with a directory for a pull request that holds nothing but GPOs: one domain controller that no other GPO
 * reaches, for which the user vouches with `--assume no-other-gpos`. It stands in no site, and its groups beyond those that
 * every domain controller has are unknown.
 */
export function withStandIn(inputs: Inputs, link: ProposedLink): Inputs {
  const directory = standIn(inputs.given, link);
  return {
    ...inputs,
    inventory: { ...inputs.inventory, directory },
    directoryNotes: [...inputs.directoryNotes, note],
  };
}

/** A site is no place that a computer stands in by its DN. */
export function isSite({ som }: ProposedLink): boolean {
  return som !== "dc-ou" && !/^(?:OU|DC)=/i.test(som);
}

function standIn(gpos: readonly Proposal[], link: ProposedLink): Directory {
  const domain = gpos.find((gpo) => gpo.domain !== null)?.domain ?? noDomain;
  const place = link.som === "dc-ou" ? `OU=Domain Controllers,${domainDn(domain)}` : link.som;
  const location = { path: gpos[0]?.gpt.path ?? ".", line: 1 };
  const soms = new Map<string, Som>();
  let dn = place;
  while (dn !== "") {
    const isDomain = /^DC=/i.test(dn);
    soms.set(dnKey(dn), {
      dn,
      kind: isDomain ? "domain" : "ou",
      links: [],
      linksDamaged: false,
      blocksInheritance: false,
      location,
      linkLocation: null,
    });
    if (isDomain) break;
    dn = parentDn(dn);
  }
  const own = domainOfDn(place);
  return {
    computers: [
      {
        dn: `CN=${standInName},${place}`,
        name: standInName,
        domain: own,
        sid: null,
        dnsHostName: null,
        operatingSystem: null,
        role: "dc",
        primaryGroupId: 516,
        tokenGroups: null,
        memberOf: [],
        serverReferenceBl: null,
        location,
      },
    ],
    soms,
    gpcs: new Map(),
    groups: new Map(),
    knownDns: new Set(),
    nonGroupSids: new Set(),
    domains: new Map([[own, { dn: domainDn(own), sid: null }]]),
    servers: new Map(),
    foreignPrincipals: new Map(),
    membershipExported: false,
    hasSites: false,
    mayHideObjects: false,
  };
}
