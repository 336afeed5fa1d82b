import { diagnosticText } from "../model/diagnostic.ts";
import type { RunInput, ScanResult } from "../model/result.ts";
import { TargetNames } from "./groups.ts";
import type { Breakable } from "./html-parts.ts";
import { breakable } from "./html-parts.ts";
import type { RemedyBlock } from "./remedy.ts";
import { remedyBlocks } from "./remedy.ts";
import { sourceRole, sourceText } from "./source-words.ts";
import { diagnosticPlace, plural, sentenceList } from "./words.ts";

/** What was looked at, what was not and why, and what nobody can see from files. */
export interface CoverageView {
  readonly examined: readonly string[];
  readonly gaps: readonly GapView[];
  readonly limits: readonly string[];
}

interface GapView {
  readonly code: string;
  readonly text: string;
  readonly targets: string;
  readonly remedy: readonly RemedyBlock[];
}

export function coverageView(result: ScanResult): CoverageView {
  const names = new TargetNames(result);
  return {
    examined: result.coverage.examined,
    limits: result.coverage.limits,
    gaps: result.coverage.gaps.map(({ code, text, remedy, targets }) => ({
      code,
      text,
      targets: targets.length === 0 ? "every target" : sentenceList(targets.map((dn) => names.of(dn))),
      remedy: remedyBlocks(remedy),
    })),
  };
}

export interface SourceView {
  readonly path: Breakable;
  readonly role: string;
  readonly kind: string;
  readonly cannotShow: string;
}

/** What each argument turned out to be, and what such a source can never show. */
export function sourceViews(result: ScanResult): SourceView[] {
  return result.run.sources.map((source) => ({
    path: breakable(source.path),
    role: sourceRole(source),
    kind: sourceText(source),
    cannotShow: source.cannotShow.join("; "),
  }));
}

export interface InputsView {
  readonly rows: readonly InputView[];
  readonly note: string;
}

interface InputView {
  readonly path: Breakable;
  readonly kind: string;
  readonly size: string;
  readonly encoding: string;
  readonly sha256: string;
}

/** Only files that took part in a verdict; where none did, all: an auditor wants to see what was there. */
export function inputsView(result: ScanResult): InputsView {
  const { inputs } = result.run;
  const mattered = inputs.filter((input) => input.mattered);
  const shown = mattered.length === 0 ? inputs : mattered;
  const hidden = inputs.length - shown.length;
  const rest =
    hidden === 0
      ? ""
      : ` ${plural(hidden, "other file was", "other files were")} read and changed no verdict.`;
  return {
    rows: shown.map(inputView),
    note: `${plural(inputs.length, "file")} read.${rest} The full list is in the JSON report.`,
  };
}

function inputView({ path, kind, size, encoding, bom, sha256 }: RunInput): InputView {
  return {
    path: breakable(path),
    kind,
    size: groupDigits(size),
    encoding: bom ? `${encoding}, BOM` : encoding,
    sha256,
  };
}

/** 2 483 112, whatever the locale. The space does not break. */
function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u00A0");
}

const maxDiagnostics = 200;

export interface DiagnosticsView {
  readonly rows: readonly {
    readonly severity: string;
    readonly code: string;
    readonly text: string;
    readonly place: Breakable;
  }[];
  readonly note: string;
}

export function diagnosticsView(result: ScanResult): DiagnosticsView {
  const order = ["error", "warning", "info"];
  const sorted = [...result.diagnostics].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
  );
  const hidden = sorted.length - maxDiagnostics;
  return {
    rows: sorted.slice(0, maxDiagnostics).map((item) => ({
      severity: item.severity,
      code: item.code,
      text: diagnosticText(item),
      place: breakable(diagnosticPlace(item)),
    })),
    note: hidden > 0 ? `${hidden} more are in the JSON report.` : "",
  };
}
