import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";

/** The diagnostics of one LDIF file, and whether whole records may be missing from it. */
export class LdifReport {
  readonly collector: DiagnosticCollector;
  #damaged = false;

  constructor(path: string) {
    this.collector = new DiagnosticCollector(path);
  }

  /** True once something was lost that may have been any part of any record. */
  get damaged(): boolean {
    return this.#damaged;
  }

  odd(code: DiagnosticCode, line: number, detail = ""): void {
    this.collector.atLine(code, line, detail);
  }

  lost(code: DiagnosticCode, line: number, detail = ""): void {
    this.#damaged = true;
    this.collector.atLine(code, line, detail);
  }

  lostFile(code: DiagnosticCode, detail = ""): void {
    this.#damaged = true;
    this.collector.atFile(code, detail);
  }

  /** For a loss that has its diagnostic already. */
  markDamaged(): void {
    this.#damaged = true;
  }
}
