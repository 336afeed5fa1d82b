import { auditCategories, auditSubcategories, findAuditSubcategory } from "./audit-subcategories.ts";
import { logSizeName, parseLogSizeName, templateLogName } from "./event-logs.ts";
import type { SettingKey } from "./setting.ts";
import {
  auditCategoryKey,
  auditCategoryPrefix,
  auditSubcategoryKey,
  auditSubcategoryPrefix,
  eventLogPrefix,
  eventLogSizePrefix,
  registryValuePrefix,
  userRightPrefix,
} from "./setting.ts";
import { parseUserRight, userRightName } from "./user-rights.ts";

/**
 * The key of a setting as people name it: a key, the GUID or a name of a subcategory, a legacy category, a user right,
 * the size of an event log, or a registry path with or without hive. Null where it is none of them.
 */
export function parseSettingName(text: string): SettingKey | null {
  const name = text.trim().toLowerCase();
  if (/^(audit-subcategory|audit-category|registry-value)\/./.test(name)) return name;
  const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/.exec(name)?.[1];
  if (guid !== undefined) return auditSubcategoryKey(guid);
  const plain = name.replace(/^audit /, "");
  const subcategory = auditSubcategories.find(({ names }) =>
    names.some((own) => [name, plain].includes(own.toLowerCase())),
  );
  if (subcategory !== undefined) return auditSubcategoryKey(subcategory.guid);
  const category = auditCategories.find((own) => own.toLowerCase() === name);
  if (category !== undefined) return auditCategoryKey(category);
  const right = parseUserRight(name.startsWith(userRightPrefix) ? name.slice(userRightPrefix.length) : name);
  if (right !== null) return right;
  const logSize = parseLogSizeName(name);
  if (logSize !== null) return logSize;
  const path = /^(?:hklm|hkey_local_machine|machine)[\\/](.+\\.*)$/.exec(name)?.[1];
  return path === undefined ? null : `${registryValuePrefix}machine\\${path}`;
}

/** A key for people: "Credential Validation", "HKLM\\...\\AuditNTLMInDomain". */
export function settingName(key: SettingKey): string {
  if (key.startsWith(auditSubcategoryPrefix)) {
    const guid = key.slice(auditSubcategoryPrefix.length);
    return findAuditSubcategory(guid)?.names[0] ?? `subcategory ${guid}`;
  }
  if (key.startsWith(auditCategoryPrefix)) {
    const name = key.slice(auditCategoryPrefix.length);
    return `[Event Audit] ${auditCategories.find((own) => own.toLowerCase() === name) ?? name}`;
  }
  if (key.startsWith(userRightPrefix)) return userRightName(key);
  if (key.startsWith(eventLogSizePrefix)) return logSizeName(key);
  if (key.startsWith(eventLogPrefix)) return templateLogName(key);
  return key.replace(`${registryValuePrefix}machine\\`, "HKLM\\");
}
