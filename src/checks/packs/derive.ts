import { eventsOf } from "../../model/audit-events.ts";
import { findAuditSubcategory } from "../../model/audit-subcategories.ts";
import type { Expectation, Requirement, SettingRequirement } from "../../model/requirement.ts";
import type { SettingKey } from "../../model/setting.ts";
import { auditSubcategoryPrefix } from "../../model/setting.ts";
import { settingName } from "../../model/setting-names.ts";
import { completeAppliesTo } from "./applies-to-of-pack.ts";
import { expectationWords, wordsOf } from "./expectation-words.ts";
import type { AppliesToInFile, RequirementInFile } from "./pack-file.ts";
import { orList } from "../files/problem.ts";
import { remedyFor } from "./remedy-words.ts";

/** What a pack says of all its requirements. */
export interface PackDefaults {
  readonly name: string;
  readonly source: string;
  readonly appliesTo: AppliesToInFile;
}

type Events = SettingRequirement["events"];

/** A requirement about a setting, with everything that its file leaves out. */
export function deriveSetting(
  fields: RequirementInFile,
  key: SettingKey,
  expect: Expectation,
  defaults: PackDefaults,
): Requirement {
  const scale = fields.scale ?? {};
  const whenNotConfigured = fields.whenNotConfigured ?? "fail";
  const name = fields.settingName ?? settingName(key);
  const events = fields.events === undefined ? eventsFor(key, expect) : toEvents(fields.events);
  const words = wordsOf(key, expect, scale);
  return {
    ...base(fields, defaults),
    title: fields.title ?? titleOf(name, expect, words, whenNotConfigured),
    settingName: name,
    expectText: fields.expectText ?? expectationWords(key, expect, whenNotConfigured, scale),
    events,
    rationale: fields.rationale ?? rationaleOf(key, events),
    remediation: fields.remediation ?? `In the winning GPO, ${remedyFor(key, name, expect, words)}.`,
    setting: key,
    expect,
    scale,
    whenNotConfigured,
  };
}

/** The texts of a check stand in the file: nothing could be worked out from its name. */
export type CheckTexts = Required<
  Pick<RequirementInFile, "title" | "settingName" | "expectText" | "rationale" | "remediation">
>;

export const checkTexts = ["title", "settingName", "expectText", "rationale", "remediation"] as const;

/** A check of the directory. */
export function deriveCheck(fields: RequirementInFile & CheckTexts, defaults: PackDefaults): Requirement {
  const { check, parameters, title, settingName: name, expectText, rationale, remediation } = fields;
  const test = parameters === undefined ? { check } : { check, parameters };
  // The schema has held the parameters against the check.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return {
    ...base(fields, defaults),
    title,
    settingName: name,
    expectText,
    rationale,
    remediation,
    events: toEvents(fields.events ?? []),
    ...test,
  } as Requirement;
}

function base(fields: RequirementInFile, { name, source, appliesTo }: PackDefaults) {
  const { attack = [], nist80053 = [], pciDss = [], iso27001 = [], cis = [] } = fields.mappings ?? {};
  return {
    id: `${name}.${fields.id}`,
    severity: fields.severity ?? "high",
    source: fields.source ?? source,
    notes: fields.notes ?? null,
    appliesTo: completeAppliesTo(appliesTo, fields.appliesTo),
    mappings: { attack, nist80053, pciDss, iso27001, cis },
    detections: fields.detections ?? [],
    ...(fields.nonWaivable === true ? { nonWaivable: true as const } : {}),
  };
}

function toEvents(events: NonNullable<RequirementInFile["events"]>): Events {
  return events.map((event) =>
    typeof event === "number" ? { id: event, log: "Security", gated: true } : event,
  );
}

/** What the half that is asked for writes. */
function eventsFor(key: SettingKey, expect: Expectation): Events {
  if (!key.startsWith(auditSubcategoryPrefix)) return [];
  const half = "value" in expect && expect.operator.startsWith("audit-") ? expect.value : 0;
  return half === 1 || half === 2 || half === 3
    ? eventsOf(key.slice(auditSubcategoryPrefix.length), half)
    : [];
}

const auditTitles = {
  "audit-at-least": [
    "is not audited",
    "is audited for success",
    "is audited for failure",
    "is audited for success and failure",
  ],
  "audit-exactly": [
    "is not audited",
    "is audited for success only",
    "is audited for failure only",
    "is audited for success and failure",
  ],
} as const;

function titleOf(
  name: string,
  expect: Expectation,
  words: string,
  whenNotConfigured: "fail" | "pass",
): string {
  const tail = whenNotConfigured === "pass" ? " where it is configured" : "";
  switch (expect.operator) {
    case "audit-at-least":
    case "audit-exactly":
      return `${name} ${auditTitles[expect.operator][expect.value]}${tail}`;
    case "right-includes":
    case "right-only":
      return `'${name}' is held by ${words}${tail}`;
    default:
      return `${name} is ${words}${tail}`;
  }
}

function rationaleOf(key: SettingKey, events: Events): string {
  if (!key.startsWith(auditSubcategoryPrefix)) return "The source of this policy pack asks for it.";
  const ids = events.filter(({ gated }) => gated).map(({ id }) => String(id));
  if (ids.length > 0) {
    const [noun, verb] = ids.length === 1 ? ["Event", "is"] : ["Events", "are"];
    return `${noun} ${orList(ids, "and")} ${verb} only written where this is audited.`;
  }
  const silent = findAuditSubcategory(key.slice(auditSubcategoryPrefix.length))?.hasFailure === null;
  return silent
    ? "The source of this policy pack asks for it; which events it writes is not documented."
    : "The source of this policy pack asks for it; no documented event depends on it.";
}
