import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { TextLocation } from "../../model/location.ts";

/** The diagnostics of everything that the records of several files say together, by the file they stand in. */
export class DirectoryReport {
  readonly #collectors = new Map<string, DiagnosticCollector>();
  readonly #said = new Set<string>();

  /** Says a thing once, however many readers of the attribute find it. */
  at(code: DiagnosticCode, location: TextLocation, detail: string): void {
    const said = JSON.stringify([code, location.path, location.line, detail]);
    if (this.#said.has(said)) return;
    this.#said.add(said);
    let collector = this.#collectors.get(location.path);
    if (collector === undefined) {
      collector = new DiagnosticCollector(location.path);
      this.#collectors.set(location.path, collector);
    }
    collector.atLine(code, location.line, detail);
  }

  /** For what is wrong with an export as a whole: the first object of each file stands for all. */
  once(code: DiagnosticCode, location: TextLocation, detail: string): void {
    const said = this.#collectors.get(location.path)?.items.some((item) => item.code === code) ?? false;
    if (!said) this.at(code, location, detail);
  }

  /** By file, then by line. */
  get items(): Diagnostic[] {
    return [...this.#collectors]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, collector]) => [...collector.items].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  }
}
