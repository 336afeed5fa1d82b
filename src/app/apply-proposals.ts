import type { ProposeOptions } from "../engine/propose.ts";
import { propose } from "../engine/propose.ts";
import { listKnown } from "../engine/proposal-target.ts";
import type { Directory, Inventory } from "../model/gpo.ts";
import type { Placement, Proposal } from "../model/proposal.ts";
import type { Inputs } from "../sources/read-inputs.ts";

export type { ProposeOptions };

/** What verdicts are about. */
export interface Judged {
  readonly inventory: Inventory;
  /** The same without the proposals; null where there are none to compare with. */
  readonly before: Inventory | null;
  /** What became of the proposals, and of GPOs of the paths that have no link or no place. */
  readonly placements: readonly Placement[];
}

/** The default: nothing is linked by hand, and nothing is vouched for. */
export const noProposals: ProposeOptions = { link: null, assumeDelivered: false };

/**
 * Puts proposals on top of what was read. GPOs of the paths that have no link are linked as the options say, before and
 * after: a proposal may be the next version of one of them.
 */
export function applyProposals(inputs: Inputs, options: ProposeOptions): Judged {
  const { gpts, directory } = inputs.inventory;
  if (directory === null) return { inventory: inputs.inventory, before: null, placements: [] };
  const { given, overlay } = inputs;
  const strangers = new Set(given.filter((gpo) => isStranger(gpo, directory)));
  const loose = given.filter((gpo) => {
    // Beside a proposal, unlinked folders of SYSVOL stay what they are: the option is for the proposal.
    const isAsked = overlay.length === 0 || gpo.source !== "sysvol";
    return isAsked && !strangers.has(gpo) && isLoose(gpo, directory, options);
  });
  const own = new Set(loose.map(({ gpt }) => gpt));
  const base = { gpts: gpts.filter((gpt) => !own.has(gpt)), directory };
  const present = propose(base, loose, options);
  const told = [...strangers].filter(({ source }) => source !== "sysvol").map(leaveOut);
  if (overlay.length === 0) {
    return { inventory: present.inventory, before: null, placements: [...told, ...present.placements] };
  }
  // All at one place together: whether a proposal is stronger than what is linked by hand as well nobody says.
  const kept = loose.filter((gpo) => !overlay.some((proposal) => mayBeSame(proposal, gpo, directory)));
  const { inventory, placements } = propose(base, [...overlay, ...kept], options);
  return { inventory, before: present.inventory, placements: [...told, ...placements] };
}

/**
 * The default GUIDs repeat in every domain: a GPO of a domain that the directory data does not hold is not the one that
 * has its GUID there. Only a proposal says that it is to become that one.
 */
function isStranger({ gpt, domain }: Proposal, directory: Directory): boolean {
  if (domain === null || directory.domains.has(domain)) return false;
  const known = listKnown(directory, gpt.guid);
  return known.length > 0 && known.every((gpo) => gpo.domain !== domain);
}

function leaveOut(proposal: Proposal): Placement {
  const note = `it is of ${proposal.domain ?? "another domain"}, and its GUID is that of another GPO here: give it with --overlay to see it imported into that one`;
  return { proposal, state: "unplaced", gpc: null, link: null, notes: [note] };
}

/** Where one of them names no domain that is known, nothing tells the two apart. */
function mayBeSame(a: Proposal, b: Proposal, { domains }: Directory): boolean {
  if (a.gpt.guid !== b.gpt.guid) return false;
  const [mine, theirs] = [a, b].map(({ domain }) => (domain !== null && domains.has(domain) ? domain : null));
  return mine === null || theirs === null || mine === theirs;
}

/**
 * A GPO that no link reaches. Of SYSVOL such folders are nothing unusual, and only an option gives them a place; who names a
 * backup or a report wants it judged, so that one without a place is told.
 */
function isLoose({ gpt, domain, source }: Proposal, directory: Directory, { link }: ProposeOptions): boolean {
  const known = listKnown(directory, gpt.guid);
  if (known.some((gpo) => gpo.linked && (domain === null || gpo.domain === domain))) return false;
  if (link !== null) return true;
  return source !== "sysvol" && known.length === 0;
}
