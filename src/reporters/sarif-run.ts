import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticText } from "../model/diagnostic.ts";
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Encoding } from "../model/location.ts";
import type { CoverageGap, ScanResult } from "../model/result.ts";
import type { LostSource } from "../model/source.ts";
import type { WaiverRegister } from "../model/waiver.ts";
import { compareText } from "./groups.ts";
import { remedyBlocks } from "./remedy.ts";
import { visible } from "./escape.ts";
import type { ProfileTraits } from "./sarif-profile.ts";
import { artifactLocation, messageText, sentence } from "./sarif-text.ts";

/** Hostile input must not make the file grow without end; the rest is counted. */
const maxNotifications = 1000;

/** IANA names; a binary file has none (SARIF 2.1.0, 3.24.9). */
const encodingNames: Readonly<Record<Encoding, string | null>> = {
  "utf-16le": "UTF-16LE",
  "utf-16be": "UTF-16BE",
  "utf-8": "UTF-8",
  ascii: "US-ASCII",
  "windows-1252": "windows-1252",
  binary: null,
};

/** Codes that mean that bytes of an input were never seen. */
const unreadCodes: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "file.unreadable",
  "file.too-large",
  "file.lfs-pointer",
  "limit.exceeded",
  "ldif.not-ldif",
  "ldif.csvde",
]);

export interface Notification {
  readonly descriptor: { readonly id: string };
  readonly level: "error" | "warning";
  readonly message: { readonly text: string };
  readonly locations?: readonly unknown[];
}

/** Gaps that mean that a source was not used, or not as a whole: nobody knows what it would have said. */
const lostSourceCodes: ReadonlySet<string> = new Set<LostSource["code"]>([
  "archive-refused",
  "source-unrecognised",
  "source-incomplete",
  "evidence-unusable",
]);

interface LostInputs {
  readonly gaps: ReadonlySet<CoverageGap>;
  readonly diagnostics: ReadonlySet<Diagnostic>;
}

/**
 * Inputs that could not be read and left a verdict open. GitHub refuses the upload of a run that failed, and so keeps
 * the old alerts: right where an input was lost, wrong where a lost file changed no verdict. A source that is lost as a
 * whole may have held anything, so there the run need only be incomplete.
 */
function lostInputs({ summary, findings, run, coverage, diagnostics }: ScanResult): LostInputs {
  const undecided = summary.counts.unknown > 0 || findings.length === 0;
  const harmless = new Set(run.inputs.filter(({ mattered }) => !mattered).map(({ path }) => path));
  const unread = diagnostics.filter(
    ({ code, path, severity }) =>
      (unreadCodes.has(code) && !harmless.has(path)) || (code.startsWith("archive.") && severity === "error"),
  );
  const gaps = coverage.gaps.filter(({ code }) => lostSourceCodes.has(code));
  return {
    gaps: new Set(undecided || summary.exitCode === 3 ? gaps : []),
    diagnostics: new Set(undecided ? unread : []),
  };
}

export interface Invocation {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly startTimeUtc?: string;
  readonly commandLine?: string;
  readonly toolExecutionNotifications: readonly Notification[];
  readonly toolConfigurationNotifications?: readonly Notification[];
}

/** `invocations[0]`: whether the run can be relied on, and everything that limits it. */
export function buildInvocation(
  result: ScanResult,
  omitted: number,
  { states }: Pick<ProfileTraits, "states">,
): Invocation {
  const lost = lostInputs(result);
  const successful = lost.gaps.size + lost.diagnostics.size === 0 && result.summary.exitCode !== 2;
  return {
    executionSuccessful: successful,
    exitCode: result.summary.exitCode,
    ...(result.run.startTime === null ? {} : { startTimeUtc: result.run.startTime }),
    ...(states && result.run.command !== null ? { commandLine: visible(result.run.command) } : {}),
    toolExecutionNotifications: buildNotifications(result, lost, omitted),
    ...(result.waivers === null ? {} : { toolConfigurationNotifications: waiverNotes(result.waivers) }),
  };
}

/** Never an error, whatever the waiver: that would say that the run failed (3.58.6). */
function waiverNotes({ notices }: WaiverRegister): Notification[] {
  return notices.map(({ code, text }) => note(code, text));
}

function buildNotifications(result: ScanResult, lost: LostInputs, omitted: number): Notification[] {
  const notifications: Notification[] = [];
  if (omitted > 0) {
    const text = `Only the most severe results are in this file: ${omitted} more are in the JSON report.`;
    notifications.push(note("sarif.results-omitted", text));
  }
  for (const gap of result.coverage.gaps) {
    const text = `${sentence(gap.text)} ${remedyText(gap.remedy)}`.trim();
    notifications.push(note(gap.code, text, lost.gaps.has(gap) ? "error" : "warning"));
  }
  for (const diagnostic of result.diagnostics) {
    if (diagnostic.severity === "info") continue;
    notifications.push(diagnosticNote(diagnostic, lost.diagnostics.has(diagnostic)));
  }
  if (notifications.length <= maxNotifications) return notifications;
  const rest = notifications.length - maxNotifications;
  const kept = notifications.slice(0, maxNotifications);
  return [...kept, note("sarif.notifications-omitted", `${rest} more notifications are in the JSON report.`)];
}

/** Commands are long, and full of braces that SARIF would take for placeholders. */
function remedyText(remedy: string | null): string {
  const blocks = remedyBlocks(remedy);
  if (blocks.some(({ commands }) => commands.length > 0))
    return "The commands that help are in the JSON report.";
  return blocks.map(({ advice }) => sentence(advice)).join(" ");
}

/** Level `error` says that the run failed (3.58.6), so it is kept for that. */
function note(id: string, text: string, level: Notification["level"] = "warning"): Notification {
  return { descriptor: { id }, level, message: { text: messageText(sentence(text)) } };
}

function diagnosticNote(diagnostic: Diagnostic, isLost: boolean): Notification {
  const { line, offset, path } = diagnostic;
  const byte = offset === undefined ? "" : ` (at byte ${offset})`;
  return {
    descriptor: { id: diagnostic.code },
    level: isLost ? "error" : "warning",
    message: { text: messageText(sentence(`'${path}': ${diagnosticText(diagnostic)}${byte}`)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(path),
          ...(line === undefined ? {} : { region: { startLine: Math.max(1, line) } }),
        },
      },
    ],
  };
}

/** The files that results point into, so that an auditor can tell whether they are still the same. */
export function buildArtifacts(
  result: ScanResult,
  paths: ReadonlySet<string>,
): Readonly<Record<string, unknown>>[] {
  const inputs = new Map(result.run.inputs.map((input) => [input.path, input]));
  return [...paths].sort(compareText).map((path) => {
    const location = artifactLocation(path);
    const input = inputs.get(path);
    if (input === undefined) return { location };
    const encoding = encodingNames[input.encoding];
    return {
      location,
      length: input.size,
      roles: ["analysisTarget"],
      ...(encoding === null ? {} : { encoding }),
      hashes: { "sha-256": input.sha256 },
    };
  });
}

/** All before the last slash is GitHub's category, so it ends with one. Names are kept to characters that need no escape. */
export function automationId(result: ScanResult): string {
  const domains = [...new Set(result.targets.map(({ domain }) => domain))].sort(compareText);
  const policies = result.run.policies.map(({ name }) => name);
  return `gpolint/${idPart(domains, "no-directory")}/${idPart(policies, "no-policy")}/`;
}

function idPart(names: readonly string[], none: string): string {
  return names.length === 0 ? none : names.map((name) => name.replace(/[^A-Za-z0-9._-]/g, "-")).join("+");
}
