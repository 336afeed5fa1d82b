import { severities } from "../model/requirement.ts";
import type { ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import { baselineCounts } from "./baseline-words.ts";
import type { CoverageView, DiagnosticsView, InputsView, SourceView } from "./html-appendix.ts";
import { coverageView, diagnosticsView, inputsView, sourceViews } from "./html-appendix.ts";
import type { GlanceView } from "./html-glance.ts";
import { glanceView } from "./html-glance.ts";
import type { RequirementView } from "./html-requirements.ts";
import { requirementViews } from "./html-requirements.ts";
import type { ContentsView, ScopeView, TargetView } from "./html-targets.ts";
import { contentsView, scopeViews, targetViews } from "./html-targets.ts";
import type { WhatIfView } from "./html-what-if.ts";
import type { WaiversView } from "./html-waivers.ts";
import { waiversView } from "./html-waivers.ts";
import { whatIfView } from "./html-what-if.ts";
import type { RunOutcome } from "./outcome.ts";
import { runOutcome } from "./outcome.ts";
import { plural, verdictWords } from "./words.ts";

/** What the templates print: strings, numbers and flags, nothing to work out. */
export interface ReportView {
  readonly title: string;
  readonly outcome: RunOutcome;
  readonly facts: readonly Fact[];
  readonly counts: readonly {
    readonly verdict: Verdict;
    readonly label: string;
    readonly count: number;
    readonly detail: string;
  }[];
  /** No directory data: nothing below says what applies. */
  readonly undirected: boolean;
  readonly targetsTitle: string;
  readonly targets: readonly TargetView[];
  /** What proposals change; null without any. */
  readonly whatIf: WhatIfView | null;
  readonly glance: GlanceView | null;
  readonly requirements: readonly RequirementView[];
  /** Accepted deviations; null where no register was given. */
  readonly waivers: WaiversView | null;
  readonly contents: ContentsView;
  readonly scopes: readonly ScopeView[];
  readonly coverage: CoverageView;
  readonly sources: readonly SourceView[];
  readonly inputs: InputsView;
  readonly diagnostics: DiagnosticsView;
  readonly policies: ScanResult["run"]["policies"];
  readonly assumptions: readonly string[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly wide: boolean;
}

/** Everything that the HTML report says, in the order in which it says it. */
export function buildView(result: ScanResult): ReportView {
  const undirected = result.targets.length === 0;
  return {
    title: title(result),
    outcome: runOutcome(result),
    facts: facts(result),
    counts: countViews(result),
    undirected,
    targetsTitle: result.targets.every(({ role }) => role !== "member") ? "Domain controllers" : "Computers",
    targets: targetViews(result),
    whatIf: whatIfView(result),
    glance: undirected ? null : glanceView(result),
    requirements: requirementViews(result),
    waivers: waiversView(result),
    contents: contentsView(result),
    scopes: scopeViews(result),
    coverage: coverageView(result),
    sources: sourceViews(result),
    inputs: inputsView(result),
    diagnostics: diagnosticsView(result),
    policies: result.run.policies,
    assumptions: result.run.assumptions,
  };
}

function title(result: ScanResult): string {
  const domains = [...new Set(result.targets.map(({ domain }) => domain))];
  if (domains.length === 0) return "Audit policy in Group Policy";
  return `Audit policy of ${domains.length > 2 ? plural(domains.length, "domain") : domains.join(" and ")}`;
}

function facts(result: ScanResult): Fact[] {
  const { run } = result;
  const packs = run.policies.map(({ title: name, version }) => `${name}, ${version}`).join("; ");
  const rows: Fact[] = [
    {
      label: "Scanned",
      value: run.startTime === null ? "time not recorded" : timeText(run.startTime),
      wide: false,
    },
    { label: "Tool", value: `${run.tool.name} ${run.tool.version}`, wide: false },
    { label: "Judged by", value: packs, wide: false },
  ];
  if (run.assumptions.length > 0) {
    rows.push({ label: "Assumed by hand", value: run.assumptions.join(", "), wide: false });
  }
  const since = baselineCounts(result);
  if (since !== "") rows.push({ label: "Held against", value: since, wide: true });
  if (run.command !== null) rows.push({ label: "Command", value: run.command, wide: true });
  return rows;
}

/** "2026-11-25 14:30:00 UTC" */
function timeText(iso: string): string {
  return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}

function countViews(result: ScanResult): ReportView["counts"] {
  const { counts, failures } = result.summary;
  const bySeverity = severities
    .filter((name) => failures[name] > 0)
    .map((name) => `${failures[name]} ${name}`);
  const always: readonly Verdict[] = ["fail", "unknown", "pass"];
  return verdicts
    .filter((verdict) => always.includes(verdict) || counts[verdict] > 0)
    .map((verdict) => ({
      verdict,
      label: verdictWords[verdict],
      count: counts[verdict],
      detail: verdict === "fail" ? bySeverity.join(", ") : "",
    }));
}
