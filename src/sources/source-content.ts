import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticText } from "../model/diagnostic.ts";
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Proposal } from "../model/proposal.ts";
import type { LostSource, SourceKind } from "../model/source.ts";

/** What was found behind one path. */
export interface SourceContent {
  readonly kinds: ReadonlySet<SourceKind>;
  readonly gpos: readonly Proposal[];
  readonly evidence: readonly Evidence[];
  readonly lost: readonly LostSource[];
  /** Reported paths of archives beside the GPOs, which nobody opened. */
  readonly archives: readonly string[];
}

/** The same while it is being put together. */
export class ContentCollector implements SourceContent {
  readonly kinds = new Set<SourceKind>();
  readonly gpos: Proposal[] = [];
  readonly evidence: Evidence[] = [];
  readonly lost: LostSource[] = [];
  readonly archives: string[] = [];

  addGpos(kind: SourceKind, gpos: readonly Proposal[]): void {
    if (gpos.length > 0) this.kinds.add(kind);
    this.gpos.push(...gpos);
  }

  addLost(code: LostSource["code"], path: string, text: string): void {
    this.lost.push({ code, path, text });
  }
}

const unread: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "file.unreadable",
  "file.too-large",
  "limit.exceeded",
]);

/** Complaints about files and folders into which nobody looked: anything may stand there. */
export function unreadPlaces(
  diagnostics: readonly Diagnostic[],
): readonly { readonly path: string; readonly text: string }[] {
  return diagnostics
    .filter(({ code }) => unread.has(code))
    .map((diagnostic) => ({ path: diagnostic.path, text: diagnosticText(diagnostic) }));
}
