import type { AppliesTo, Mappings, PolicyPack, Requirement, ServerRole } from "../model/requirement.ts";
import { isSetting } from "../model/requirement.ts";
import { visible } from "./escape.ts";

/** A policy pack as a page for people: an overview, then each requirement with everything that is known about it. */
export function renderPolicyMarkdown(pack: PolicyPack): string {
  const { name, title, version, date, requirements } = pack;
  const count = `${requirements.length} requirement${requirements.length === 1 ? "" : "s"}`;
  const blocks = [
    `# ${text(title)}`,
    `Policy pack ${code(name)}, version ${version}, state of ${date}: ${count}.`,
    list(packFacts(pack)),
    "## Overview",
    overview(requirements),
    "## Requirements",
    ...requirements.flatMap((requirement) => section(requirement, pack)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function packFacts({ source, licence, inherits = [], requirements }: PolicyPack): string[] {
  const asked = [...new Set(requirements.map(({ appliesTo }) => askedOf(appliesTo)))];
  return [
    `Source: ${link(source)}`,
    `Licence: ${text(licence)}`,
    ...inherits.map((origin) => `Builds on: ${code(origin.name)} ${origin.version}`),
    ...(asked.length === 1 ? [`Asked of: ${asked.join("")}`] : []),
  ];
}

function overview(requirements: readonly Requirement[]): string {
  const rows = requirements.map(({ id, settingName, expectText, severity, events }) => [
    `[${code(id)}](#${anchor(id)})`,
    text(settingName),
    text(expectText),
    severity,
    events.map((event) => String(event.id)).join(", "),
  ]);
  const head = ["Rule", "Setting", "Expected", "Severity", "Events"];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function section(requirement: Requirement, pack: PolicyPack): string[] {
  const { id, title, rationale, remediation, notes } = requirement;
  return [
    // A place to link to that does not depend on how headings are turned into names.
    `<a id="${anchor(id)}"></a>`,
    `### ${text(title)}`,
    list(facts(requirement, pack)),
    text(rationale),
    `What to do: ${text(remediation)}`,
    ...(notes === null ? [] : [`Note: ${text(notes)}`]),
  ];
}

function facts(requirement: Requirement, pack: PolicyPack): string[] {
  const { id, severity, settingName, expectText, events, detections, mappings, appliesTo, source } =
    requirement;
  const key = isSetting(requirement) ? ` (${code(requirement.setting)})` : "";
  const isMixed = pack.requirements.some((other) => askedOf(other.appliesTo) !== askedOf(appliesTo));
  const mapped = mappingTexts(mappings);
  return [
    `Rule: ${code(id)}, severity ${severity}`,
    `Setting: ${text(settingName)}${key}`,
    `Expected: ${text(expectText)}`,
    ...(events.length === 0 ? [] : [`Events: ${events.map(eventText).join(", ")}`]),
    ...(detections.length === 0 ? [] : [`Lost where it fails: ${detections.map(text).join("; ")}`]),
    ...(mapped.length === 0 ? [] : [`Mappings: ${mapped.join("; ")}`]),
    ...(requirement.nonWaivable === true ? ["No waiver holds for it"] : []),
    ...(isMixed ? [`Asked of: ${askedOf(appliesTo)}`] : []),
    ...(source === pack.source ? [] : [`Source: ${link(source)}`]),
  ];
}

function eventText({ id, log, gated }: Requirement["events"][number]): string {
  const where = log === "Security" ? "" : ` (${text(log)})`;
  return `${id}${where}${gated ? "" : ", written in any case"}`;
}

const frameworks: readonly (readonly [field: keyof Mappings, name: string])[] = [
  ["attack", "ATT&CK"],
  ["nist80053", "NIST 800-53"],
  ["pciDss", "PCI DSS"],
  ["iso27001", "ISO 27001"],
  ["cis", "CIS"],
];

function mappingTexts(mappings: Mappings): string[] {
  return frameworks.flatMap(([field, name]) =>
    mappings[field].length === 0 ? [] : [`${name} ${mappings[field].map(text).join(", ")}`],
  );
}

const roleNames: Readonly<Record<ServerRole, string>> = {
  dc: "domain controllers",
  rodc: "read-only domain controllers",
  adfs: "AD FS servers",
  adcs: "certification authorities",
  "entra-connect": "Entra Connect servers",
};

function askedOf({ roles, operatingSystems }: AppliesTo): string {
  const whom = roles.map((role) => roleNames[role]).join(", ");
  return operatingSystems.length === 0 ? whom : `${whom} with ${operatingSystems.map(text).join(" or ")}`;
}

function anchor(id: string): string {
  return id.replaceAll(".", "-");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** Text that stands as it is: nothing in it is taken for Markdown or HTML. */
function text(raw: string): string {
  return visible(raw)
    .replace(/[\\`*[\]<>|~]/g, "\\$&")
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
    .replace(/&(?=#?\w+;)/g, "&amp;");
}

/** Keys and rule ids hold no back quote; a hostile one loses it. */
function code(raw: string): string {
  return `\`${visible(raw).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

function link(source: string): string {
  return /^https:\/\/[\w.:/%#?=&~+-]+$/.test(source) ? `<${source}>` : text(source);
}
