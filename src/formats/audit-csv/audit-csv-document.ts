import type { PolicyDocument } from "../policy-document.ts";

export interface AuditCsvDocument extends PolicyDocument {
  /** `effective`: six columns, written by `auditpol /get /r`. */
  readonly layout: "gpo" | "effective";
}
