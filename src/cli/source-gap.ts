import { applyProposals } from "../app/apply-proposals.ts";
import { gpoText } from "../model/words.ts";
import type { Loaded } from "./load.ts";

/** The first of the sources of which something was not used, in one line; undefined: none. */
export function sourceGap(inputs: Loaded["inputs"], proposals: Loaded["proposals"]): string | undefined {
  const [lost] = inputs.lostSources;
  if (lost !== undefined) return `${lost.path}: ${lost.text}`;
  const { placements } = applyProposals(inputs, proposals);
  const loose = placements.find(({ state }) => state === "unplaced");
  if (loose === undefined) return undefined;
  const { gpt, displayName } = loose.proposal;
  return `GPO ${gpoText({ guid: gpt.guid, displayName })} is judged nowhere: ${loose.notes.join("; ")}`;
}
