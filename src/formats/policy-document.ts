import type { Diagnostic } from "../model/diagnostic.ts";
import type { InspectEntry } from "../model/inspect.ts";
import type { Encoding } from "../model/location.ts";
import type { GptPart, Write } from "../model/setting.ts";

/** What every reader of a policy file returns: what the file says, and everything odd about it. Pure data. */
export interface PolicyDocument {
  readonly encoding: Encoding;
  readonly bom: boolean;
  /** The file row by row, as `inspect` prints it. */
  readonly entries: readonly InspectEntry[];
  /** What the rows do to settings of the machine, top to bottom. */
  readonly writes: readonly Write[];
  /** Key prefixes of which a lost or malformed piece may hold anything. */
  readonly open: GptPart["open"];
  readonly diagnostics: readonly Diagnostic[];
}
