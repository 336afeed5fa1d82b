import type { Location } from "../model/location.ts";
import type { Finding, ScanResult } from "../model/result.ts";
import type { TargetNames } from "./groups.ts";

/**
 * Where to point at for a finding that no row of any file decides, in formats that want a place: GPT.INI of the strongest
 * applied GPO, else the target's own line, else a GPO that says anything of it, else the first file that was read.
 */
export function nearestPlace(result: ScanResult, names: TargetNames, finding: Finding): Location {
  const target = names.find(finding.target);
  if (target !== undefined) {
    const strongest = target.gpos.find(({ state, gptIni }) => state === "applied" && gptIni !== null);
    return strongest?.gptIni ?? target.location;
  }
  const contained = result.gpos.flatMap(({ settings }) => settings).find(({ rule }) => rule === finding.rule);
  return contained?.location ?? { path: result.run.inputs[0]?.path ?? ".", line: 1 };
}
