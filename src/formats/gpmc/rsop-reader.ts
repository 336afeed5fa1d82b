import type { RsopGpo, RsopReport, RsopSetting, RsopState } from "../../model/backup.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Doubt, PartKind, SettingKey } from "../../model/setting.ts";
import { partKinds } from "../../model/setting.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import type { Element } from "./element.ts";
import { childOf, childText, childWord, isNamed, parseBoolean } from "./element.ts";
import { namespaces } from "./namespaces.ts";
import { readRow, sectionHolds, sectionKind } from "./section.ts";
import type { Choice, OpenElement, XmlVisitor } from "./xml-stream.ts";

const facts = new Set(["Name", "Domain", "SOM", "Site"]);

/** Takes the results of the computer out of what `gpresult /x` writes; those of the user say nothing about it. */
export class RsopReader implements XmlVisitor {
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #facts = new Map<string, string>();
  readonly #gpos: RsopGpo[] = [];
  readonly #settings = new Map<SettingKey, RsopSetting>();
  readonly #open = new Map<SettingKey, Doubt>();
  #kind: PartKind | null = null;
  #shown = false;
  #computer = false;

  constructor(path: string, diagnostics: DiagnosticCollector) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  choose(element: OpenElement, path: readonly OpenElement[]): Choice {
    const { name } = element;
    switch (path.length) {
      case 0:
        if (isNamed(element, namespaces.rsop, "Rsop")) return "enter";
        this.#diagnostics.atLine("xml.root", element.line, name);
        return "skip";
      case 1:
        if (name !== "ComputerResults") return name === "ReadTime" || name === "DataType" ? "keep" : "skip";
        this.#computer = true;
        return "enter";
      case 2:
        this.#shown = false;
        if (name === "ExtensionData") return "enter";
        return facts.has(name) || name === "GPO" ? "keep" : "skip";
      case 3:
        return this.#chooseSection(element);
      default:
        return "keep";
    }
  }

  take(element: Element, path: readonly OpenElement[]): void {
    if (path.length === 4) this.#addSetting(element);
    else if (path.length === 3) this.#lose(element.line, element.text.trim());
    else if (element.name === "GPO") this.#gpos.push(this.#gpo(element));
    else this.#facts.set(element.name, element.text.trim());
  }

  leave(element: OpenElement, path: readonly OpenElement[]): void {
    if (path.length === 2 && !this.#shown) this.#lose(element.line, "no content");
  }

  /** `whole`: the document was read to its end. */
  finish(whole: boolean): RsopReport {
    if (!whole) this.#loseAll({ code: "xml.malformed", text: "the report breaks off" });
    else if (!this.#computer)
      this.#loseAll({ code: "report.section-lost", text: "the report has no results of the computer" });
    const fact = (name: string): string | null => this.#facts.get(name) || null;
    const data = fact("DataType");
    return {
      path: this.#path,
      computer: fact("Name"),
      domain: fact("Domain")?.toLowerCase() ?? null,
      site: fact("Site"),
      som: fact("SOM"),
      readTime: fact("ReadTime"),
      data: data === "LoggedData" ? "logged" : data === "PlannedData" ? "planned" : "unknown",
      gpos: this.#gpos,
      settings: [...this.#settings.values()],
      open: [...this.#open].map(([keyPrefix, doubt]) => ({ keyPrefix, doubt })),
      complete: whole && this.#computer,
    };
  }

  #chooseSection(element: OpenElement): Choice {
    if (element.name === "Name") return "skip";
    if (element.name !== "Extension") return "keep";
    this.#shown = true;
    if (element.type === null) {
      this.#lose(element.line, "a section of unknown type");
      return "skip";
    }
    this.#kind = sectionKind(element.type);
    if (this.#kind === "GPP Registry.xml") {
      const text = "preference items are shown one by one, not what comes of them";
      for (const prefix of sectionHolds[this.#kind])
        this.#openPrefix(prefix, { code: "report.policies-opaque", text });
      return "skip";
    }
    return this.#kind === null ? "skip" : "enter";
  }

  #addSetting(element: Element): void {
    if (this.#kind === null || this.#kind === "GPP Registry.xml") return;
    const { line, name } = element;
    const row = readRow(this.#kind, element);
    if (row.kind === "none") return;
    if (row.kind === "unknown-element") {
      this.#diagnostics.atLine("report.element-unknown", line, name);
      return;
    }
    if (childText(element, "Precedence") !== "1") {
      // Precedence counts from 1, the winner; without one nobody knows which row counts.
      const known = /^[1-9]\d*$/.test(childText(element, "Precedence") ?? "");
      this.#diagnostics.atLine(known ? "report.loser" : "report.value", line, row.quote);
      if (known) return;
      this.#openPrefix(row.kind === "open" ? row.keyPrefix : row.key, doubtAt(line));
      return;
    }
    if (row.kind === "value") this.#setWinner(row, element);
    else {
      const opaque = row.kind === "open" && this.#kind === "registry.pol";
      const key = row.kind === "open" ? row.keyPrefix : row.key;
      if (!opaque || !this.#open.has(key)) {
        this.#diagnostics.atLine(opaque ? "report.policies-opaque" : "report.value", line, row.quote);
      }
      const text = "the report does not show which registry values its administrative templates write";
      this.#openPrefix(key, opaque ? { code: "report.policies-opaque", text } : doubtAt(line));
    }
  }

  /** Two winners of one setting come of two extensions that both write it; which of them ran last is not shown. */
  #setWinner(row: Pick<RsopSetting, "key" | "value" | "type" | "quote">, element: Element): void {
    const { key, value, type, quote } = row;
    const before = this.#settings.get(key);
    if (before !== undefined && JSON.stringify(before.value) !== JSON.stringify(value)) {
      this.#diagnostics.atLine("report.duplicate", element.line, quote);
      this.#openPrefix(key, doubtAt(element.line));
    }
    const owner = childOf(element, "GPO");
    const identifier = (owner && childText(owner, "Identifier")) ?? "";
    const guid = parseGuidText(identifier);
    const winner = /^LocalGPO$/i.test(identifier) ? "local" : guid === null ? null : { guid };
    if (winner === null)
      this.#diagnostics.atLine("report.value", element.line, `${quote}: GPO ${identifier}`);
    this.#settings.set(key, {
      key,
      value,
      type,
      winner,
      location: { path: this.#path, line: element.line },
      quote,
    });
  }

  #gpo(element: Element): RsopGpo {
    const at = childOf(element, "Path");
    const links = element.children.filter(({ name }) => name === "Link");
    return {
      guid: parseGuidText((at && childText(at, "Identifier")) ?? ""),
      domain: (at && childWord(at, "Domain")?.toLowerCase()) ?? null,
      name: childText(element, "Name") ?? "",
      state: stateOf(element, links),
      versions: {
        directory: wholeNumber(childText(element, "VersionDirectory")),
        sysvol: wholeNumber(childText(element, "VersionSysvol")),
      },
      links: links.map((link) => ({
        somPath: childText(link, "SOMPath") ?? "",
        enabled: parseBoolean(childText(link, "Enabled")),
        enforced: parseBoolean(childText(link, "NoOverride")),
        appliedOrder: wholeNumber(childText(link, "AppliedOrder")),
        location: { path: this.#path, line: link.line },
      })),
      location: { path: this.#path, line: element.line },
    };
  }

  #lose(line: number, detail: string): void {
    this.#diagnostics.atLine("report.section-lost", line, detail);
    this.#loseAll({
      code: "report.section-lost",
      text: `the section in line ${line} of the report is not shown`,
    });
  }

  #loseAll(doubt: Doubt): void {
    for (const prefix of partKinds.flatMap((kind) => sectionHolds[kind])) this.#openPrefix(prefix, doubt);
  }

  #openPrefix(prefix: SettingKey, doubt: Doubt): void {
    if (!this.#open.has(prefix)) this.#open.set(prefix, doubt);
  }
}

function doubtAt(line: number): Doubt {
  return { code: "report.value", text: `line ${line} of the report cannot be used as it stands` };
}

/** Why a GPO was not applied, the weightiest reason first; AppliedOrder 0 has no reason of its own. */
function stateOf(element: Element, links: readonly Element[]): RsopState {
  const is = (name: string): boolean | null => parseBoolean(childText(element, name));
  if (is("AccessDenied") === true) return "access-denied";
  if (is("FilterAllowed") === false) return "wmi-filter";
  if (is("Enabled") === false) return "disabled";
  if (is("IsValid") === false) return "invalid";
  if (links.some((link) => Number(childText(link, "AppliedOrder")) > 0)) return "applied";
  const disabled =
    links.length > 0 && links.every((link) => parseBoolean(childText(link, "Enabled")) === false);
  return disabled ? "link-disabled" : "not-applied";
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
