import { findAuditSubcategory } from "../../model/audit-subcategories.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { AuditRow, SubcategoryRow } from "./classify-row.ts";
import { readNumber } from "./classify-row.ts";
import { auditWordValue, namesOther, optionWordValue } from "./words.ts";

/** Whether a last row without a line end ends before its value does. */
export function looksCut(row: AuditRow): boolean {
  switch (row.kind) {
    case "global-sacl":
      return !row.sddl.endsWith(")") || row.sddl.split("(").length !== row.sddl.split(")").length;
    case "option":
    case "subcategory":
    case "user":
      return row.value === "";
    case "category":
    case "unknown":
      return false;
  }
}

/** Reports what is odd about one row and does not change what it says. */
export function reportRow(row: AuditRow, line: number, diagnostics: DiagnosticCollector): void {
  switch (row.kind) {
    case "option":
      reportOption(row.text, row.value, line, diagnostics);
      break;
    case "category":
      diagnostics.atLine("audit.category-guid", line, row.guid);
      break;
    case "subcategory":
      reportSubcategory(row, line, diagnostics);
      if (!/^system$/i.test(row.target)) diagnostics.atLine("audit.target-word", line, row.target);
      if (contradicts(auditWordValue(row.inclusion), readNumber(row.value))) {
        diagnostics.atLine("audit.text-mismatch", line, `${row.inclusion}, ${row.value}`);
      }
      break;
    case "user":
      reportSubcategory(row, line, diagnostics);
      diagnostics.atLine("audit.user-row", line, row.target);
      if (row.exclusion === "") diagnostics.atLine("audit.user-ambiguous", line, row.target);
      break;
    case "global-sacl":
    case "unknown":
      break;
  }
}

function reportOption(text: string, value: string, line: number, diagnostics: DiagnosticCollector): void {
  const number = readNumber(value);
  if (number === null || number > 1) diagnostics.atLine("audit.value-unusable", line, value);
  else if (contradicts(optionWordValue(text), number)) {
    diagnostics.atLine("audit.text-mismatch", line, `${text}, ${value}`);
  }
}

function reportSubcategory(row: SubcategoryRow, line: number, diagnostics: DiagnosticCollector): void {
  if (!row.braces) diagnostics.atLine("audit.guid-form", line, row.guid);
  if (findAuditSubcategory(row.guid) === undefined) diagnostics.atLine("audit.guid-unknown", line, row.guid);
  if (namesOther(row.name, row.guid))
    diagnostics.atLine("audit.name-mismatch", line, `${row.name}, ${row.guid}`);
}

function contradicts(word: number | undefined, value: number | null): boolean {
  return word !== undefined && value !== null && word !== value && !(word === 0 && value === 4);
}
