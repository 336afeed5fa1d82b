import type { ReportedLink } from "./backup.ts";
import type { Gpc, Gpt } from "./gpo.ts";

/** A GPO as one source gives it, to be put on top of what the directory and SYSVOL hold. */
export interface Proposal {
  readonly source: "sysvol" | "backup" | "report";
  readonly gpt: Gpt;
  readonly displayName: string | null;
  /** Domain it was made in, lower case; null where its source does not say. */
  readonly domain: string | null;
  /** What its source says of the directory half; null where it says nothing (a plain SYSVOL folder). */
  readonly facts: ProposedFacts | null;
  /** When its source was made, as written; null where it does not say. */
  readonly asOf: string | null;
  /** Where it was linked then; null where its source does not say. */
  readonly links: readonly ReportedLink[] | null;
}

export type ProposedFacts = Pick<
  Gpc,
  "extensions" | "securityDescriptor" | "flags" | "machineVersion" | "wmiFilter" | "location"
>;

export interface ProposedLink {
  /** DN of the SOM, or "dc-ou" for the Domain Controllers OU of the only domain. */
  readonly som: string;
  /** 1 is the strongest; the others move down. */
  readonly linkOrder: number;
  readonly enforced: boolean;
}

/** What became of a proposal. */
export interface Placement {
  readonly proposal: Proposal;
  /**
   * "replaces": a GPO of the directory data has its GUID, and keeps its links. "linked": judged as if linked as told.
   * "unplaced": neither, so that it changes nothing.
   */
  readonly state: "replaces" | "linked" | "unplaced";
  /** The directory half it ended up with; null where it is unplaced. */
  readonly gpc: Gpc | null;
  /** Where it is judged as if linked; null otherwise. */
  readonly link: ProposedLink | null;
  /** Why it is unplaced, or what was decided for it; one sentence without a full stop each. */
  readonly notes: readonly string[];
}
