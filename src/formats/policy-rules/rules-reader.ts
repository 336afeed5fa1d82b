import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt, GptPart } from "../../model/setting.ts";
import { auditSubcategoryPrefix } from "../../model/setting.ts";
import type { UnjudgedRows } from "../../model/unjudged-rows.ts";
import { UnjudgedCounter, unjudgedTemplateRow } from "../../model/unjudged-rows.ts";
import { SubcategoryRows } from "../audit-csv/subcategory-rows.ts";
import { auditWordValue } from "../audit-csv/words.ts";
import { TemplateReader } from "../gpttmpl/template-reader.ts";
import type { XmlElement } from "../gpp-xml/xml-tree.ts";
import { splitKeyValue } from "../ini/split-row.ts";
import { RegistryRows } from "./registry-rows.ts";

/** What one policy of the file says; rows that name none belong to a policy without a name. */
export interface RulesPolicy {
  readonly name: string | null;
  readonly parts: readonly GptPart[];
  readonly unjudged: readonly UnjudgedRows[];
}

/** Text about a row, not of it. */
const remarks = new Set(["sourcefile", "policyname", "explaintext", "explain", "comment", "description"]);

const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  computerconfig: ["key", "value", "regtype", "regdata"],
  auditsubcategory: ["guid", "name", "setting"],
  securitytemplate: ["lineitem"],
};

interface Rows {
  readonly registry: RegistryRows;
  readonly template: TemplateReader;
  readonly audit: SubcategoryRows;
  readonly openAudit: { readonly keyPrefix: string; readonly doubt: Doubt }[];
  readonly unjudged: UnjudgedCounter;
}

/** Sorts the rows of a file by policy and by the file of a GPO that they would stand in. */
export class RulesReader {
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #lineOf: (element: XmlElement) => number;
  readonly #policies = new Map<string | null, Rows>();

  constructor(path: string, diagnostics: DiagnosticCollector, lineOf: (element: XmlElement) => number) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.#lineOf = lineOf;
  }

  add(element: XmlElement): void {
    const kind = element.name.toLowerCase();
    // Which extensions the policy needs: no setting.
    if (kind === "cse-machine" || kind === "cse-user") return;
    this.#checkFields(element, kind);
    switch (kind) {
      case "computerconfig":
        this.#rowsOf(element).registry.add({
          key: field(element, "key"),
          name: field(element, "value") ?? "",
          type: field(element, "regtype") ?? "",
          data: field(element, "regdata") ?? "",
          line: this.#lineOf(element),
        });
        break;
      case "userconfig":
        this.#rowsOf(element).unjudged.add("registry values of users");
        break;
      case "auditsubcategory":
        this.#addAudit(element);
        break;
      case "securitytemplate":
        this.#addTemplate(element);
        break;
      default:
        this.#diagnostics.atLine("rules.element-unknown", this.#lineOf(element), element.name);
        this.#rowsOf(element).unjudged.add(`<${element.name}>`);
    }
  }

  policies(): readonly RulesPolicy[] {
    return [...this.#policies].map(([name, rows]) => ({
      name,
      parts: this.#partsOf(rows),
      unjudged: rows.unjudged.rows(),
    }));
  }

  #checkFields(element: XmlElement, kind: string): void {
    const known = fieldsOf[kind];
    for (const child of known === undefined ? [] : element.children) {
      const name = child.name.toLowerCase();
      if (known?.includes(name) === true || remarks.has(name)) continue;
      this.#diagnostics.atLine(
        "rules.element-unknown",
        this.#lineOf(child),
        `${child.name} in ${element.name}`,
      );
    }
  }

  #addAudit(element: XmlElement): void {
    const rows = this.#rowsOf(element);
    const line = this.#lineOf(element);
    const [name, setting] = [field(element, "name") ?? "", (field(element, "setting") ?? "").trim()];
    const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(
      (field(element, "guid") ?? "").trim(),
    )?.[1];
    const quote = `${name.trim()} ${guid ?? ""} = ${setting}`;
    if (guid === undefined) {
      this.#diagnostics.atLine("rules.row", line, quote);
      const text = `the audit row in line ${line} has no usable GUID`;
      rows.openAudit.push({ keyPrefix: auditSubcategoryPrefix, doubt: { code: "rules.row", text } });
      return;
    }
    const word = auditWordValue(setting);
    rows.audit.add(guid.toLowerCase(), word === undefined ? setting : String(word), line, quote);
  }

  #addTemplate(element: XmlElement): void {
    const rows = this.#rowsOf(element);
    const section = (attribute(element, "section") ?? "").trim();
    const items = element.children.filter(({ name }) => name.toLowerCase() === "lineitem");
    if (section === "" || items.length === 0) {
      this.#diagnostics.atLine("rules.row", this.#lineOf(element), `${element.name} ${section}`.trim());
      rows.unjudged.add("rows of a template that cannot be used");
      return;
    }
    for (const item of items) {
      const text = item.text.trim();
      const unjudged = unjudgedTemplateRow(section, splitKeyValue(text)?.key ?? text);
      if (unjudged === null)
        rows.template.add({ kind: "row", section, text, line: this.#lineOf(item), closed: true });
      else rows.unjudged.add(unjudged);
    }
  }

  #rowsOf(element: XmlElement): Rows {
    const text = field(element, "policyname")?.trim() ?? "";
    const name = text === "" ? null : text;
    const known = this.#policies.get(name);
    if (known !== undefined) return known;
    const rows: Rows = {
      registry: new RegistryRows(this.#path, this.#diagnostics),
      template: new TemplateReader(this.#path, this.#diagnostics, null),
      audit: new SubcategoryRows(this.#path, this.#diagnostics),
      openAudit: [],
      unjudged: new UnjudgedCounter(),
    };
    this.#policies.set(name, rows);
    return rows;
  }

  #partsOf({ registry, template, audit, openAudit }: Rows): readonly GptPart[] {
    const frame = { paths: [this.#path], unreadable: false };
    const { writes, open } = template.finish();
    const parts: GptPart[] = [
      { ...frame, kind: "GptTmpl.inf", writes, open },
      { ...frame, kind: "audit.csv", writes: audit.writes(null), open: openAudit },
    ];
    const first = registry.part();
    return [...(first === null ? [] : [first]), ...parts].filter(
      (part) => part.writes.length > 0 || part.open.length > 0,
    );
  }
}

/** Text of the child of that name; null where there is none. */
function field(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name.toLowerCase() === name)?.text ?? null;
}

function attribute(element: XmlElement, name: string): string | null {
  for (const [own, value] of element.attributes) if (own.toLowerCase() === name) return value;
  return null;
}
