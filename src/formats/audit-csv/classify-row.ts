/** Kind of a row, by position and never by words: every text in it may be translated. */
export type AuditRow =
  | { readonly kind: "global-sacl"; readonly name: string; readonly sddl: string }
  | { readonly kind: "option"; readonly name: string; readonly text: string; readonly value: string }
  | (SubcategoryRow & { readonly kind: "subcategory" | "user" })
  /** GUID of a whole category, which says nothing about any subcategory. */
  | { readonly kind: "category"; readonly guid: string }
  | { readonly kind: "unknown" };

export interface SubcategoryRow {
  readonly target: string;
  readonly name: string;
  /** Lower case, no braces. */
  readonly guid: string;
  readonly braces: boolean;
  readonly inclusion: string;
  readonly exclusion: string;
  readonly value: string;
}

const guidForm =
  /^\s*(?:\{\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*\}|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))\s*$/i;
const categoryForm = /^69979(848|849|84a|84b|84c|84d|84e|84f|850)-797a-11d9-bed3-505054503030$/;
const saclName = /^(File|Registry)GlobalSacl$/i;
const optionName = /:(CrashOnAuditFail|FullPrivilegeAuditing|AuditBaseObjects|AuditBaseDirectories)$/i;

/** GUID of column 3, or null. */
export function readGuid(text: string): { readonly guid: string; readonly braces: boolean } | null {
  const match = guidForm.exec(text);
  if (match === null) return null;
  const [, inBraces, bare = ""] = match;
  return { guid: (inBraces ?? bare).toLowerCase(), braces: inBraces !== undefined };
}

/** Whether a row holds a global SACL, whose SDDL may have been split at its commas. */
export function isSaclName(name: string): boolean {
  return saclName.test(name.trim());
}

/** A whole number as column 6 holds it, or null. */
export function readNumber(text: string): number | null {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}

/** Classifies the seven fields of a row (MS-GPAC 2.2.1). */
export function classifyRow(fields: readonly string[]): AuditRow {
  const [, target = "", name = "", guidText = "", inclusion = "", exclusion = "", value = ""] = fields;
  if (isSaclName(name)) return { kind: "global-sacl", name: name.trim(), sddl: value.trim() };
  if (guidText.trim() === "" && optionName.test(name.trim())) {
    return { kind: "option", name: name.trim(), text: inclusion, value: value.trim() };
  }
  const parsed = readGuid(guidText);
  if (parsed === null) return { kind: "unknown" };
  if (categoryForm.test(parsed.guid)) return { kind: "category", guid: parsed.guid };
  return {
    kind: isUser(target) ? "user" : "subcategory",
    target: target.trim(),
    name: name.trim(),
    ...parsed,
    inclusion: inclusion.trim(),
    exclusion: exclusion.trim(),
    value: value.trim(),
  };
}

/** A SID or an account name; every other word means the computer. */
function isUser(target: string): boolean {
  return /^\s*S-1-(\d+-)+\d+\s*$/i.test(target) || target.includes("\\");
}
