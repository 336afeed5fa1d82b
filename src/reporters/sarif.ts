import type { ScanResult } from "../model/result.ts";
import { visibleDeep } from "./escape.ts";
import { compareText } from "./groups.ts";
import type { Reporter } from "./reporter.ts";
import type { CitedResult } from "./sarif-results.ts";
import { buildResults } from "./sarif-results.ts";
import type { ReportingDescriptor } from "./sarif-rules.ts";
import { failedRule, undecidedRule } from "./sarif-rules.ts";
import type { Notification } from "./sarif-run.ts";
import { automationId, buildArtifacts, buildInvocation } from "./sarif-run.ts";

/** GitHub shows the 5,000 worst of at most 25,000 results: the choice is made here, and said. */
const maxResults = 5000;

/** SARIF 2.1.0 as GitHub code scanning takes it. */
export const sarifReporter: Reporter = {
  id: "sarif",
  mediaType: "application/sarif+json",
  fileExtension: "sarif",
  render(result) {
    const all = buildResults(result);
    const kept = all.slice(0, maxResults);
    const log = {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [buildRun(result, kept, all.length - kept.length)],
    };
    return `${JSON.stringify(log, null, all.length > maxResults ? 0 : 2)}\n`;
  },
};

function buildRun(
  result: ScanResult,
  cited: readonly CitedResult[],
  omitted: number,
): Readonly<Record<string, unknown>> {
  const rules = buildRules(result, cited);
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  const paths = new Set(cited.flatMap((item) => item.paths));
  const invocation = buildInvocation(result, omitted);
  const { name, version } = result.run.tool;
  return {
    tool: {
      driver: {
        name,
        fullName: `${name} ${version}`,
        version,
        semanticVersion: version,
        rules,
        notifications: notificationIds(invocation.toolExecutionNotifications).map((id) => ({ id })),
      },
    },
    automationDetails: { id: automationId(result) },
    invocations: [invocation],
    originalUriBaseIds: { SRCROOT: { description: { text: "The folder that all paths are relative to." } } },
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n"],
    artifacts: buildArtifacts(result, paths),
    results: cited.map(({ sarif }) => ({ ...sarif, ruleIndex: ruleIndexes.get(sarif.ruleId) ?? -1 })),
    properties: runProperties(result),
  };
}

/** Every requirement that was evaluated, also where it passed, and the undecided twins that are used. */
function buildRules(result: ScanResult, cited: readonly CitedResult[]): ReportingDescriptor[] {
  const undecided = new Set(cited.filter((item) => item.undecided).map(({ rule }) => rule));
  return [
    ...result.rules.map(failedRule),
    ...result.rules.filter(({ id }) => undecided.has(id)).map(undecidedRule),
  ];
}

function notificationIds(notifications: readonly Notification[]): string[] {
  return [...new Set(notifications.map(({ descriptor }) => descriptor.id))].sort(compareText);
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
