import { eventLogKey } from "../../model/event-logs.ts";
import type { SettingKey, SettingValue } from "../../model/setting.ts";
import {
  auditCategoryKey,
  auditCategoryPrefix,
  auditSubcategoryKey,
  auditSubcategoryPrefix,
  eventLogPrefix,
  registryValueKey,
  registryValuePrefix,
  userRightPrefix,
} from "../../model/setting.ts";
import { isUserRight, userRightKey } from "../../model/user-rights.ts";
import { accountSet } from "../gpttmpl/accounts.ts";
import { isAuditCategory } from "../gpttmpl/event-audit.ts";
import { isLogSizeKey, readLogSize } from "../gpttmpl/log-size.ts";
import { readRegistryRow } from "../gpttmpl/registry-value.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import { parseSidText } from "../security-descriptor/sid.ts";
import { maxUint32 } from "../text/numbers.ts";
import type { Element } from "./element.ts";
import { childOf, childText, childWord, parseBoolean } from "./element.ts";

/** What one element of a section says about a setting. */
export type SettingRow =
  | {
      readonly kind: "value";
      readonly key: SettingKey;
      readonly value: SettingValue;
      readonly type: number | null;
      readonly quote: string;
    }
  /** The setting is known, its value is not. */
  | { readonly kind: "unusable"; readonly key: SettingKey; readonly quote: string }
  /** It may be about anything below the prefix. */
  | { readonly kind: "open"; readonly keyPrefix: SettingKey; readonly quote: string }
  /** Speaks of nothing that is looked at here. */
  | { readonly kind: "none" }
  | { readonly kind: "unknown-element" };

const none: SettingRow = { kind: "none" };

/** A row of the section "Advanced Audit Configuration". */
export function readAuditingRow(element: Element): SettingRow {
  if (element.name === "Blocked") return none;
  if (element.name !== "AuditSetting") return { kind: "unknown-element" };
  const target = childText(element, "PolicyTarget") ?? "";
  const guidText = childText(element, "SubcategoryGuid") ?? "";
  const valueText = childText(element, "SettingValue") ?? "";
  const quote = `AuditSetting ${guidText} = ${valueText}`;
  // A row for one user says nothing about the computer (MS-GPAC 2.2.1.3.2).
  if (/^S-1-|\\/i.test(target)) return none;
  const guid = parseGuidText(guidText);
  // Options and global SACLs stand in the same list, without a GUID.
  if (guid === null)
    return guidText === "" ? none : { kind: "open", keyPrefix: auditSubcategoryPrefix, quote };
  const key = auditSubcategoryKey(guid);
  if (!/^[0-4]$/.test(valueText)) return { kind: "unusable", key, quote };
  // 0 as the editor uses it and 4 both mean no auditing (MS-GPAC 2.2.1.3.1).
  return { kind: "value", key, value: Number(valueText) % 4, type: null, quote };
}

/** Elements of the section "Security" that set nothing that is looked at here. */
const otherSecurity = new Set([
  "Account",
  "Blocked",
  "File",
  "Registry",
  "RestrictedGroups",
  "SystemServices",
]);

/** A row of the section "Security". */
export function readSecurityRow(element: Element): SettingRow {
  if (element.name === "Audit") return readCategory(element);
  if (element.name === "SecurityOptions") return readOption(element);
  if (element.name === "UserRightsAssignment") return readRight(element);
  if (element.name === "EventLog") return readLogSetting(element);
  return otherSecurity.has(element.name) ? none : { kind: "unknown-element" };
}

function readCategory(element: Element): SettingRow {
  const name = childText(element, "Name") ?? "";
  const success = parseBoolean(childText(element, "SuccessAttempts"));
  const failure = parseBoolean(childText(element, "FailureAttempts"));
  const quote = `Audit ${name}: SuccessAttempts ${success}, FailureAttempts ${failure}`;
  if (!isAuditCategory(name)) return { kind: "open", keyPrefix: auditCategoryPrefix, quote };
  const key = auditCategoryKey(name);
  if (success === null || failure === null) return { kind: "unusable", key, quote };
  // Both false is an explicit "no auditing", as 0 in the template (MS-GPSB 2.2.4).
  return { kind: "value", key, value: (success ? 1 : 0) + (failure ? 2 : 0), type: null, quote };
}

function readRight(element: Element): SettingRow {
  const name = childText(element, "Name") ?? "";
  const members = element.children.filter((child) => child.name === "Member");
  const shown = members.map((member) => childText(member, "SID") ?? childText(member, "Name") ?? "");
  const quote = `UserRightsAssignment ${name}: ${shown.join(", ")}`;
  if (!isUserRight(name)) return { kind: "open", keyPrefix: userRightPrefix, quote };
  const key = userRightKey(name);
  const accounts = members.map(readMember);
  const known = accounts.filter((account) => account !== null);
  // Without members nobody has the right, as an empty row in the template says (MS-GPSB 2.2.6).
  if (known.length < accounts.length) return { kind: "unusable", key, quote };
  return { kind: "value", key, value: accountSet(known), type: null, quote };
}

/** The SID, or the name where the console could not resolve it; null where there is neither. */
function readMember(member: Element): string | null {
  const sid = childText(member, "SID");
  if (sid !== null) return parseSidText(sid);
  return childWord(member, "Name");
}

function readLogSetting(element: Element): SettingRow {
  const name = childText(element, "Name") ?? "";
  const log = childText(element, "Log") ?? "";
  const number = childText(element, "SettingNumber") ?? "";
  const quote = `EventLog ${log} ${name} = ${number}`;
  if (name !== "" && !isLogSizeKey(name)) return none;
  const key = eventLogKey(log);
  if (name === "" || key === null) return { kind: "open", keyPrefix: eventLogPrefix, quote };
  const value = readLogSize(number);
  return value === null ? { kind: "unusable", key, quote } : { kind: "value", key, value, type: null, quote };
}

/** Options that the template delivers as REG_BINARY, while the report shows a plain number. */
const binaryOptions = new Set([
  registryValueKey("system\\currentcontrolset\\control\\lsa", "fullprivilegeauditing"),
]);

function readOption(element: Element): SettingRow {
  const path = childText(element, "KeyName");
  if (path === null) {
    if (childOf(element, "SystemAccessPolicyName") !== null) return none;
    return { kind: "open", keyPrefix: registryValuePrefix, quote: "SecurityOptions without KeyName" };
  }
  const number = childText(element, "SettingNumber");
  const text = childText(element, "SettingString");
  const list = childOf(element, "SettingStrings");
  const items = list?.children.map((item) => item.text) ?? [];
  const quote = `SecurityOptions ${path} = ${number ?? text ?? items.join(",")}`;
  const asRow = (value: string) => readRegistryRow({ key: path, value });
  const row = number !== null ? asRow(`4,${number}`) : asRow(`1,${text ?? ""}`);
  if (row.kind === "other-root") return none;
  if (row.kind === "malformed") return { kind: "open", keyPrefix: registryValuePrefix, quote };
  const { key } = row;
  if (number === null && text === null) {
    if (list === null) return { kind: "unusable", key, quote };
    return { kind: "value", key, value: withoutTail(items), type: 7, quote };
  }
  if (row.kind === "unusable") return { kind: "unusable", key, quote };
  const { value } = row.value;
  if (binaryOptions.has(key) && typeof value === "number" && value < 256) {
    return { kind: "value", key, value: value.toString(16).padStart(2, "0"), type: 3, quote };
  }
  return { kind: "value", key, value, type: row.type, quote };
}

/** As in the template, empty items at the end are none. */
function withoutTail(items: readonly string[]): readonly string[] {
  return items.slice(0, items.findLastIndex((item) => item !== "") + 1);
}

/** A row of the section "Registry": administrative templates. */
export function readTemplateRow(element: Element): SettingRow {
  if (element.name === "Blocked") return none;
  if (element.name === "Policy") {
    const name = childText(element, "Name") ?? "";
    return { kind: "open", keyPrefix: registryValuePrefix, quote: `Policy ${name}` };
  }
  if (element.name !== "RegistrySetting") return { kind: "unknown-element" };
  const path = childText(element, "KeyPath") ?? "";
  const value = childOf(element, "Value");
  const name = value === null ? null : (childText(value, "Name") ?? "");
  const quote = `RegistrySetting ${path}\\${name ?? ""}`;
  if (path === "" || /^(HKEY_|HKLM|HKCU)/i.test(path))
    return { kind: "open", keyPrefix: registryValuePrefix, quote };
  // Without a value the report does not tell whether the key is made or emptied (MS-GPREG 3.2.5.1.2).
  if (value === null || name === null || name.startsWith("**")) {
    return { kind: "open", keyPrefix: registryValueKey(path, ""), quote };
  }
  const key = registryValueKey(path, name);
  const number = childText(value, "Number");
  const text = childOf(value, "String");
  if (number !== null && /^\d{1,10}$/.test(number) && Number(number) <= maxUint32) {
    return { kind: "value", key, value: Number(number), type: 4, quote: `${quote} = ${number}` };
  }
  if (number === null && text !== null) {
    return { kind: "value", key, value: text.text, type: 1, quote: `${quote} = ${text.text}` };
  }
  return { kind: "unusable", key, quote };
}
