import type { ScanResult } from "../model/result.ts";
import { visible, visibleDeep } from "./escape.ts";
import { compareText } from "./groups.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import type { AzurePipeline, ProfileTraits } from "./sarif-profile.ts";
import { profileTraits } from "./sarif-profile.ts";
import type { CitedResult } from "./sarif-results.ts";
import { buildResults } from "./sarif-results.ts";
import type { ReportingDescriptor } from "./sarif-rules.ts";
import { failedRule, undecidedRule } from "./sarif-rules.ts";
import type { Invocation } from "./sarif-run.ts";
import { notificationRule } from "./sarif-notification-rules.ts";
import { automationId, buildArtifacts, buildInvocation } from "./sarif-run.ts";

/** A file of more is written without indentation, so that it stays within what can be uploaded. */
const maxIndented = 5000;

/** SARIF 2.1.0, as whoever the profile is for takes it: GitHub code scanning unless something else is asked for. */
export const sarifReporter: Reporter = {
  id: "sarif",
  mediaType: "application/sarif+json",
  fileExtension: "sarif",
  render(result, options) {
    const traits = profileTraits[options.sarifProfile ?? "github"];
    const all = buildResults(result, traits);
    // Receivers show the worst of what they take: the choice is made here, and said.
    const kept = all.slice(0, traits.maxResults);
    const log = {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [buildRun(result, kept, all.length - kept.length, traits, options)],
    };
    return `${JSON.stringify(log, null, all.length > maxIndented ? 0 : 2)}\n`;
  },
};

function buildRun(
  result: ScanResult,
  cited: readonly CitedResult[],
  omitted: number,
  traits: ProfileTraits,
  options: ReporterOptions,
): Readonly<Record<string, unknown>> {
  const rules = buildRules(result, cited);
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  const paths = new Set(cited.flatMap((item) => item.paths));
  if (traits.allArtifacts) for (const { path } of result.run.inputs) paths.add(path);
  const invocation = buildInvocation(result, omitted, traits);
  const { name, version } = result.run.tool;
  return {
    tool: {
      driver: {
        name,
        fullName: `${name} ${version}`,
        version,
        semanticVersion: version,
        informationUri: "urn:gpolint:program",
        rules,
        notifications: notificationIds(invocation).map(notificationRule),
      },
    },
    ...automationDetails(result, options),
    invocations: [invocation],
    originalUriBaseIds: { SRCROOT: { description: { text: "The folder that all paths are relative to." } } },
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n"],
    artifacts: buildArtifacts(result, paths),
    results: cited.map(({ sarif }) => ({ ...sarif, ruleIndex: ruleIndexes.get(sarif.ruleId) ?? -1 })),
    properties: runProperties(result),
  };
}

/**
 * What tells one series of runs from another. Azure refuses a name that is not one of a pipeline; without any, its upload
 * step says which it is.
 */
function automationDetails(
  result: ScanResult,
  { sarifProfile, pipeline }: ReporterOptions,
): Readonly<Record<string, unknown>> {
  if (sarifProfile !== "ado") return { automationDetails: { id: automationId(result) } };
  return pipeline === undefined ? {} : { automationDetails: pipelineDetails(result, pipeline) };
}

const azurePrefix = "azuredevops/pipeline/build";

function pipelineDetails(result: ScanResult, pipeline: AzurePipeline): Readonly<Record<string, unknown>> {
  const { buildDefinitionId, phaseId } = pipeline;
  return {
    id: `${azurePrefix}/${buildDefinitionId}/${phaseId}/${automationId(result)}`,
    properties: Object.fromEntries(
      Object.entries(pipeline).map(([name, value]) => [`${azurePrefix}/${name}`, visible(String(value))]),
    ),
  };
}

/** Every requirement that was evaluated, also where it passed, and the undecided twins that are used. */
function buildRules(result: ScanResult, cited: readonly CitedResult[]): ReportingDescriptor[] {
  const undecided = new Set(cited.filter((item) => item.undecided).map(({ rule }) => rule));
  return [
    ...result.rules.map((rule) => failedRule(rule, result.run)),
    ...result.rules.filter(({ id }) => undecided.has(id)).map((rule) => undecidedRule(rule, result.run)),
  ];
}

function notificationIds({
  toolExecutionNotifications: run,
  toolConfigurationNotifications: configuration = [],
}: Invocation): string[] {
  return [...new Set([...run, ...configuration].map(({ descriptor }) => descriptor.id))].sort(compareText);
}

/** What GitHub must not see as alerts is counted here: passes, waivers, what does not apply. */
function runProperties(result: ScanResult): Readonly<Record<string, unknown>> {
  return {
    counts: result.summary.counts,
    policies: result.run.policies.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
    assumptions: result.run.assumptions,
    limits: result.coverage.limits,
    sources: visibleDeep(result.run.sources),
    ...(result.whatIf === null ? {} : { whatIf: visibleDeep(result.whatIf) }),
  };
}
