import { isByteLocation } from "../model/location.ts";
import type { Severity } from "../model/requirement.ts";
import type { ScanResult } from "../model/result.ts";
import { visible } from "./escape.ts";
import type { FlatFinding } from "./flat-findings.ts";
import { flatFindings, incompleteLines, isIncomplete } from "./flat-findings.ts";
import { TargetNames } from "./groups.ts";
import { nearestPlace } from "./nearest-place.ts";
import type { Reporter } from "./reporter.ts";
import { undecidedId } from "./sarif-rules.ts";

const severities: Readonly<Record<Severity, string>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
  info: "info",
};

/** An unknown weighs the same whatever the requirement does, as in SARIF: nothing is known to be wrong. */
const unknownSeverity = "major";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** GitLab Code Quality: an issue for each failure and unknown. GitLab shows whatever stands in the file as an issue. */
export const gitlabReporter: Reporter = {
  id: "gitlab",
  mediaType: "application/json",
  fileExtension: "json",
  render(result) {
    const names = new TargetNames(result);
    const issues = flatFindings(result)
      .filter(({ finding: { verdict } }) => verdict === "fail" || verdict === "unknown")
      .map((flat) => toIssue(result, names, flat));
    // Unknowns speak for themselves; without any, an incomplete run must not look like a clean one.
    const silent = isIncomplete(result) && result.summary.counts.unknown === 0;
    return `${JSON.stringify(silent ? [incompleteIssue(result), ...issues] : issues, null, 2)}\n`;
  },
};

function toIssue(result: ScanResult, names: TargetNames, { finding, target }: FlatFinding): Issue {
  const place = finding.location ?? nearestPlace(result, names, finding);
  const { rule, verdict, severity, fingerprint, message, assumptions } = finding;
  const assumed = assumptions.length === 0 ? "" : ` Assumed by hand: ${assumptions.join(", ")}.`;
  return {
    description: visible(`${target === null ? "" : `${target}: `}${message}${assumed}`),
    check_name: visible(verdict === "unknown" ? undecidedId(rule) : rule),
    fingerprint,
    severity: verdict === "unknown" ? unknownSeverity : severities[severity],
    location: {
      path: repositoryPath(place.path),
      lines: { begin: isByteLocation(place) ? 1 : Math.max(1, place.line) },
    },
  };
}

function incompleteIssue(result: ScanResult): Issue {
  const text = `The scan is incomplete: ${incompleteLines(result).join("; ")}`;
  return {
    description: visible(text),
    check_name: "gpolint/incomplete",
    fingerprint: "gpolint/incomplete",
    severity: unknownSeverity,
    location: { path: repositoryPath(result.run.inputs[0]?.path ?? "."), lines: { begin: 1 } },
  };
}

/** Relative to the root, as GitLab wants it, and never out of it. */
function repositoryPath(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  return segments.length === 0 ? "." : visible(segments.join("/"));
}
