import type { EngineOptions } from "../engine/engine.ts";
import type { Computer } from "../model/gpo.ts";
import type { PolicyPack } from "../model/requirement.ts";
import type { WaiversInUse } from "./waivers.ts";
import type { ProposeOptions } from "./apply-proposals.ts";
import type { SavedResult } from "./saved-result.ts";
import type { GateOptions } from "./exit-code.ts";

export interface ScanRequest {
  readonly packs: readonly PolicyPack[];
  /** Computers to judge, in the order of the report. */
  readonly computers: readonly Computer[];
  /** True where no computer was named: then every domain controller must be there. */
  readonly selectedAll: boolean;
  readonly engine: EngineOptions;
  /** Where GPOs without a link are judged, proposals among them. */
  readonly proposals: ProposeOptions;
  /** As typed, to stand in every report. */
  readonly assumptions: readonly string[];
  readonly gate: GateOptions;
  readonly version: string;
  readonly startTime: string | null;
  /** ISO 8601: the moment that what depends on time is judged by; left out: `startTime`. */
  readonly now?: string | null;
  readonly command: string | null;
  /** Accepted deviations; left out: none. */
  readonly waivers?: WaiversInUse;
  /** An earlier result to hold this one against; left out: none. */
  readonly baseline?: SavedResult;
}
