import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt, GptPart, PartKind, SettingKey, Write } from "../../model/setting.ts";
import { auditSubcategoryPrefix, partKinds, registryValuePrefix } from "../../model/setting.ts";
import { ItemReader } from "../gpp-xml/item-reader.ts";
import { templateHolds } from "../gpttmpl/sections.ts";
import type { Element, QName } from "./element.ts";
import { asXmlElement } from "./element.ts";
import { namespaces } from "./namespaces.ts";
import type { SettingRow } from "./setting-rows.ts";
import { readAuditingRow, readSecurityRow, readTemplateRow } from "./setting-rows.ts";

const kindOfNamespace = new Map<string, PartKind>([
  [namespaces.templates, "registry.pol"],
  [namespaces.security, "GptTmpl.inf"],
  [namespaces.preferences, "GPP Registry.xml"],
  [namespaces.auditing, "audit.csv"],
]);

/** What a lost section of each kind may have held. */
export const sectionHolds: Readonly<Record<PartKind, readonly SettingKey[]>> = {
  "registry.pol": [registryValuePrefix],
  "GptTmpl.inf": templateHolds,
  "GPP Registry.xml": [registryValuePrefix],
  "audit.csv": [auditSubcategoryPrefix],
};

/** The file that a section speaks of, by the namespace of its type; null: of none that is looked at here. */
export function sectionKind(type: QName): PartKind | null {
  return kindOfNamespace.get(type.uri) ?? null;
}

/** Reads one element of a section other than the preferences. */
export function readRow(kind: Exclude<PartKind, "GPP Registry.xml">, element: Element): SettingRow {
  switch (kind) {
    case "audit.csv":
      return readAuditingRow(element);
    case "GptTmpl.inf":
      return readSecurityRow(element);
    case "registry.pol":
      return readTemplateRow(element);
  }
}

/** Collects what the elements of one section of a GPO say, as the part of the GPT that they came from. */
export class Section {
  readonly kind: PartKind;
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #writes: Write[] = [];
  readonly #open = new Map<SettingKey, Doubt>();

  constructor(kind: PartKind, path: string, diagnostics: DiagnosticCollector) {
    this.kind = kind;
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  add(element: Element): void {
    if (this.kind === "GPP Registry.xml") this.#addPreferences(element);
    else this.#addRow(readRow(this.kind, element), element);
  }

  /** Something of the section is lost. */
  lose(doubt: Doubt): void {
    for (const prefix of sectionHolds[this.kind]) this.#openPrefix(prefix, doubt);
  }

  finish(): GptPart {
    return {
      kind: this.kind,
      paths: [this.#path],
      // registry.pol is read row by row; of the others the report shows one row for a setting.
      writes: this.kind === "audit.csv" || this.kind === "GptTmpl.inf" ? this.#distinct() : this.#writes,
      open: [...this.#open].map(([keyPrefix, doubt]) => ({ keyPrefix, doubt })),
      unreadable: false,
    };
  }

  #addRow(row: SettingRow, { line, name }: Element): void {
    const location = { path: this.#path, line };
    switch (row.kind) {
      case "none":
        break;
      case "unknown-element":
        this.#diagnostics.atLine("report.element-unknown", line, name);
        break;
      case "value": {
        const { key, value, type, quote } = row;
        this.#writes.push({
          action: "set",
          key,
          value,
          type,
          alternatives: [],
          location,
          quote,
          doubt: null,
        });
        break;
      }
      case "unusable":
        this.#diagnostics.atLine("report.value", line, row.quote);
        this.#writes.push({ action: "unusable", key: row.key, location, quote: row.quote, doubt: null });
        break;
      case "open": {
        const opaque = name === "Policy" || name === "RegistrySetting";
        const code = opaque ? "report.policies-opaque" : "report.value";
        if (!this.#open.has(row.keyPrefix)) this.#diagnostics.atLine(code, line, row.quote);
        const text = opaque
          ? "the report does not show which registry values its administrative templates write"
          : `line ${line} of the report cannot be used as it stands`;
        this.#openPrefix(row.keyPrefix, { code, text });
        break;
      }
    }
  }

  #addPreferences(element: Element): void {
    if (element.name === "Blocked") return;
    if (element.name !== "RegistrySettings") {
      this.#diagnostics.atLine("report.element-unknown", element.line, element.name);
      return;
    }
    const reader = new ItemReader(this.#path, this.#diagnostics, (item) => item.start, quoteItem);
    reader.addAll(asXmlElement(element));
    this.#writes.push(...reader.writes);
    for (const { keyPrefix, doubt } of reader.open) this.#openPrefix(keyPrefix, doubt);
  }

  /** Which of two rows counts is not known: the last is taken, the value of the other stays possible. */
  #distinct(): readonly Write[] {
    const last = new Map<SettingKey, Write>();
    for (const write of this.#writes) {
      if (!("key" in write)) continue;
      const before = last.get(write.key);
      last.set(write.key, before === undefined ? write : this.#either(before, write));
    }
    return [...last.values()];
  }

  #either(before: Write, write: Write): Write {
    if (before.action !== "set" || write.action !== "set") {
      return write.action === "unusable"
        ? write
        : { ...write, doubt: { code: "report.value", text: "another row for it cannot be read" } };
    }
    const values = new Map(
      [...before.alternatives, before.value].map((value) => [JSON.stringify(value), value]),
    );
    values.delete(JSON.stringify(write.value));
    if (values.size > 0 && "line" in write.location) {
      this.#diagnostics.atLine("report.duplicate", write.location.line, write.quote);
    }
    return { ...write, alternatives: [...values.values()] };
  }

  #openPrefix(prefix: SettingKey, doubt: Doubt): void {
    if (!this.#open.has(prefix)) this.#open.set(prefix, doubt);
  }
}

/** Sections of all kinds with everything open: nobody knows which one is lost. */
export function lostSections(path: string, doubt: Doubt): readonly GptPart[] {
  return partKinds.map((kind) => ({
    kind,
    paths: [path],
    writes: [],
    open: sectionHolds[kind].map((keyPrefix) => ({ keyPrefix, doubt })),
    unreadable: false,
  }));
}

/** A preference item as its start tag shows it. */
function quoteItem({
  name,
  attributes,
}: {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}): string {
  const pairs = [...attributes].map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${pairs.join("")}>`.slice(0, 2000);
}
