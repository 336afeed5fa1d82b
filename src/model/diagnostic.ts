import type { DiagnosticCode, DiagnosticSeverity } from "./diagnostic-codes.ts";
import { diagnosticCodes } from "./diagnostic-codes.ts";

/** Something odd in the input, never in the policy. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: DiagnosticSeverity;
  /** The offending piece, quoted and shortened; empty where the code says it all. */
  readonly detail: string;
  readonly path: string;
  /** Line number from 1 (text files). */
  readonly line?: number;
  /** Byte offset from 0 (binary files). */
  readonly offset?: number;
}

/** Text of a diagnostic for people: what the code means, then the piece at fault. */
export function diagnosticText(diagnostic: Diagnostic): string {
  const { title } = diagnosticCodes[diagnostic.code];
  return diagnostic.detail === "" ? title : `${title}: ${diagnostic.detail}`;
}

/** Collects the diagnostics of one file. Parsers get one and never throw on content. */
export class DiagnosticCollector {
  readonly items: Diagnostic[] = [];
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  atLine(code: DiagnosticCode, line: number, detail = ""): void {
    this.#add({ ...this.#base(code, detail), line });
  }

  atOffset(code: DiagnosticCode, offset: number, detail = ""): void {
    this.#add({ ...this.#base(code, detail), offset });
  }

  atFile(code: DiagnosticCode, detail = ""): void {
    this.#add(this.#base(code, detail));
  }

  #base(code: DiagnosticCode, detail: string): Diagnostic {
    return { code, severity: diagnosticCodes[code].severity, detail: shorten(detail), path: this.#path };
  }

  #add(diagnostic: Diagnostic): void {
    // One hostile file must not fill the memory with complaints about itself; errors get room of their own, behind which
    // nothing is left out that matters: what is lost also stands in `open` and in doubts.
    const room = diagnostic.severity === "error" ? 2 * maxDiagnostics : maxDiagnostics;
    if (this.items.length < room) this.items.push(diagnostic);
  }
}

const maxDiagnostics = 1000;

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
