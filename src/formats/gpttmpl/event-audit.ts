import { auditCategories } from "../../model/audit-subcategories.ts";
import { parseInteger } from "../text/numbers.ts";

const categories = new Set(auditCategories.map((name) => name.toLowerCase()));

/** Whether `name` is one of the nine keys of [Event Audit] (MS-GPSB 2.2.4). */
export function isAuditCategory(name: string): boolean {
  return categories.has(name.toLowerCase());
}

/** 0 to 4 as written in the specification; above, the two lowest bits count (MS-GPSB 3.2.5.6). */
export function readAuditValue(text: string): { readonly value: number; readonly plain: boolean } | null {
  const number = parseInteger(text);
  if (number === null || number < 0) return null;
  return { value: number % 4, plain: number <= 4 };
}
