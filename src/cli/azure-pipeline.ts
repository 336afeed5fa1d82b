import type { AzurePipeline } from "../reporters/sarif-profile.ts";

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noGuid = /^[0-]*$/;

/** The pipeline that this run is part of, from the variables that Azure Pipelines sets; null outside of one. */
export function readPipeline(env: Readonly<Record<string, string | undefined>>): AzurePipeline | null {
  if (env["TF_BUILD"]?.toLowerCase() !== "true") return null;
  const first = (...names: readonly string[]): string =>
    names.map((name) => env[name]?.trim() ?? "").find((value) => value !== "") ?? "";
  const pipeline = {
    buildDefinitionId: first("BUILD_DEFINITIONID", "SYSTEM_DEFINITIONID"),
    buildDefinitionName: first("BUILD_DEFINITIONNAME"),
    phaseId: first("SYSTEM_PHASEID", "SYSTEM_JOBID"),
    phaseName: first("SYSTEM_PHASENAME", "SYSTEM_JOBNAME"),
  };
  const { buildDefinitionId, buildDefinitionName, phaseId, phaseName } = pipeline;
  const isUsable =
    /^[1-9]\d{0,8}$/.test(buildDefinitionId) &&
    guid.test(phaseId) &&
    !noGuid.test(phaseId) &&
    buildDefinitionName !== "" &&
    phaseName !== "";
  // A half-named pipeline makes Azure drop the run; without any name its upload step fills it in.
  return isUsable ? pipeline : null;
}
