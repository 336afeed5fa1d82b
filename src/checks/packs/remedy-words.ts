import { findAuditSubcategory } from "../../model/audit-subcategories.ts";
import type { Expectation } from "../../model/requirement.ts";
import type { SettingKey } from "../../model/setting.ts";
import {
  auditSubcategoryPrefix,
  eventLogSizePrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../../model/setting.ts";

/** What to do in the Group Policy editor, after "In the winning GPO, ": where the setting stands and what to set it to. */
export function remedyFor(key: SettingKey, name: string, expect: Expectation, words: string): string {
  if (key.startsWith(auditSubcategoryPrefix)) return auditRemedy(key, name, expect, words);
  if (key.startsWith(userRightPrefix)) return rightRemedy(name, expect, words);
  if (key.startsWith(eventLogSizePrefix)) return logRemedy(key.slice(eventLogSizePrefix.length), expect);
  return registryRemedy(key, name, expect, words);
}

function auditRemedy(key: SettingKey, name: string, expect: Expectation, words: string): string {
  const known = findAuditSubcategory(key.slice(auditSubcategoryPrefix.length));
  const folder = known === undefined ? "" : ` > ${known.editorFolder}`;
  const option = `Advanced Audit Policy Configuration${folder} > ${known?.editorName ?? `Audit ${name}`}`;
  // Another requirement may ask for the other half.
  const isHalf = expect.operator === "audit-at-least" && expect.value !== 3;
  return isHalf ? `make ${option} include ${words}` : `set ${option} to ${words}`;
}

function rightRemedy(name: string, expect: Expectation, words: string): string {
  const option = `Local Policies > User Rights Assignment > ${name}`;
  return expect.operator === "right-includes"
    ? `add to ${option}: ${words.replace(/ among others$/, "")}`
    : `set ${option} to ${words}`;
}

/** Logs for which an administrative template has the option, with the folder that it stands in. */
const templates: Readonly<Record<string, string>> = {
  application: "Application",
  security: "Security",
  setup: "Setup",
  system: "System",
};

function logRemedy(log: string, expect: Expectation): string {
  const size = "value" in expect ? expect.value : 0;
  const folder = templates[log];
  if (folder !== undefined) {
    return `set Administrative Templates > Windows Components > Event Log Service > ${folder} > Specify the maximum log file size (KB) to ${size} or more`;
  }
  return `set HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\${log} MaxSize to ${size * 1024} (bytes) or more with Preferences > Windows Settings > Registry`;
}

function registryRemedy(key: SettingKey, name: string, expect: Expectation, words: string): string {
  const path = key.replace(`${registryValuePrefix}machine\\`, "HKLM\\");
  // What has a name of its own is found by it.
  const option = name === path ? path : `${name} (${path})`;
  return `set ${option} to ${expect.operator.startsWith("dword-") ? `${words} as REG_DWORD` : words}`;
}
