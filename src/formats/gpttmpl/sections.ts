import type { SettingKey } from "../../model/setting.ts";
import {
  auditCategoryPrefix,
  eventLogPrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../../model/setting.ts";

/** The sections of a security template (MS-GPSB 2.2) by their names in lower case, and the form of their rows. */
export const sectionForms: ReadonlyMap<string, "key-value" | "list" | "fields"> = new Map([
  ["unicode", "key-value"],
  ["version", "key-value"],
  ["system access", "key-value"],
  ["kerberos policy", "key-value"],
  ["event audit", "key-value"],
  ["system log", "key-value"],
  ["security log", "key-value"],
  ["application log", "key-value"],
  ["registry values", "key-value"],
  // `key = a,b`, where an empty list means nobody.
  ["privilege rights", "list"],
  ["group membership", "list"],
  // `"name",number,"SDDL"`
  ["registry keys", "fields"],
  ["file security", "fields"],
  ["service general setting", "fields"],
]);

export const requiredSections = ["Unicode", "Version"] as const;
export const registrySection = "registry values";
export const auditSection = "event audit";
export const rightsSection = "privilege rights";
export const logSections: readonly string[] = ["system log", "security log", "application log"];

/** All that a template can set. */
export const templateHolds: readonly SettingKey[] = [
  registryValuePrefix,
  auditCategoryPrefix,
  userRightPrefix,
  eventLogPrefix,
];
