import type { Diagnostic } from "../../model/diagnostic.ts";
import type { MeasuredState } from "../../model/evidence.ts";
import type { Encoding } from "../../model/location.ts";

/** What every reader of measured evidence returns. Pure data. */
export interface EvidenceDocument {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly state: MeasuredState;
}

/** The state of a file that says nothing. */
export const nothingMeasured: MeasuredState = {
  kind: null,
  host: null,
  settings: new Map(),
  listedKeys: new Set(),
  complete: false,
};
