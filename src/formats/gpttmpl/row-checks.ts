import type { SettingKey } from "../../model/setting.ts";
import {
  auditCategoryPrefix,
  eventLogPrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../../model/setting.ts";
import { isUserRight } from "../../model/user-rights.ts";
import type { KeyValue } from "../ini/split-row.ts";
import { quotesBalance, splitQuoted } from "../ini/split-row.ts";
import { readAccounts } from "./accounts.ts";
import { isAuditCategory, readAuditValue } from "./event-audit.ts";
import { isLogSizeKey, readLogSize } from "./log-size.ts";
import { readRegistryRow } from "./registry-value.ts";
import { auditSection, logSections, registrySection, rightsSection } from "./sections.ts";

/** Whether a last line without a line end ends in the middle of something. */
export function looksCut(
  text: string,
  pair: KeyValue | null,
  form: "key-value" | "list" | "fields" | undefined,
  section: string,
): boolean {
  if (!quotesBalance(text)) return true;
  if (form === "fields") return splitQuoted(text).length < 3;
  if (pair === null) return true;
  if (section === auditSection) return readAuditValue(pair.value) === null;
  if (section === registrySection) {
    const { kind } = readRegistryRow(pair);
    return kind === "malformed" || kind === "unusable" || pair.value.endsWith(",");
  }
  if (section === rightsSection) return listLooksCut(pair.value);
  return pair.value === "" && form !== "list";
}

/** The settings that a row speaks of which stands outside their section: the header between may be damaged. */
export function misplacedPrefix({ key, value }: KeyValue, section: string): SettingKey | null {
  if (section !== registrySection && /^machine\\/i.test(key) && /^\d+\s*,/.test(value)) {
    return registryValuePrefix;
  }
  if (section !== auditSection && isAuditCategory(key) && readAuditValue(value) !== null) {
    return auditCategoryPrefix;
  }
  if (section !== rightsSection && isUserRight(key)) return userRightPrefix;
  if (!logSections.includes(section) && isLogSizeKey(key) && readLogSize(value) !== null) {
    return eventLogPrefix;
  }
  return null;
}

/** Whether a list of accounts ends in the middle of one. */
function listLooksCut(value: string): boolean {
  return value.endsWith(",") || readAccounts(value) === null;
}
