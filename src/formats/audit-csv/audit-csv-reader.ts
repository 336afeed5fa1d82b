import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { InspectEntry } from "../../model/inspect.ts";
import type { Doubt } from "../../model/setting.ts";
import { auditSubcategoryPrefix } from "../../model/setting.ts";
import type { AuditCsvDocument } from "./audit-csv-document.ts";
import type { AuditRow } from "./classify-row.ts";
import { classifyRow, isSaclName, readGuid, readNumber } from "./classify-row.ts";
import { looksCut, reportRow } from "./row-checks.ts";
import { splitFields } from "./split-fields.ts";
import { SubcategoryRows } from "./subcategory-rows.ts";
import { auditWordValue } from "./words.ts";

const columns = 7;

/**
 * Collects the rows of one file. Windows ignores a file that does not conform (MS-GPAC 3.2.5), but not everything
 * that it writes itself conforms: so damage makes every row doubtful and may have hidden any other.
 */
export class AuditCsvReader {
  readonly #diagnostics: DiagnosticCollector;
  readonly #rows: SubcategoryRows;
  readonly #entries: InspectEntry[] = [];
  readonly #effective: InspectEntry[] = [];
  #damage: Doubt | null = null;
  /** All rows are there, but Windows may not take the file. */
  #doubt: Doubt | null = null;
  /** True until the first line that may be a header has been seen. */
  #atStart = true;
  #headerSeen = false;
  #rowSeen = false;

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#diagnostics = diagnostics;
    this.#rows = new SubcategoryRows(path, diagnostics);
  }

  /** The file as a whole is not what it should be. The first reason stands for all. */
  damage(code: Doubt["code"], text: string): void {
    this.#damage ??= { code, text };
  }

  /** Nothing is lost, but the file has not the form that Windows asks for. */
  doubt(code: Doubt["code"], text: string): void {
    this.#doubt = { code, text };
  }

  /** Takes one line that is not blank. */
  add(text: string, line: number, closed: boolean): void {
    if (/^\s*[;#]/.test(text)) {
      this.#diagnostics.atLine("audit.comment", line, text.trim());
      return;
    }
    const { fields, regular } = splitFields(text);
    const first = this.#atStart;
    this.#atStart = false;
    if (first && isHeader(fields)) this.#addHeader(fields, line, closed);
    else if (!regular) this.#fault("audit.quote", line, text);
    else this.#addRow(fields, text.trim(), line, closed);
  }

  finish(): Pick<AuditCsvDocument, "layout" | "entries" | "writes" | "open"> {
    const effective = this.#effective.length > 0 && !this.#rowSeen;
    if (this.#effective.length > 0) {
      this.#diagnostics.atFile("audit.six-columns");
      this.damage("audit.six-columns", "rows have six columns, as auditpol prints a measured policy");
    } else if (!this.#headerSeen && !this.#rowSeen) {
      this.#diagnostics.atFile(
        "audit.no-rows",
        "expected is what the Group Policy editor or auditpol /backup writes",
      );
      this.damage("audit.no-rows", "audit.csv holds neither a header nor a row");
    }
    return {
      layout: effective ? "effective" : "gpo",
      entries: effective ? this.#effective : this.#entries,
      writes: this.#rows.writes(this.#damage ?? this.#doubt),
      open: this.#damage === null ? [] : [{ keyPrefix: auditSubcategoryPrefix, doubt: this.#damage }],
    };
  }

  /** A header counts as one in any language; alone in a file it must have all its columns. */
  #addHeader(fields: readonly string[], line: number, closed: boolean): void {
    this.#headerSeen = fields.length === columns && (closed || fields.at(-1)?.trim() === "Setting Value");
    if (!closed && !this.#headerSeen) this.#fault("audit.truncated", line, fields.join(","));
  }

  #addRow(fields: readonly string[], quote: string, line: number, closed: boolean): void {
    if (fields.length === columns - 1) {
      const guid = readGuid(fields[3] ?? "");
      if (guid !== null) {
        this.#addEffective(fields, guid.guid, line);
        return;
      }
    }
    let joined = rejoinSacl(fields);
    if (
      joined.length > columns &&
      readGuid(joined[3] ?? "") !== null &&
      readNumber(joined[6] ?? "") !== null
    ) {
      // Where GUID and value stand in their places, the row is told with its doubt.
      this.#fault("audit.field-count", line, quote);
      joined = joined.slice(0, columns);
    }
    if (joined.length !== columns) {
      this.#fault(closed ? "audit.field-count" : "audit.truncated", line, quote);
      return;
    }
    const row = classifyRow(joined);
    if (row.kind === "unknown") {
      this.#fault("audit.row-unknown", line, quote);
      return;
    }
    if (!closed && looksCut(row)) this.#fault("audit.truncated", line, quote);
    this.#rowSeen = true;
    reportRow(row, line, this.#diagnostics);
    if (row.kind === "subcategory") this.#rows.add(row.guid, row.value, line, quote);
    if (row.kind !== "category") this.#entries.push(entryOf(row, line));
  }

  /** Six columns: the value stands only as a word, in the language of the computer. */
  #addEffective(fields: readonly string[], guid: string, line: number): void {
    const [, target = "", , , inclusion = ""] = fields;
    const value = auditWordValue(inclusion) ?? inclusion.trim();
    this.#effective.push({ kind: "subcategory", target: target.trim(), guid, value, line });
  }

  #fault(code: DiagnosticCode, line: number, text: string): void {
    this.#diagnostics.atLine(code, line, text);
    this.damage(code, `line ${line} of audit.csv is malformed`);
  }
}

/**
 * The first line is a header unless it looks like data. Braces are data: a header that lost its line end must not
 * swallow the first row.
 */
function isHeader(fields: readonly string[]): boolean {
  const data = readGuid(fields[3] ?? "") !== null || readNumber(fields[6] ?? "") !== null;
  return !data && !fields.some((field) => field.includes("{")) && !isSaclName(fields[2] ?? "");
}

/** SDDL with commas that was written without quotation marks. */
function rejoinSacl(fields: readonly string[]): readonly string[] {
  if (fields.length <= columns || !isSaclName(fields[2] ?? "")) return fields;
  return [...fields.slice(0, columns - 1), fields.slice(columns - 1).join(",")];
}

function entryOf(row: Exclude<AuditRow, { kind: "unknown" | "category" }>, line: number): InspectEntry {
  switch (row.kind) {
    case "global-sacl":
      return { kind: row.kind, target: "", guid: "", value: row.sddl, line };
    case "option":
      return { kind: row.kind, target: "", guid: "", value: readNumber(row.value) ?? row.value, line };
    case "subcategory":
    case "user":
      return {
        kind: row.kind,
        target: row.target,
        guid: row.guid,
        value: readNumber(row.value) ?? row.value,
        line,
      };
  }
}
