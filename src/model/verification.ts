/** What became of something that a result was made from. What is still the same is only counted. */
export const verifiedStates = ["changed", "missing", "new", "unreadable"] as const;
export type VerifiedState = (typeof verifiedStates)[number];

export type VerifiedWhat = "input" | "policy" | "waivers";

/** The document of `verify`. */
export interface Verification {
  readonly schemaVersion: "1.0";
  readonly tool: { readonly name: "gpolint"; readonly version: string };
  /** The result that was verified. */
  readonly result: {
    /** As typed. */
    readonly path: string;
    readonly sha256: string;
    readonly toolVersion: string;
    readonly startTime: string | null;
  };
  /** How many are still the same. */
  readonly same: Readonly<Record<VerifiedWhat, number>>;
  readonly counts: Readonly<Record<VerifiedState, number>>;
  /** Everything that is not the same. */
  readonly differences: readonly VerifiedDifference[];
  /** 0: all the same; 1: something differs; 3: something could not be read, or there was nothing to verify. */
  readonly exitCode: 0 | 1 | 3;
}

export interface VerifiedDifference {
  readonly state: VerifiedState;
  readonly what: VerifiedWhat;
  /** Reported path of a file, or name of a policy pack. */
  readonly path: string;
  /** What the result says; null for what is new. */
  readonly recorded: VerifiedContent | null;
  /** What is there now; null where nothing could be read. */
  readonly found: VerifiedContent | null;
  /** Why it could not be read, or where to look for it: one clause; null where there is nothing to add. */
  readonly text: string | null;
}

export interface VerifiedContent {
  /** In bytes; null for what is known by its hash alone. */
  readonly size: number | null;
  readonly sha256: string;
}
