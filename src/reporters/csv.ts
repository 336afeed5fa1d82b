import type { ScanResult } from "../model/result.ts";
import { isByteLocation } from "../model/location.ts";
import { visible } from "./escape.ts";
import type { FlatFinding } from "./flat-findings.ts";
import { flatFindings } from "./flat-findings.ts";
import { measuredText } from "./measured-words.ts";
import type { Reporter } from "./reporter.ts";

type Cell = string | number | null;

/** Columns are only ever added at the end. */
const columns: readonly (readonly [string, (flat: FlatFinding, result: ScanResult) => Cell])[] = [
  ["verdict", ({ finding }) => finding.verdict],
  ["severity", ({ finding }) => finding.severity],
  ["policy", ({ rule }) => rule?.policy ?? null],
  ["rule", ({ finding }) => finding.rule],
  ["title", ({ title }) => title],
  ["target", ({ target }) => target],
  ["dn", ({ finding }) => finding.target],
  ["domain", ({ domain }) => domain],
  ["setting", ({ finding }) => finding.setting],
  ["setting_name", ({ settingName }) => settingName],
  ["expected", ({ finding }) => finding.expected],
  ["actual", ({ finding }) => finding.actualText],
  ["gpo", ({ finding }) => finding.gpo],
  ["gpo_name", ({ finding }) => finding.gpoName],
  ["file", ({ finding: { location } }) => location?.path ?? null],
  [
    "line",
    ({ finding: { location } }) => (location === null || isByteLocation(location) ? null : location.line),
  ],
  [
    "byte_offset",
    ({ finding: { location } }) =>
      location !== null && isByteLocation(location) ? location.byteOffset : null,
  ],
  ["message", ({ finding }) => finding.message],
  ["ways", ({ finding }) => finding.ways.join(" / ")],
  ["fix", ({ finding }) => finding.fix],
  ["measured", ({ finding }) => finding.measured.map((row) => measuredText(row, finding)).join(" / ")],
  ["before", ({ finding }) => finding.before?.verdict ?? null],
  ["change", ({ finding }) => finding.before?.change ?? null],
  ["baseline", ({ finding }) => finding.baseline],
  ["waiver", ({ finding }) => finding.waiver?.id ?? null],
  ["waiver_state", ({ finding }) => finding.waiver?.hold ?? null],
  ["waiver_approved_by", ({ finding }) => finding.waiver?.approvedBy ?? null],
  ["waiver_expires", ({ finding }) => finding.waiver?.expires ?? null],
  ["waiver_ticket", ({ finding }) => finding.waiver?.ticket ?? null],
  ["waiver_justification", ({ finding }) => finding.waiver?.justification ?? null],
  ["assumptions", ({ finding }) => finding.assumptions.join(" ")],
  ["fingerprint", ({ finding }) => finding.fingerprint],
  ["run_exit_code", (_flat, { summary }) => summary.exitCode],
];

/**
 * One row a finding, for spreadsheets and for whatever imports tables: RFC 4180, so with CRLF, in UTF-8 without a byte order
 * mark. Every cell is quoted, and none is a formula in any program.
 */
export const csvReporter: Reporter = {
  id: "csv",
  mediaType: "text/csv",
  fileExtension: "csv",
  render(result) {
    const head = columns.map(([name]) => name);
    const rows = flatFindings(result).map((flat) => columns.map(([, cellOf]) => cellOf(flat, result)));
    return [head, ...rows].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
  },
};

/** What may start a formula; full-width forms count in Excel of East Asian Windows. */
const starter = "[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20]";
const atStart = new RegExp(`^(?=\\s*${starter})`, "u");
/** Where Excel splits at semicolons, as it does in most of Europe, the rest of a cell is a cell of its own. */
const afterSemicolon = new RegExp(`;(?=["\\s]*${starter})`, "gu");

/** A quoted cell that stays text: an apostrophe stands before what a spreadsheet would compute. */
export function csvCell(value: Cell): string {
  if (value === null) return '""';
  if (typeof value === "number") return `"${value}"`;
  const guarded = value.replace(atStart, "'").replace(afterSemicolon, ";'");
  return `"${visible(guarded).replaceAll('"', '""')}"`;
}
