import type { Severity } from "../model/requirement.ts";
import type { ResultRule, ScanResult } from "../model/result.ts";
import { isWebAddress } from "./words.ts";
import { descriptionText, markdownText, messageText, sentence } from "./sarif-text.ts";

export type Level = "error" | "warning" | "note";

export const severityLevels: Readonly<Record<Severity, Level>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** Inside GitHub's bands, never on an edge. Null: no security severity, the level alone speaks. */
const securitySeverities: Readonly<Record<Severity, string | null>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  info: null,
};

/** An unknown is a warning whatever the requirement weighs: nothing is known to be wrong. */
const undecidedSeverity: Severity = "medium";

export interface ReportingDescriptor {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: Level };
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

/** Id under which an unknown verdict of a rule is reported: a rule of its own, since severity sits on the rule. */
export function undecidedId(rule: string): string {
  return `${rule}/undecided`;
}

/** The rule of a failed requirement. */
export function failedRule(rule: ResultRule, run: ScanResult["run"]): ReportingDescriptor {
  return descriptor(rule, run, rule.id, rule.title, rule.rationale, rule.severity);
}

/** The rule of a requirement that could not be decided. */
export function undecidedRule(rule: ResultRule, run: ScanResult["run"]): ReportingDescriptor {
  const why = "Something that was not readable or not in the data could change the verdict.";
  const about = `${why} ${rule.rationale}`;
  return descriptor(rule, run, undecidedId(rule.id), `Not decided: ${rule.title}`, about, undecidedSeverity);
}

function descriptor(
  rule: ResultRule,
  run: ScanResult["run"],
  id: string,
  title: string,
  about: string,
  severity: Severity,
): ReportingDescriptor {
  const security = securitySeverities[severity];
  return {
    id,
    name: pascalCase(title),
    shortDescription: { text: descriptionText(title) },
    fullDescription: { text: descriptionText(about) },
    help: { text: helpText(rule, about), markdown: helpMarkdown(rule, about) },
    ...helpAddress(rule, run),
    defaultConfiguration: { level: severityLevels[severity] },
    properties: {
      tags: ["security", "group-policy", "audit", messageText(rule.policy)],
      precision: "very-high",
      "problem.severity": problemSeverity(severityLevels[severity]),
      ...(security === null ? {} : { "security-severity": security }),
    },
  };
}

/** Where to read on: of the rule, else of the pack that it belongs to. */
function helpAddress(
  { source, policy }: ResultRule,
  { policies }: ScanResult["run"],
): { readonly helpUri?: string } {
  const own = [source, policies.find(({ name }) => name === policy)?.source ?? ""].find(isWebAddress);
  return own === undefined ? {} : { helpUri: own };
}

function helpText(rule: ResultRule, about: string): string {
  const parts = [
    about,
    `${subjectLabel(rule)}: ${rule.settingName}`,
    `Expected: ${rule.expected}`,
    rule.remediation,
  ];
  if (rule.events.length > 0) parts.push(`Events: ${eventText(rule)}`);
  if (rule.notes !== null) parts.push(rule.notes);
  parts.push(`Source: ${rule.source}`);
  return parts.map((part) => sentence(messageText(part))).join(" ");
}

function helpMarkdown(rule: ResultRule, about: string): string {
  const rows = [
    markdownText(about),
    `**${subjectLabel(rule)}:** ${markdownText(rule.settingName)}`,
    `**Expected:** ${markdownText(rule.expected)}`,
    `**Fix:** ${markdownText(rule.remediation)}`,
  ];
  if (rule.events.length > 0) rows.push(`**Events:** ${markdownText(eventText(rule))}`);
  if (rule.notes !== null) rows.push(markdownText(rule.notes));
  rows.push(`**Source:** ${markdownText(rule.source)}`);
  return rows.join("\n\n");
}

/** A rule about the directory looks at something else than a setting. */
function subjectLabel(rule: ResultRule): string {
  return rule.setting === null ? "Looked at" : "Setting";
}

/** Events with their logs; those that come whatever the setting says are marked. */
function eventText(rule: ResultRule): string {
  return rule.events.map(({ id, log, gated }) => `${id} (${log}${gated ? "" : ", not gated"})`).join(", ");
}

function problemSeverity(level: Level): string {
  return level === "note" ? "recommendation" : level;
}

/**
 * GitLab and Azure show `name`; SARIF 3.49.7 wants an identifier that differs from the id, and its validator no capital after
 * a capital.
 */
export function pascalCase(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? ["Rule"];
  return words
    .map(
      (word) =>
        word.charAt(0).toUpperCase() + (/[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase()),
    )
    .join("")
    .replace(/[A-Z]{2,}/g, (run) => run.charAt(0) + run.slice(1).toLowerCase())
    .slice(0, 255);
}
