import type { ResultWaiver, Waiver, WaiverHold } from "../../model/waiver.ts";
import type { Fitting, Named } from "./fits.ts";

/** One waiver against a failure that fits it. */
export interface Match {
  readonly waiver: Waiver;
  readonly named: Named;
  readonly hold: WaiverHold;
}

/** A waiver with everything that it came up against. */
export interface Case {
  readonly entry: ResultWaiver;
  readonly fitting: Fitting;
  readonly matches: readonly Match[];
}
