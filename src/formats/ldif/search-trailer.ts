import type { AttributeLine } from "./attribute-line.ts";
import type { LdifReport } from "./ldif-report.ts";

/** What ldapsearch and ldbsearch write between and after the entries: records without a DN. */
const trailerNames = new Set(["ref", "search", "result", "control", "pagedresults", "matcheddn", "text"]);

/**
 * Reads what ldapsearch (`result`, `pagedresults`, `# numEntries`) and ldbsearch (`# 40 entries`) say about a search as a
 * whole: the only trace of a size limit, a page never fetched or a file that was cut between two records.
 */
export class SearchTrailer {
  readonly #report: LdifReport;
  #openPage: { readonly line: number } | null = null;
  /** The last record that ldbsearch numbered, until its count of all of them comes. */
  #uncounted: { readonly line: number } | null = null;

  constructor(report: LdifReport) {
    this.#report = report;
  }

  /** True where the lines are such a trailer, which is no record. */
  accepts(lines: readonly AttributeLine[]): boolean {
    return lines.every(({ name }) => trailerNames.has(name.key));
  }

  read(lines: readonly AttributeLine[]): void {
    for (const { name, value, number } of lines) this.#read(name.key, value, number);
  }

  /** `records`: entries seen so far. */
  readComment(text: string, line: number, records: number): void {
    const [, key = "", value = ""] =
      /^#\s*(result|pagedresults|numEntries|record)\b:?\s*(.*)$/.exec(text) ?? [];
    const total = key === "numEntries" ? value : /^# (\d+) entries$/.exec(text)?.[1];
    if (total !== undefined) {
      this.#expect(Number(total), records, line);
      this.#uncounted = null;
    }
    if (key === "record" && /^\d+$/.test(value)) {
      this.#expect(Number(value) - 1, records, line);
      this.#uncounted = { line };
    }
    this.#read(key, value, line);
  }

  /** A page cookie that nobody used means that more entries were to come (RFC 2696). */
  finish(): void {
    if (this.#openPage !== null) {
      this.#report.lost("ldif.search-incomplete", this.#openPage.line, "another page follows");
    }
    if (this.#uncounted !== null) this.#report.odd("ldif.no-count", this.#uncounted.line);
  }

  /** Several searches in one file each count for themselves, so only a count above all entries proves a loss. */
  #expect(count: number, records: number, line: number): void {
    if (count <= records) return;
    this.#report.lost("ldif.search-incomplete", line, `${count} entries announced, ${records} found`);
  }

  #read(key: string, value: string, line: number): void {
    if (key === "result" && !/^0\b/.test(value)) this.#report.lost("ldif.search-incomplete", line, value);
    if (key === "pagedresults") this.#openPage = /\bcookie=\s*\S/.test(value) ? { line } : null;
  }
}
