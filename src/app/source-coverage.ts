import type { Placement } from "../model/proposal.ts";
import type { CoverageGap } from "../model/result.ts";
import type { LostSource } from "../model/source.ts";
import { gpoText } from "../model/words.ts";
import type { Inputs } from "../sources/read-inputs.ts";

/** Evidence that belongs to no computer of the directory data. */
export interface UnmatchedEvidence {
  readonly path: string;
  readonly host: string | null;
  readonly why: string;
}

const lostRemedies: Readonly<Record<LostSource["code"], string>> = {
  "archive-refused": "Pack it again as .zip, .tar or .tar.gz, without links and without archives inside.",
  "source-unrecognised":
    "Give a SYSVOL export, GPO backups, a Get-GPOReport XML, a gpresult /x XML, an auditpol CSV, or an archive of them; --as KIND settles what it is.",
  "source-incomplete": "Make it again, and check that it is not cut.",
  "evidence-unusable":
    "Measure again: auditpol /backup, auditpol /get /category:* /r, secedit /export, reg export or gpresult /x.",
};

/** Sources that were given and of which something was not used: each leaves the run incomplete. */
export function sourceGaps(
  { lostSources, overlay, inventory }: Inputs,
  placements: readonly Placement[],
  unmatched: readonly UnmatchedEvidence[],
): CoverageGap[] {
  const gaps: CoverageGap[] = [];
  for (const { code, path, text } of lostSources)
    gaps.push({ code, text: `${path}: ${text}`, remedy: lostRemedies[code], targets: [] });
  for (const { state, proposal, notes } of placements) {
    if (state !== "unplaced") continue;
    const name = gpoText({ guid: proposal.gpt.guid, displayName: proposal.displayName });
    gaps.push({
      code: "unplaced",
      text: `GPO ${name} of ${proposal.gpt.path} is judged nowhere: ${notes.join("; ")}`,
      remedy: "Say where it is linked: --as-if-linked DN, or dc-ou for the Domain Controllers OU.",
      targets: [],
    });
  }
  if (inventory.directory === null && overlay.length > 0) {
    const text = "without directory data nobody can know what the proposals change";
    gaps.push({ code: "unplaced", text, remedy: null, targets: [] });
  }
  for (const { path, host, why } of unmatched) {
    gaps.push({
      code: "evidence-unmatched",
      text: `${path}${host === null ? "" : ` of '${host}'`} was not compared: ${why}`,
      remedy: "Say whose it is: --evidence HOST=FILE, with a name that stands in the directory data.",
      targets: [],
    });
  }
  return gaps;
}

/** Codes of `sourceGaps`: all of them leave a run incomplete. */
export const sourceGapCodes = [
  "archive-refused",
  "source-unrecognised",
  "source-incomplete",
  "evidence-unusable",
  "unplaced",
  "evidence-unmatched",
] as const;
