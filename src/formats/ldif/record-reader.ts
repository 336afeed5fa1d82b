import { dnKey, parseDn } from "../../model/dn.ts";
import type { AttributeValue, DirectoryRecord } from "../directory/record.ts";
import type { AttributeLine } from "./attribute-line.ts";
import { parseAttributeLine } from "./attribute-line.ts";
import { applyModify } from "./change-record.ts";
import type { LdifReport } from "./ldif-report.ts";
import { Base64Value, damagedValue, isBase64, TextValue } from "./ldif-value.ts";
import type { LogicalLine } from "./logical-lines.ts";
import { unfoldLines } from "./logical-lines.ts";
import { SearchTrailer } from "./search-trailer.ts";

/** Turns the lines of one LDIF file into records. */
export class RecordReader {
  readonly #path: string;
  readonly #report: LdifReport;
  readonly #trailer: SearchTrailer;
  readonly #records: DirectoryRecord[] = [];
  /** Entries seen, those among them that gave no record. */
  #entries = 0;
  /** Index of the last record of each DN; made only where a change record asks for it. */
  #byDn: Map<string, number> | null = null;

  constructor(path: string, report: LdifReport) {
    this.#path = path;
    this.#report = report;
    this.#trailer = new SearchTrailer(report);
  }

  read(text: string): readonly DirectoryRecord[] {
    let lines: LogicalLine[] = [];
    for (const line of unfoldLines(text)) {
      if (!line.closed) this.#report.odd("ldif.unterminated", line.number);
      if (line.text === "") {
        this.#readRecord(lines);
        lines = [];
      } else if (line.text.startsWith("#")) {
        this.#trailer.readComment(line.text, line.number, this.#count(lines));
      } else {
        lines.push(line);
      }
    }
    this.#readRecord(lines);
    this.#trailer.finish();
    return this.#records;
  }

  /** Entries so far, one that a comment follows without a blank line among them. */
  #count(open: readonly LogicalLine[]): number {
    return this.#entries + (open.length > 0 ? 1 : 0);
  }

  #readRecord(lines: readonly LogicalLine[]): void {
    const start = lines[0] !== undefined && /^version:\s*\d+\s*$/i.test(lines[0].text) ? 1 : 0;
    const head = lines[start];
    if (head === undefined) return;
    const first = parseAttributeLine(head);
    if (first === null || first.name.key !== "dn") this.#readTrailer(lines.slice(start));
    else this.#readEntry(first, lines.slice(start + 1));
  }

  #readTrailer(lines: readonly LogicalLine[]): void {
    const parsed: AttributeLine[] = [];
    for (const line of lines) {
      const attribute = parseAttributeLine(line);
      if (attribute === null) this.#report.lost("ldif.bad-line", line.number, line.text);
      else parsed.push(attribute);
    }
    if (this.#trailer.accepts(parsed)) this.#trailer.read(parsed);
    else this.#report.lost("ldif.no-dn", lines[0]?.number ?? 1, lines[0]?.text);
  }

  #readEntry(first: AttributeLine, lines: readonly LogicalLine[]): void {
    this.#entries++;
    const dn = this.#readValue(first).text;
    // The empty DN is the rootDSE: a description of the server, no object.
    if (dn === "") return;
    if (dn === null || !isDn(dn)) {
      this.#report.lost("ldif.bad-dn", first.number, dn ?? "");
      return;
    }
    const change = this.#changeType(lines);
    if (change === null || change.type === "add") {
      this.#add(this.#readAttributes(dn, first.number, lines));
    } else if (change.type === "modify") {
      this.#modify(dn, first.number, lines.slice(change.index + 1));
    } else {
      this.#report.lost("ldif.change-not-applied", first.number, `changetype: ${change.type}`);
    }
  }

  /** `changetype` follows the DN, with nothing but controls between (RFC 2849). */
  #changeType(lines: readonly LogicalLine[]): { readonly type: string; readonly index: number } | null {
    for (const [index, line] of lines.entries()) {
      const match = /^(changetype|control)::?\s*(.*)$/i.exec(line.text);
      if (match === null) return null;
      if (match[1]?.toLowerCase() === "changetype")
        return { type: (match[2] ?? "").trim().toLowerCase(), index };
    }
    return null;
  }

  #readAttributes(dn: string, number: number, lines: readonly LogicalLine[]): DirectoryRecord {
    const attributes = new Map<string, AttributeValue[]>();
    const partial = new Set<string>();
    for (const line of lines) {
      const parsed = parseAttributeLine(line);
      if (parsed === null) {
        this.#report.lost("ldif.bad-line", line.number, line.text);
        continue;
      }
      const { key, wanted, ranged } = parsed.name;
      if (key === "dn") this.#report.lost("ldif.bad-line", line.number, "a second DN in one record");
      if (!wanted) {
        if (parsed.form === "url") this.#report.odd("ldif.url-refused", line.number, line.text);
        continue;
      }
      if (ranged) {
        if (!partial.has(key)) this.#report.odd("ldif.range", line.number, line.text);
        partial.add(key);
      }
      const values = attributes.get(key);
      if (values === undefined) attributes.set(key, [this.#readValue(parsed)]);
      else values.push(this.#readValue(parsed));
    }
    return { dn, location: { path: this.#path, line: number }, attributes, partial };
  }

  #readValue({ form, value, number, name }: AttributeLine): AttributeValue {
    if (form === "text") return new TextValue(value, number);
    if (form === "url") {
      this.#report.odd("ldif.url-refused", number, `${name.key}:< ${value}`);
      return damagedValue(number);
    }
    const base64 = value.trimEnd();
    if (isBase64(base64)) return new Base64Value(base64, number);
    this.#report.odd("ldif.bad-base64", number, name.key);
    return damagedValue(number);
  }

  #add(record: DirectoryRecord): void {
    this.#byDn?.set(dnKey(record.dn), this.#records.length);
    this.#records.push(record);
  }

  #modify(dn: string, number: number, lines: readonly LogicalLine[]): void {
    this.#byDn ??= new Map(this.#records.map((record, index) => [dnKey(record.dn), index]));
    const index = this.#byDn.get(dnKey(dn));
    const base = index === undefined ? null : (this.#records[index] ?? null);
    const location = { path: this.#path, line: number };
    const record = applyModify(base, dn, location, lines, (line) => this.#readValue(line), this.#report);
    if (index === undefined) this.#add(record);
    else this.#records[index] = record;
  }
}

/** Most DNs of an export need no look at every character. */
function isDn(dn: string): boolean {
  return /^[a-z]+=[^,;+"\\=]+(?:,[a-z]+=[^,;+"\\=]+)*$/i.test(dn) || parseDn(dn) !== null;
}
