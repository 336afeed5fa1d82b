import type { SettingKey } from "../../model/setting.ts";
import { auditCategoryPrefix, registryValuePrefix } from "../../model/setting.ts";
import type { KeyValue } from "../ini/split-row.ts";
import { quotesBalance, splitQuoted } from "../ini/split-row.ts";
import { parseInteger } from "../text/numbers.ts";
import { isAuditCategory, readAuditValue } from "./event-audit.ts";
import { readRegistryRow } from "./registry-value.ts";
import { auditSection, registrySection } from "./sections.ts";

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
  return pair.value === "" && form !== "list";
}

/** The settings that a row speaks of which stands outside their section: the header between may be damaged. */
export function misplacedPrefix(pair: KeyValue): SettingKey | null {
  if (/^machine\\/i.test(pair.key) && /^\d+\s*,/.test(pair.value)) return registryValuePrefix;
  if (isAuditCategory(pair.key) && readAuditValue(pair.value) !== null) return auditCategoryPrefix;
  return null;
}

/** Kilobytes of an event log, MS-GPSB 2.2.6. */
const logSize = { min: 64, max: 4_194_240 };

/** Whether a row of an event log section holds a number that Windows does not accept, or none. */
export function outOfRange(pair: KeyValue): boolean {
  const number = parseInteger(pair.value);
  if (number === null) return true;
  return pair.key.toLowerCase() === "maximumlogsize" && (number < logSize.min || number > logSize.max);
}
