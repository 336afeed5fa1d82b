import type { ResolvedTarget } from "../../src/engine/engine.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { Proposed, ProposeOptions } from "../../src/engine/propose.ts";
import { propose } from "../../src/engine/propose.ts";
import type { Gpt } from "../../src/model/gpo.ts";
import type { Proposal, ProposedFacts } from "../../src/model/proposal.ts";
import type { DomainSpec } from "./domain.ts";
import { audit, gpc, gpt, logon, makeDomain, part } from "./domain.ts";
import { noAssumptions } from "./engine.ts";

/** GPO of that number that sets Logon. */
export function sets(number: number, value: number): Gpt {
  return gpt(number, [part("audit.csv", [audit(logon, value)])]);
}

/** What a backup of the GPO of that number tells of its directory half. */
export function factsOf(number: number, more: Partial<ProposedFacts> = {}): ProposedFacts {
  const { extensions, securityDescriptor, flags, machineVersion, wmiFilter, location } = gpc(number);
  return { extensions, securityDescriptor, flags, machineVersion, wmiFilter, location, ...more };
}

/** A backup. */
export function proposalOf(content: Gpt, number: number, more: Partial<Proposal> = {}): Proposal {
  return {
    source: "backup",
    gpt: { ...content, domainLabel: null },
    displayName: `Proposal ${number}`,
    domain: null,
    facts: factsOf(number),
    asOf: null,
    links: null,
    ...more,
  };
}

/** A backup that sets Logon. */
export function proposal(number: number, value: number, more: Partial<Proposal> = {}): Proposal {
  return proposalOf(sets(number, value), number, more);
}

export const nowhere: ProposeOptions = { link: null, assumeDelivered: false };
export const atDcOu: ProposeOptions = {
  link: { som: "dc-ou", linkOrder: 1, enforced: false },
  assumeDelivered: false,
};

/** The first computer of the domain with the proposals in place. */
export function resolveProposed(
  spec: DomainSpec,
  proposals: readonly Proposal[],
  options: ProposeOptions,
): { readonly target: ResolvedTarget; readonly placements: Proposed["placements"] } {
  const { directory } = makeDomain(spec);
  const { inventory, placements } = propose({ gpts: spec.gpts, directory }, proposals, options);
  const after = inventory.directory ?? directory;
  const [computer] = after.computers;
  if (computer === undefined) throw new Error("the domain has no computer");
  return { target: new Engine(inventory, after, noAssumptions).resolve(computer), placements };
}
