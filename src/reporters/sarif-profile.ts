import type { Verdict } from "../model/result.ts";

export const sarifProfiles = ["github", "full", "ado"] as const;
/** Who the SARIF is for: GitHub code scanning, an archive that holds everything, Azure DevOps Advanced Security. */
export type SarifProfile = (typeof sarifProfiles)[number];

/** What a profile holds, and how. */
export interface ProfileTraits {
  readonly verdicts: ReadonlySet<Verdict>;
  readonly maxResults: number;
  /** Binary files by byte range, as the specification wants it; else by their first character. */
  readonly byteRegions: boolean;
  /** Every input, not only those that results point into. */
  readonly allArtifacts: boolean;
  /** `kind` and `suppressions` say what a reader must not take for an alert. */
  readonly states: boolean;
}

const alerts: ReadonlySet<Verdict> = new Set<Verdict>(["fail", "unknown"]);

/** GitHub and Azure open an alert for every result, whatever its kind or suppression, and take 5,000 of them. */
const alertsOnly: ProfileTraits = {
  verdicts: alerts,
  maxResults: 5000,
  byteRegions: false,
  allArtifacts: false,
  states: false,
};

export const profileTraits: Readonly<Record<SarifProfile, ProfileTraits>> = {
  github: alertsOnly,
  ado: alertsOnly,
  full: {
    verdicts: new Set<Verdict>([...alerts, "waived", "pass", "not-applicable"]),
    maxResults: Infinity,
    byteRegions: true,
    allArtifacts: true,
    states: true,
  },
};

/** The Azure pipeline that a run is part of: Advanced Security drops a run that names another automation. */
export interface AzurePipeline {
  readonly buildDefinitionId: string;
  readonly buildDefinitionName: string;
  readonly phaseId: string;
  readonly phaseName: string;
}
