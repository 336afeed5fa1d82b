import { dnKey } from "../model/dn.ts";
import type { Directory, Gpt, Guid, Inventory, Som } from "../model/gpo.ts";
import type { Placement, Proposal, ProposedLink } from "../model/proposal.ts";
import { contest } from "./contested.ts";
import type { PlacedPlan, ProposeOptions } from "./proposal-plan.ts";
import { planProposals } from "./proposal-plan.ts";

export type { ProposeOptions } from "./proposal-plan.ts";

export interface Proposed {
  readonly inventory: Inventory;
  /** One a proposal, in their order. */
  readonly placements: readonly Placement[];
}

/** Puts proposals on top of an inventory: one with a known GUID replaces that GPO, one without a link is linked as told. */
export function propose(
  base: { readonly gpts: readonly Gpt[]; readonly directory: Directory },
  proposals: readonly Proposal[],
  options: ProposeOptions,
): Proposed {
  const plans = planProposals(base.directory, proposals, options);
  const placed = plans.filter((plan) => plan.state !== "unplaced");
  const linked = new Map(placed.filter(({ som }) => som !== null).map((plan) => [plan.key, plan]));
  const rivals = [...linked.values()];
  const { soms, links } = linkAll(base.directory, rivals, options.link);
  const gpcs = new Map(base.directory.gpcs);
  for (const { key, deployed } of placed) gpcs.set(key, deployed.gpc);
  return {
    inventory: {
      gpts: [...withoutReplaced(base.gpts, placed), ...contentOf(placed, rivals)],
      directory: { ...base.directory, gpcs, soms },
    },
    placements: plans.map((plan): Placement => {
      const { proposal, state, notes } = plan;
      if (plan.state === "unplaced") return { proposal, state, gpc: null, link: null, notes };
      return {
        proposal,
        state,
        gpc: plan.deployed.gpc,
        link: links.get(plan.key) ?? null,
        notes: [...notes, ...notesOnOrder(plan, rivals)],
      };
    }),
  };
}

/** Folders of the GPOs that proposals replace; one that names no domain may be that of any. */
function withoutReplaced(gpts: readonly Gpt[], placed: readonly PlacedPlan[]): readonly Gpt[] {
  const domains = new Map<Guid, Set<string>>();
  for (const { gpc } of placed.map(({ deployed }) => deployed)) {
    domains.set(gpc.guid, (domains.get(gpc.guid) ?? new Set()).add(gpc.domain));
  }
  return gpts.filter(({ guid, domainLabel }) => {
    const replaced = domains.get(guid);
    return replaced === undefined || (domainLabel !== null && !replaced.has(domainLabel));
  });
}

/** What the proposals hold; of one that is given twice both stay, so that none of them counts. */
function contentOf(placed: readonly PlacedPlan[], rivals: readonly PlacedPlan[]): readonly Gpt[] {
  const contested = contest(
    rivals.map((plan) => ({
      name: nameOf(plan),
      gpc: plan.deployed.gpc,
      gpt: plan.isRepeated ? null : plan.deployed.gpt,
    })),
  );
  const byKey = new Map(rivals.map(({ key }, index) => [key, contested[index] ?? null]));
  return placed.map(({ key, deployed }) => byKey.get(key) ?? deployed.gpt);
}

interface Linked {
  readonly soms: ReadonlyMap<string, Som>;
  /** Where each ended up, by its key. */
  readonly links: ReadonlyMap<string, ProposedLink>;
}

/** All stand at one place, one below the other; the rightmost link of gPLink is link order 1. */
function linkAll({ soms }: Directory, rivals: readonly PlacedPlan[], place: ProposedLink | null): Linked {
  let som = rivals[0]?.som ?? null;
  const links = new Map<string, ProposedLink>();
  if (som === null || place === null) return { soms, links };
  const { enforced } = place;
  for (const [index, { key, deployed }] of rivals.entries()) {
    const count: number = som.links.length;
    const at = Math.min(count, Math.max(0, count + 1 - (place.linkOrder + index)));
    const { dn: gpoDn, guid, domain } = deployed.gpc;
    const link = { gpoDn, guid, domain, options: enforced ? 2 : 0, disabled: false, enforced };
    som = { ...som, links: som.links.toSpliced(at, 0, link) };
    links.set(key, { som: som.dn, linkOrder: count + 1 - at, enforced });
  }
  return { soms: new Map([...soms, [dnKey(som.dn), som]]), links };
}

function notesOnOrder(plan: PlacedPlan, rivals: readonly PlacedPlan[]): readonly string[] {
  const others = rivals.filter(({ key }) => key !== plan.key);
  const [first, ...more] = others;
  if (plan.som === null || first === undefined) return [];
  const names = more.length === 0 ? nameOf(first) : `${others.length} others`;
  return [`judged at the same place as ${names}: what they set differently is undecided`];
}

function nameOf({ proposal, deployed }: PlacedPlan): string {
  const name = deployed.gpc.displayName ?? proposal.displayName;
  return name === null ? `GPO ${deployed.gpc.guid}` : `'${name}'`;
}
