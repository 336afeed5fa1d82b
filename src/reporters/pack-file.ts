import type { PackDraft, RequirementDraft } from "../model/pack-draft.ts";
import type { Expectation } from "../model/requirement.ts";

/** Name of the schema of packs, by which editors know what a file may hold. */
const schema = "https://gpolint.example/schema/pack.schema.json";

const auditWords = ["no auditing", "success", "failure", "success and failure"] as const;

/** A policy pack as JSON; the same draft gives the same bytes. */
export function renderPackJson(draft: PackDraft): string {
  const { requirements, ...head } = draft;
  const file = { $schema: schema, ...head, requirements: requirements.map(fieldsOf) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The same as YAML. */
export function renderPackYaml(draft: PackDraft): string {
  const { requirements, ...head } = draft;
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${scalar(value)}`);
  lines.push("requirements:");
  for (const requirement of requirements) {
    const { id, setting, expect, severity } = fieldsOf(requirement);
    lines.push(`  - id: ${scalar(id)}`, `    setting: ${scalar(setting)}`);
    if (typeof expect === "number") lines.push(`    expect: ${expect}`);
    else {
      lines.push("    expect:");
      for (const [name, value] of Object.entries(expect)) lines.push(`      ${name}: ${flow(value)}`);
    }
    lines.push(`    severity: ${severity}`);
  }
  return `${lines.join("\n")}\n`;
}

type ExpectFields = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** In the order in which people read them. */
function fieldsOf({ id, setting, expect, severity }: RequirementDraft) {
  return { id, setting, expect: expectFields(expect), severity };
}

/** A number by itself is a REG_DWORD that must be this one. */
function expectFields(expect: Expectation): ExpectFields | number {
  switch (expect.operator) {
    case "dword-any-of": {
      const [only, ...others] = expect.values;
      return only === undefined || others.length > 0 ? { ...expect } : only;
    }
    case "audit-at-least":
    case "audit-exactly":
      return { operator: expect.operator, value: auditWords[expect.value] };
    default:
      return { ...expect };
  }
}

function flow(value: ExpectFields[string]): string {
  return typeof value === "object" ? `[${value.map(quoted).join(", ")}]` : scalar(value);
}

/** Text that YAML takes for nothing else: letters in front, and no character that means something. */
const plain = /^[A-Za-z](?:[\w .\\/()-]*[\w\\/()])?$/;

function scalar(value: string | number): string {
  if (typeof value === "number") return String(value);
  return plain.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value) ? value : quoted(value);
}

/** A text in JSON is one in YAML, but for the characters that YAML does not print. */
function quoted(value: string | number): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escapeOne);
}

function escapeOne(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
