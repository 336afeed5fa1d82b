import { formatLocation } from "../model/location.ts";
import type { ScanResult, Verdict } from "../model/result.ts";
import { gpoText } from "../model/words.ts";
import { baselineText } from "./baseline-words.ts";
import type { FlatFinding } from "./flat-findings.ts";
import { flatFindings, incompleteLines, isIncomplete, waiverText } from "./flat-findings.ts";
import { groupBy } from "./groups.ts";
import { measuredText } from "./measured-words.ts";
import { runOutcome } from "./outcome.ts";
import type { Reporter } from "./reporter.ts";
import { xmlAttributes, xmlText } from "./xml-text.ts";

interface TestCase {
  readonly className: string;
  readonly name: string;
  readonly outcome: Outcome | null;
  readonly output: readonly string[];
}

interface Outcome {
  readonly tag: "failure" | "error" | "skipped";
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

/**
 * JUnit XML as Jenkins, GitLab and Azure read it: a suite for each target, a case for each requirement. The first suite
 * stands for the run: its only case is an error where the scan is incomplete, whatever the verdicts are.
 */
export const junitReporter: Reporter = {
  id: "junit",
  mediaType: "application/xml",
  fileExtension: "xml",
  render(result) {
    const suites = [runSuite(result), ...targetSuites(result)];
    const { skipped: _skipped, ...counts } = countCases(suites.flatMap(({ cases }) => cases));
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${xmlAttributes({ name: "gpolint", ...counts })}>`,
      ...suites.flatMap((suite, index) => suiteLines(result, suite, index)),
      "</testsuites>",
      "",
    ].join("\n");
  },
};

const runName = "gpolint";

function runSuite(result: ScanResult): TestSuite {
  const { headline, exit } = runOutcome(result);
  const lines = incompleteLines(result);
  const outcome: Outcome | null = isIncomplete(result)
    ? { tag: "error", type: "incomplete", message: `The scan is incomplete: ${lines[0] ?? exit}`, lines }
    : null;
  const output = [headline, exit, ...(outcome === null ? lines : [])];
  return {
    name: runName,
    cases: [{ className: runName, name: "Everything needed was read and decided", outcome, output }],
  };
}

/** GitLab and Jenkins know a case by class and name: each target needs a name that no other has. */
function targetSuites(result: ScanResult): TestSuite[] {
  const taken = new Set([runName]);
  return groupBy(flatFindings(result), ({ finding }) => JSON.stringify(finding.target)).map((group) => {
    const [{ target, domain, finding }] = group;
    const label = target ?? "no target known";
    const name = taken.has(label) ? `${label} (${finding.target ?? "no DN"})` : label;
    taken.add(name);
    const className = domain === null ? name : `${domain}.${name}`;
    return { name, cases: uniqueNames(group).map((own) => toCase(own.flat, className, own.name)) };
  });
}

/** A rule about objects of the directory may ask about several that were not found, and so have no name. */
function uniqueNames(group: readonly FlatFinding[]): { readonly flat: FlatFinding; readonly name: string }[] {
  const taken = new Set<string>();
  return group.map((flat) => {
    const own = `${flat.finding.rule}: ${flat.settingName}`;
    const name = taken.has(own) ? `${own} (${flat.finding.fingerprint.slice(0, 16)})` : own;
    taken.add(own);
    return { flat, name };
  });
}

function toCase(flat: FlatFinding, className: string, name: string): TestCase {
  const { finding } = flat;
  return {
    className,
    name,
    outcome: outcomeOf(flat),
    output: finding.verdict === "pass" ? [finding.message, ...aboutLines(flat)] : [],
  };
}

const tags: Readonly<Record<Verdict, Outcome["tag"] | null>> = {
  fail: "failure",
  unknown: "error",
  waived: "skipped",
  "not-applicable": "skipped",
  pass: null,
};

function outcomeOf(flat: FlatFinding): Outcome | null {
  const { finding } = flat;
  const { verdict, severity, message } = finding;
  const tag = tags[verdict];
  if (tag === null) return null;
  const waiver = waiverText(finding);
  switch (verdict) {
    case "waived": {
      const reason = waiver === null ? "Waived" : `Waived. ${waiver}`;
      return { tag, type: verdict, message: reason, lines: [message, ...aboutLines(flat)] };
    }
    case "fail":
      return {
        tag,
        type: severity,
        message,
        lines: [message, ...aboutLines(flat), ...(waiver === null ? [] : [waiver])],
      };
    case "not-applicable":
    case "pass":
      return { tag, type: verdict, message, lines: [] };
    case "unknown":
      return { tag, type: verdict, message, lines: [message, ...finding.ways, ...aboutLines(flat)] };
  }
}

/** Lines of a finding that its message does not hold. */
function aboutLines({ finding, title }: FlatFinding): string[] {
  const { expected, actualText, gpo, gpoName, location, fix, measured, assumptions } = finding;
  return [
    `Requirement: ${title}`,
    `Expected: ${expected}`,
    `Actual: ${actualText}`,
    ...(gpo === null ? [] : [`GPO: ${gpoText({ guid: gpo, displayName: gpoName })} (${gpo})`]),
    ...(location === null ? [] : [`At: ${formatLocation(location)}`]),
    ...measured.map((row) => `Measured: ${measuredText(row, finding)}`),
    ...(baselineText(finding) === "" ? [] : [baselineText(finding)]),
    ...(fix === null ? [] : [`Fix: ${fix}`]),
    ...(assumptions.length === 0 ? [] : [`Assumed by hand: ${assumptions.join(", ")}`]),
  ];
}

function countCases(cases: readonly TestCase[]) {
  const count = (tag: Outcome["tag"]): number => cases.filter(({ outcome }) => outcome?.tag === tag).length;
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

function suiteLines({ run }: ScanResult, { name, cases }: TestSuite, index: number): string[] {
  const attributes = { id: index, name, ...countCases(cases), timestamp: run.startTime };
  return [
    `  <testsuite${xmlAttributes(attributes)}>`,
    ...(index === 0 ? runProperties(run) : []),
    ...cases.flatMap(caseLines),
    "  </testsuite>",
  ];
}

function runProperties({ tool, policies, assumptions, command }: ScanResult["run"]): string[] {
  const pairs = [
    ["gpolint", tool.version],
    ...policies.map(({ name, version, sha256 }) => [`policy ${name}`, `${version} sha256:${sha256}`]),
    ...assumptions.map((assumption) => ["assumed by hand", assumption]),
    ...(command === null ? [] : [["command", command]]),
  ];
  return [
    "    <properties>",
    ...pairs.map(([name = "", value = ""]) => `      <property${xmlAttributes({ name, value })}/>`),
    "    </properties>",
  ];
}

function caseLines({ className, name, outcome, output }: TestCase): string[] {
  const head = `    <testcase${xmlAttributes({ classname: className, name })}`;
  const inner = [
    ...(outcome === null
      ? []
      : element(outcome.tag, { type: outcome.type, message: outcome.message }, outcome.lines)),
    ...(output.length === 0 ? [] : element("system-out", {}, output)),
  ];
  return inner.length === 0 ? [`${head}/>`] : [`${head}>`, ...inner, "    </testcase>"];
}

function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  lines: readonly string[],
): string[] {
  return [`      <${tag}${xmlAttributes(attributes)}>${lines.map(xmlText).join("\n")}</${tag}>`];
}
