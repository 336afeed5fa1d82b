import { diagnosticText } from "../model/diagnostic.ts";
import { severities } from "../model/requirement.ts";
import type { ScanResult, Verdict } from "../model/result.ts";
import type { Paint, Style } from "./ansi.ts";
import { painter } from "./ansi.ts";
import { baselineCounts } from "./baseline-words.ts";
import { changeCounts, whatIfTitle } from "./change-words.ts";
import { visible } from "./escape.ts";
import { runOutcome } from "./outcome.ts";
import { findingBlocks } from "./pretty-findings.ts";
import { indent, wrap } from "./pretty-layout.ts";
import { sourceLines } from "./pretty-sources.ts";
import { contentLines, targetLines } from "./pretty-targets.ts";
import { waiverLines } from "./pretty-waivers.ts";
import { whatIfLines } from "./pretty-what-if.ts";
import type { Reporter } from "./reporter.ts";
import { remedyBlocks } from "./remedy.ts";
import { diagnosticPlace, plural } from "./words.ts";

/**
 * The report for a terminal: who fails, why, what could not be seen, and one line to remember. ASCII only around the
 * names, so that every console and every pipe shows it.
 */
export const prettyReporter: Reporter = {
  id: "pretty",
  mediaType: "text/plain",
  fileExtension: "txt",
  render(result, { color }) {
    const paint = painter(color);
    const undirected = result.targets.length === 0;
    const sections = [
      headLines(result, paint),
      section("Sources", sourceLines(result, paint), paint),
      section("Targets", targetLines(result, paint), paint),
      section(whatIfTitle(result), whatIfLines(result, paint), paint),
      section("Failures", findingBlocks(result, "fail", paint), paint),
      undirected ? [] : section("Not decided", findingBlocks(result, "unknown", paint), paint),
      section("Waived", findingBlocks(result, "waived", paint), paint),
      section("Waivers", waiverLines(result, paint), paint),
      undirected
        ? section("What the GPOs contain (not what applies)", contentLines(result, paint), paint)
        : [],
      section("Not examined", gapLines(result, paint), paint),
      section("Trouble in the input", diagnosticLines(result, paint), paint),
      footLines(result, paint),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n")}\n`;
  },
};

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint("bold", title), ...lines];
}

function headLines(result: ScanResult, paint: Paint): string[] {
  const policies = result.run.policies.map(({ name, version }) => `${name} ${version}`).join(", ");
  const { name, version } = result.run.tool;
  const domains = [...new Set(result.targets.map(({ domain }) => domain))];
  const about = [
    domains.length > 3 ? plural(domains.length, "domain") : domains.join(", "),
    `policy ${policies}`,
  ];
  const lines = [
    paint("bold", visible(`${name} ${version}  ${about.filter((part) => part !== "").join("  ")}`)),
  ];
  if (result.run.assumptions.length > 0) {
    lines.push(...wrap(visible(`assumed by hand: ${result.run.assumptions.join(", ")}`), ""));
  }
  return lines;
}

function gapLines(result: ScanResult, paint: Paint): string[] {
  return result.coverage.gaps.flatMap(({ text, remedy }) => {
    return [
      ...wrap(visible(text), "  ", `  ${paint("yellow", "!")} `, 4),
      ...remedyBlocks(remedy).flatMap(({ advice, commands }) => [
        ...wrap(visible(advice), indent(2)),
        // Commands are never wrapped: they are there to be copied.
        ...commands.map((command) => `${indent(3)}${visible(command)}`),
      ]),
    ];
  });
}

const maxDiagnostics = 12;

function diagnosticLines(result: ScanResult, paint: Paint): string[] {
  const told = result.diagnostics.filter(({ severity }) => severity !== "info");
  const errorsFirst = [...told].sort(
    (a, b) => Number(b.severity === "error") - Number(a.severity === "error"),
  );
  const lines = errorsFirst.slice(0, maxDiagnostics).flatMap((item) => {
    const label = paint(item.severity === "error" ? "red" : "yellow", item.severity);
    return [
      `  ${label}  ${visible(diagnosticPlace(item))}`,
      ...wrap(visible(`${diagnosticText(item)} [${item.code}]`), indent(3)),
    ];
  });
  const rest = told.length - maxDiagnostics;
  return rest > 0 ? [...lines, `  ${rest} more in the JSON report.`] : lines;
}

const moodStyles: Readonly<Record<Verdict, Style>> = {
  fail: "red",
  unknown: "yellow",
  waived: "green",
  pass: "green",
  "not-applicable": "yellow",
};

/** One line to remember, whatever scrolled away above. */
function footLines(result: ScanResult, paint: Paint): string[] {
  const { headline, standing, exit, mood } = runOutcome(result);
  const { counts, failures } = result.summary;
  const worst = severities.filter((name) => failures[name] > 0).map((name) => `${failures[name]} ${name}`);
  const parts = [
    `${counts.fail} fail${worst.length === 0 ? "" : ` (${worst.join(", ")})`}`,
    `${counts.unknown} unknown`,
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    `${counts.pass} pass`,
    ...(counts["not-applicable"] > 0 ? [`${counts["not-applicable"]} not applicable`] : []),
  ];
  const compared = changeCounts(result);
  const since = baselineCounts(result);
  return [
    paint("bold", paint(moodStyles[mood], headline)),
    ...(standing === null ? [] : wrap(`${standing}.`, "")),
    ...(compared === "" ? [] : wrap(compared, "")),
    ...(since === "" ? [] : wrap(visible(since), "")),
    ...wrap(`${plural(result.findings.length, "verdict")}: ${parts.join(", ")}.`, ""),
    ...wrap(exit, ""),
  ];
}
