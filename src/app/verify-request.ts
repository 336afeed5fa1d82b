import type { ScanResult } from "../model/result.ts";
import type { SourceKind } from "../model/source.ts";
import type { VerifiedDifference } from "../model/verification.ts";
import type { SavedResult } from "./saved-result.ts";

export interface VerifyRequest {
  readonly saved: SavedResult;
  /** Absolute, in the order in which the scan was given them. */
  readonly given: readonly string[];
  readonly root: string;
  readonly as: SourceKind | null;
  readonly version: string;
  /** Holds a policy pack or a register against what the result says of it. */
  readonly checkPack: (pack: ScanResult["run"]["policies"][number]) => Checked;
  readonly checkRegister: (register: ScanResult["run"]["waivers"][number]) => Checked;
}

/** Null: still the same. */
export type Checked = Pick<VerifiedDifference, "state" | "found" | "text"> | null;
