import type { PolicyPack } from "../model/requirement.ts";
import type { Run, RunInput } from "../model/result.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import type { JudgedSettings } from "./judge-settings.ts";
import { Mattered } from "./mattered.ts";
import type { ScanRequest } from "./scan-request.ts";

/** What an auditor needs to repeat the run, and to tell whether the inputs are still the same. */
export function describeRun(
  inputs: Inputs,
  request: ScanRequest,
  { targets, present, evidence }: JudgedSettings,
): Run {
  const places = new Set<string>();
  for (const { policy } of [...targets, ...present]) {
    for (const { gptPath } of policy.candidates) if (gptPath !== null) places.add(gptPath);
    for (const { file } of evidence.get(policy.dn) ?? []) places.add(file.path);
  }
  const mattered = new Mattered(places);
  const { gate } = request;
  return {
    tool: { name: "gpolint", version: request.version },
    startTime: request.startTime,
    command: request.command,
    sources: inputs.sources,
    inputs: inputs.files.map((file): RunInput => ({ ...file, mattered: mattered.has(file) })),
    policies: request.packs.map(describePack),
    assumptions: request.assumptions,
    waivers: request.waivers?.files ?? [],
    failOn: gate.failOn,
    failOnRegression: gate.failOnRegression,
    baseline: null,
    failOnNew: gate.failOnNew,
  };
}

function describePack({
  name,
  title,
  version,
  date,
  source,
  sha256,
  inherits,
}: PolicyPack): Run["policies"][number] {
  const own = { name, title, version, date, source, sha256 };
  return inherits === undefined ? own : { ...own, inherits };
}
