import type { Decision, Outcome } from "./effective.ts";
import {
  auditCategoryPrefix,
  auditSubcategoryPrefix,
  eventLogPrefix,
  eventLogSizePrefix,
  userRightPrefix,
} from "./setting.ts";
import type { SettingKey, SettingValue } from "./setting.ts";
import { sidName } from "./well-known-sids.ts";

const auditWords = ["No Auditing", "Success", "Failure", "Success and Failure"] as const;

/** A value as an administrator would say it: "Success and Failure", "7 (Enable all)", "a, b", "196608 KB". */
export function valueText(
  key: SettingKey,
  value: SettingValue,
  scale: Readonly<Record<string, string>> = {},
): string {
  if (
    typeof value === "number" &&
    (key.startsWith(auditSubcategoryPrefix) || key.startsWith(auditCategoryPrefix))
  ) {
    return auditWords[value] ?? String(value);
  }
  if (typeof value === "number" && (key.startsWith(eventLogPrefix) || key.startsWith(eventLogSizePrefix))) {
    return `${value} KB`;
  }
  if (typeof value === "object" && key.startsWith(userRightPrefix)) {
    return value.length === 0 ? "nobody" : value.map(accountText).join(", ");
  }
  if (typeof value === "number") {
    const word = scale[String(value)];
    return word === undefined ? String(value) : `${value} (${word})`;
  }
  if (typeof value === "string") return `'${value}'`;
  return value.length === 0 ? "an empty list" : value.map((item) => `'${item}'`).join(", ");
}

/** "Administrators (S-1-5-32-544)"; what is no SID stands as the file has it. */
function accountText(account: string): string {
  if (!account.startsWith("S-1-")) return `'${account}'`;
  const name = sidName(account);
  return name === null ? account : `${name} (${account})`;
}

/** An outcome as an administrator would say it. */
export function outcomeText(
  key: SettingKey,
  outcome: Outcome,
  scale: Readonly<Record<string, string>> = {},
): string {
  switch (outcome.kind) {
    case "value":
      return valueText(key, outcome.value, scale);
    case "absent":
      return "not configured";
    case "anything":
      return "something that cannot be seen";
  }
}

/** A GPO for people: its name where it has one, else its GUID. No braces: SARIF would take them for placeholders. */
export function gpoText(gpo: { readonly guid: string; readonly displayName: string | null }): string {
  return gpo.displayName === null || gpo.displayName === "" ? gpo.guid : `'${gpo.displayName}'`;
}

/** What becomes of an `[Event Audit]` value beside a subcategory; null where there is nothing to tell. */
export function legacyText(legacy: Decision["legacy"]): string | null {
  switch (legacy) {
    case "silenced":
      return "[Event Audit] sets its whole category, but SCENoApplyLegacyAuditPolicy = 1 makes Windows ignore it";
    case "open":
      return "[Event Audit] sets its whole category, and no GPO sets SCENoApplyLegacyAuditPolicy = 1 to silence it";
    case "counts":
    case null:
      return null;
  }
}
