import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { InspectEntry } from "../../model/inspect.ts";
import type { Doubt } from "../../model/setting.ts";
import { auditCategoryKey, auditCategoryPrefix, registryValuePrefix } from "../../model/setting.ts";
import type { IniItem } from "../ini/read-ini.ts";
import type { KeyValue } from "../ini/split-row.ts";
import { splitKeyValue, splitQuoted } from "../ini/split-row.ts";
import type { PolicyDocument } from "../policy-document.ts";
import type { Row } from "./damage.ts";
import { Damage } from "./damage.ts";
import { isAuditCategory, readAuditValue } from "./event-audit.ts";
import { KeyedRows } from "./keyed-rows.ts";
import { LogSections } from "./log-sections.ts";
import { readRegistryRow, splitRegistryRow } from "./registry-value.ts";
import { RightsSection } from "./rights-section.ts";
import { looksCut, misplacedPrefix } from "./row-checks.ts";
import {
  auditSection,
  logSections,
  registrySection,
  requiredSections,
  rightsSection,
  sectionForms,
  templateHolds,
} from "./sections.ts";

/** Collects the rows of one template. */
export class TemplateReader {
  readonly #damage: Damage;
  readonly #diagnostics: DiagnosticCollector;
  /** Over the whole file; null where its form is as specified. */
  #fileDoubt: Doubt | null;
  /** Set where Windows stops reading [Event Audit]. */
  #auditDoubt: Doubt | null = null;
  readonly #entries: InspectEntry[] = [];
  readonly #registry = new KeyedRows();
  readonly #audit = new KeyedRows();
  readonly #rights: RightsSection;
  readonly #logs: LogSections;
  readonly #sections = new Set<string>();
  /** Value of each key of the sections that write nothing, to notice duplicates. */
  readonly #values = new Map<string, string>();

  constructor(path: string, diagnostics: DiagnosticCollector, fileDoubt: Doubt | null) {
    this.#damage = new Damage(path, diagnostics);
    this.#diagnostics = diagnostics;
    this.#rights = new RightsSection(this.#damage);
    this.#logs = new LogSections(this.#damage);
    this.#fileDoubt = fileDoubt;
  }

  /** A part of the file is lost: it may have set anything. */
  lose(doubt: Doubt): void {
    for (const prefix of templateHolds) this.#damage.open(prefix, doubt);
  }

  add(item: IniItem): void {
    switch (item.kind) {
      case "section":
        this.#addSection(item.name, item.line);
        // A header without a line end behind it had rows once.
        if (!item.closed) this.#damage.fault("inf.truncated", item, templateHolds);
        break;
      case "limit":
        this.lose({ code: "limit.exceeded", text: `the template was not read beyond line ${item.line}` });
        break;
      case "broken-section":
        this.#damage.fault(item.closed ? "inf.section-broken" : "inf.truncated", item, templateHolds);
        break;
      case "row":
        this.#addRow(item);
        break;
    }
  }

  /**
   * Says which sections that every template must have are missing. The editor often writes [Version] last, so without
   * it the end of the file may be cut off; and a template without it is not what MS-GPSB 2.2 asks for.
   */
  checkSections(): void {
    for (const name of requiredSections) {
      if (this.#sections.has(name.toLowerCase())) continue;
      this.#diagnostics.atFile("inf.section-missing", name);
      if (name !== "Version") continue;
      const doubt = {
        code: "inf.section-missing",
        text: "the template has no [Version] section: it may be cut off, and Windows may ignore it",
      };
      this.#fileDoubt ??= doubt;
      this.lose(doubt);
    }
  }

  finish(): Pick<PolicyDocument, "entries" | "writes" | "open"> {
    const registry = this.#registry.writes(this.#fileDoubt, this.#diagnostics);
    const audit = this.#audit.writes(this.#fileDoubt ?? this.#auditDoubt, this.#diagnostics);
    const rights = this.#rights.writes(this.#fileDoubt);
    const logs = this.#logs.writes(this.#fileDoubt);
    return {
      entries: this.#entries,
      writes: [...registry, ...audit, ...rights, ...logs],
      open: this.#damage.prefixes(),
    };
  }

  #addSection(name: string, line: number): void {
    const key = name.toLowerCase();
    if (this.#sections.has(key)) this.#diagnostics.atLine("inf.section-repeated", line, name);
    this.#sections.add(key);
  }

  #addRow(row: Row): void {
    const section = row.section.toLowerCase();
    const form = sectionForms.get(section);
    const split = section === registrySection ? splitRegistryRow : splitKeyValue;
    const pair = form === "fields" ? null : split(row.text);
    this.#entries.push(entryOf(row, pair));
    if (section === "") this.#diagnostics.atLine("inf.row-outside", row.line, row.text);

    if (!row.closed && looksCut(row.text, pair, form, section)) {
      this.#damage.fault("inf.truncated", row, templateHolds);
    }
    this.#checkPlace(row, section);
    if (section === registrySection) this.#addRegistryValue(row, pair);
    else if (section === auditSection) this.#addAuditValue(row, pair);
    else if (section === rightsSection) this.#rights.add(row, pair);
    else if (logSections.includes(section) && this.#logs.add(row, section, pair)) return;
    else if (pair !== null) this.#noteDuplicate(row, section, pair);
    else if (form !== undefined && form !== "fields")
      this.#diagnostics.atLine("inf.row-malformed", row.line, row.text);
  }

  #checkPlace(row: Row, section: string): void {
    const pair = splitKeyValue(row.text);
    const prefix = pair === null ? null : misplacedPrefix(pair, section);
    if (prefix !== null) this.#damage.fault("inf.row-misplaced", row, [prefix]);
  }

  #addRegistryValue(row: Row, pair: KeyValue | null): void {
    const result = pair === null ? ({ kind: "malformed" } as const) : readRegistryRow(pair);
    const base = this.#damage.frameOf(row);
    switch (result.kind) {
      case "malformed":
        this.#damage.fault("inf.row-malformed", row, [registryValuePrefix]);
        break;
      case "unusable":
        this.#diagnostics.atLine("inf.value-unusable", row.line, row.text);
        this.#registry.add({ ...base, key: result.key, type: null, value: null, alternatives: [] });
        break;
      case "value": {
        const { value, alternatives, wrapped } = result.value;
        if (wrapped) this.#diagnostics.atLine("inf.value-range", row.line, row.text);
        this.#registry.add({ ...base, key: result.key, type: result.type, value, alternatives });
        break;
      }
      case "other-root":
        break;
    }
  }

  /** A value that is no number ends the section for Windows (MS-GPSB 3.2.5.6): the rows around it may count or not. */
  #addAuditValue(row: Row, pair: KeyValue | null): void {
    const known = pair !== null && isAuditCategory(pair.key);
    if (pair !== null && !known) this.#diagnostics.atLine("inf.audit-key-unknown", row.line, row.text);
    const audit = pair === null ? null : readAuditValue(pair.value);
    if (audit === null && pair !== null && pair.value.trim() === "" && row.closed) {
      // Nothing is no number that Windows could stop at: only this key is in doubt.
      this.#diagnostics.atLine("inf.value-unusable", row.line, row.text);
    } else if (audit === null) {
      const doubt = this.#damage.fault("inf.value-unusable", row, [auditCategoryPrefix]);
      this.#auditDoubt ??= doubt;
    } else if (!audit.plain) {
      this.#diagnostics.atLine("inf.audit-value-bits", row.line, row.text);
    }
    if (!known) return;
    this.#audit.add({
      key: auditCategoryKey(pair.key),
      type: null,
      value: audit === null ? null : audit.value,
      alternatives: [],
      ...this.#damage.frameOf(row),
    });
  }

  #noteDuplicate(row: Row, section: string, pair: KeyValue): void {
    const key = `${section}\0${pair.key.toLowerCase()}`;
    const before = this.#values.get(key);
    if (before !== undefined) {
      const code = before === pair.value ? "inf.duplicate-equal" : "inf.duplicate-key";
      this.#diagnostics.atLine(code, row.line, row.text);
    }
    this.#values.set(key, pair.value);
  }
}

function entryOf(row: Row, pair: KeyValue | null): InspectEntry {
  const base = { section: row.section, line: row.line };
  if (pair !== null) return { ...base, ...pair };
  const fields = splitQuoted(row.text);
  return { ...base, key: fields[0] ?? "", value: null, fields };
}
