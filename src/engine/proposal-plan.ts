import { dnKey, domainDn } from "../model/dn.ts";
import type { Directory, Som } from "../model/gpo.ts";
import type { Proposal, ProposedLink } from "../model/proposal.ts";
import type { Deployed } from "./proposal-gpc.ts";
import { deployNew, deployOver, deployUnseen } from "./proposal-gpc.ts";
import type { KnownGpo } from "./proposal-target.ts";
import { domainFor, findPlace, findTarget, listKnown } from "./proposal-target.ts";

export interface ProposeOptions {
  /** Where GPOs that have no link are judged; null: nowhere, they stay without effect. */
  readonly link: ProposedLink | null;
  /** The user vouches for extensions, filtering, status and versions where no source describes them. */
  readonly assumeDelivered: boolean;
}

/** What is to become of a proposal. */
export type Plan = UnplacedPlan | PlacedPlan;

export interface PlacedPlan {
  readonly proposal: Proposal;
  readonly state: "replaces" | "linked";
  /** Identity of the GPO that it becomes. */
  readonly key: string;
  readonly deployed: Deployed;
  /** SOM to link it to; null where it keeps its own links. */
  readonly som: Som | null;
  /** Proposed once more: neither can be said to count. */
  readonly isRepeated: boolean;
  readonly notes: readonly string[];
}

interface UnplacedPlan {
  readonly proposal: Proposal;
  readonly state: "unplaced";
  readonly notes: readonly string[];
}

/** Decides for every proposal which GPO it becomes, and whether it is linked. */
export function planProposals(
  directory: Directory,
  proposals: readonly Proposal[],
  options: ProposeOptions,
): readonly Plan[] {
  const plans = proposals.map((proposal) => planOne(directory, proposal, options));
  const counts = new Map<string, number>();
  for (const plan of plans) {
    if (plan.state !== "unplaced") counts.set(plan.key, (counts.get(plan.key) ?? 0) + 1);
  }
  return plans.map((plan) =>
    plan.state === "unplaced" || counts.get(plan.key) === 1 ? plan : asRepeated(directory, plan),
  );
}

function planOne(directory: Directory, proposal: Proposal, options: ProposeOptions): Plan {
  const known = listKnown(directory, proposal.gpt.guid);
  const target = findTarget(known, proposal, directory);
  if (target === "ambiguous") {
    const note = "several domains have a GPO of its GUID, and its source does not say which one is meant";
    return unplaced(proposal, `${note}: take a backup, which names the domain`);
  }
  return target === "new"
    ? planNew(directory, proposal, known, options)
    : planKnown(directory, proposal, target, options);
}

function planNew(
  directory: Directory,
  proposal: Proposal,
  known: readonly KnownGpo[],
  { link, assumeDelivered }: ProposeOptions,
): Plan {
  const place = findPlace(link, directory);
  if ("problem" in place) return unplaced(proposal, place.problem);
  const owner = domainFor(place.som, directory);
  if ("problem" in owner) return unplaced(proposal, owner.problem);
  const { domain } = owner;
  if (known.some((gpo) => gpo.domain === domain)) {
    return unplaced(proposal, `it is of another domain, and ${domain} has a GPO of its own with this GUID`);
  }
  const dn = `CN={${proposal.gpt.guid}},CN=Policies,CN=System,${domainDn(domain)}`;
  const deployed = deployNew(proposal, dn, domain, assumeDelivered);
  return placed(proposal, deployed, place.som, []);
}

function planKnown(
  directory: Directory,
  proposal: Proposal,
  target: KnownGpo,
  { link, assumeDelivered }: ProposeOptions,
): Plan {
  const { gpc } = target;
  const place = target.linked ? null : findPlace(link, directory);
  const notes: string[] = [];
  if (place === null && link !== null)
    notes.push("it keeps its own links: --as-if-linked is not used for it");
  if (place !== null && "problem" in place) {
    notes.push("no link in the directory data points to it, so it changes nothing", place.problem);
  }
  if (gpc === null) {
    notes.push(
      "links point to it, but its object is not in the directory data: export it with its GPO object",
    );
  }
  const from = proposal.domain;
  if (from !== null && from !== target.domain) {
    notes.push(`it is of ${from}: judged as imported into the GPO of ${target.domain} that has its GUID`);
  }
  const deployed =
    gpc !== null
      ? deployOver(gpc, proposal, assumeDelivered)
      : assumeDelivered
        ? deployNew(proposal, target.dn, target.domain, true)
        : deployUnseen(target, proposal);
  return placed(proposal, deployed, place !== null && "som" in place ? place.som : null, notes);
}

function placed(
  proposal: Proposal,
  deployed: Deployed,
  som: Som | null,
  notes: readonly string[],
): PlacedPlan {
  return {
    proposal,
    state: som === null ? "replaces" : "linked",
    key: dnKey(deployed.gpc.dn),
    deployed,
    som,
    isRepeated: false,
    notes: [...notes, ...deployed.notes],
  };
}

function unplaced(proposal: Proposal, note: string): UnplacedPlan {
  return { proposal, state: "unplaced", notes: [note] };
}

function asRepeated(directory: Directory, plan: PlacedPlan): PlacedPlan {
  const { dn, domain } = plan.deployed.gpc;
  const deployed = deployUnseen({ dn, domain, gpc: directory.gpcs.get(plan.key) ?? null }, plan.proposal);
  const note = "its GUID is proposed more than once, and nobody says which one counts: propose it once";
  return { ...plan, deployed, isRepeated: true, notes: [...plan.notes, note] };
}
