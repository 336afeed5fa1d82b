import type { ProposeOptions } from "../engine/propose.ts";
import { propose } from "../engine/propose.ts";
import type { Directory, Inventory } from "../model/gpo.ts";
import type { Placement, Proposal } from "../model/proposal.ts";
import type { Inputs } from "../sources/read-inputs.ts";

export type { ProposeOptions };

/** What verdicts are about. */
export interface Judged {
  readonly inventory: Inventory;
  /** The same without the proposals; null where there are none to compare with. */
  readonly before: Inventory | null;
  /** What became of the proposals, and of GPOs that have no link. */
  readonly placements: readonly Placement[];
}

/** The default: nothing is linked by hand, and nothing is vouched for. */
export const noProposals: ProposeOptions = { link: null, assumeDelivered: false };

/** Puts proposals on top of what was read; without any, links the GPOs that have no link as the options say. */
export function applyProposals(inputs: Inputs, options: ProposeOptions): Judged {
  const { gpts, directory } = inputs.inventory;
  if (directory === null) return { inventory: inputs.inventory, before: null, placements: [] };
  if (inputs.overlay.length > 0) {
    const { inventory, placements } = propose({ gpts, directory }, inputs.overlay, options);
    return { inventory, before: inputs.inventory, placements };
  }
  const loose = inputs.given.filter((gpo) => isLoose(gpo, directory, options));
  const own = new Set(loose.map(({ gpt }) => gpt));
  const base = { gpts: gpts.filter((gpt) => !own.has(gpt)), directory };
  const { inventory, placements } = propose(base, loose, options);
  return { inventory, before: null, placements };
}

/**
 * A GPO that no link reaches. Of SYSVOL such folders are nothing unusual, and only an option gives them a place; who names a
 * backup or a report wants it judged, so that one without a place is told.
 */
function isLoose({ gpt, domain, source }: Proposal, directory: Directory, { link }: ProposeOptions): boolean {
  for (const som of directory.soms.values()) {
    for (const item of som.links)
      if (item.guid === gpt.guid && (domain === null || item.domain === domain)) return false;
  }
  if (link !== null) return true;
  const isKnown = [...directory.gpcs.values()].some(({ guid }) => guid === gpt.guid);
  return source !== "sysvol" && !isKnown;
}
