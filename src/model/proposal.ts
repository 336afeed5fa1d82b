import type { Gpc, Gpt } from "./gpo.ts";

/** A GPO that is not, or not yet, what the directory and SYSVOL hold. */
export interface Proposal {
  readonly gpt: Gpt;
  readonly displayName: string | null;
  /** Domain it was made in, lower case; null where its source does not say. */
  readonly domain: string | null;
  /** What its source says of the directory half; null where it says nothing (a plain SYSVOL folder). */
  readonly facts: ProposedFacts | null;
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
