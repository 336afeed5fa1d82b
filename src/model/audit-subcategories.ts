import type { AuditCategory } from "./audit-data.ts";
import { subcategoryData } from "./audit-subcategories.gen.ts";

export { auditCategories } from "./audit-data.ts";
export type { AuditCategory } from "./audit-data.ts";

/**
 * The audit subcategories of Windows, from policies/data/audit-subcategories.json. The GUID identifies one; names are
 * decoration: English (auditpol, then others) first, then German, French and Spanish as Windows shows them.
 */
export interface AuditSubcategory {
  /** Lower case, no braces. */
  readonly guid: string;
  /** Key of its legacy category in `[Event Audit]` (MS-GPSB 2.2.4). */
  readonly category: AuditCategory;
  /** Whether failure events are documented; null where the documentation is silent. */
  readonly hasFailure: boolean | null;
  readonly names: readonly [string, ...string[]];
  /** What the Group Policy editor calls it: "Audit PNP Activity". */
  readonly editorName: string;
  /** What the editor calls the folder it stands in: "Detailed Tracking". */
  readonly editorFolder: string;
}

const folders = new Map(subcategoryData.categories.map(({ key, names }) => [key, names.en]));
const failures = { documented: true, none: false, undocumented: null } as const;

export const auditSubcategories: readonly AuditSubcategory[] = subcategoryData.subcategories.map(
  ({ guid, category, failureEvents, names: { en, de, fr, es }, aliases, editorName }) => ({
    guid,
    category,
    hasFailure: failures[failureEvents],
    names: distinct(en, ...aliases, de, fr, es),
    editorName,
    editorFolder: folders.get(category) ?? category,
  }),
);

const byGuid = new Map(auditSubcategories.map((entry) => [entry.guid, entry]));

/** The subcategory of a GUID (lower case, no braces), or undefined. */
export function findAuditSubcategory(guid: string): AuditSubcategory | undefined {
  return byGuid.get(guid);
}

function distinct(first: string, ...others: readonly (string | undefined)[]): [string, ...string[]] {
  const rest = new Set(others.filter((name) => name !== undefined));
  rest.delete(first);
  return [first, ...rest];
}
