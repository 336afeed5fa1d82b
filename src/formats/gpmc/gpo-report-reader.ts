import type { ReportedGpo, ReportedLink } from "../../model/backup.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { SecurityDescriptorFact } from "../../model/gpo.ts";
import type { Doubt, GptPart, PartKind } from "../../model/setting.ts";
import { partKinds } from "../../model/setting.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import { parseSddl } from "../security-descriptor/parse-sddl.ts";
import type { Element } from "./element.ts";
import { childOf, childText, childWord, isNamed, parseBoolean } from "./element.ts";
import { namespaces } from "./namespaces.ts";
import { lostSections, Section, sectionKind } from "./section.ts";
import type { Choice, OpenElement, XmlVisitor } from "./xml-stream.ts";

/** A GPO that is being read. */
interface Draft {
  readonly line: number;
  /** Children of GPO and of Computer that hold one fact each. */
  readonly facts: Map<string, Element>;
  readonly links: Element[];
  readonly sections: Map<PartKind, Section>;
  section: Section | null;
  /** The ExtensionData at hand has shown its content. */
  shown: boolean;
  computer: boolean;
  lost: Doubt | null;
}

const gpoFacts = new Set([
  "Identifier",
  "Name",
  "ReadTime",
  "SecurityDescriptor",
  "FilterDataAvailable",
  "FilterName",
]);
const computerFacts = new Set(["VersionDirectory", "VersionSysvol", "Enabled"]);

/** Takes the GPOs out of a Get-GPOReport XML one by one: of one GPO, or of all below whatever root. */
export class GpoReportReader implements XmlVisitor {
  readonly #path: string;
  readonly #diagnostics: DiagnosticCollector;
  readonly #emit: (gpo: ReportedGpo) => void;
  #draft: Draft | null = null;
  #skipped = 0;

  constructor(path: string, diagnostics: DiagnosticCollector, emit: (gpo: ReportedGpo) => void) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.#emit = emit;
  }

  /** GPOs that could not be told. */
  get skipped(): number {
    return this.#skipped;
  }

  choose(element: OpenElement, path: readonly OpenElement[]): Choice {
    const parent = path.at(-1);
    const draft = this.#draft;
    if (draft === null || parent === undefined) return this.#chooseOutside(element, path);
    if (isNamed(parent, namespaces.settings, "GPO")) {
      if (element.name === "Computer") {
        draft.computer = true;
        return "enter";
      }
      return gpoFacts.has(element.name) || element.name === "LinksTo" ? "keep" : "skip";
    }
    switch (parent.name) {
      case "Computer":
        if (element.name === "ExtensionData") {
          draft.shown = false;
          return "enter";
        }
        return computerFacts.has(element.name) ? "keep" : "skip";
      case "ExtensionData":
        return this.#chooseSection(element, draft);
      default:
        return "keep";
    }
  }

  take(element: Element, path: readonly OpenElement[]): void {
    const draft = this.#draft;
    if (draft === null) return;
    if (path.at(-1)?.name === "Extension") draft.section?.add(element);
    else if (path.at(-1)?.name === "ExtensionData") this.#lose(draft, element.line, element.text.trim());
    else if (element.name === "LinksTo") draft.links.push(element);
    else draft.facts.set(`${path.at(-1)?.name ?? ""}/${element.name}`, element);
  }

  leave(element: OpenElement): void {
    const draft = this.#draft;
    if (draft === null) return;
    if (element.name === "Extension") draft.section = null;
    else if (element.name === "ExtensionData" && !draft.shown) this.#lose(draft, element.line, "no content");
    else if (isNamed(element, namespaces.settings, "GPO")) this.#finish(draft);
  }

  /** The document broke off: of the GPO at hand anything may be lost. */
  abandon(): void {
    const draft = this.#draft;
    if (draft === null) return;
    draft.lost ??= { code: "xml.malformed", text: "the report breaks off inside this GPO" };
    this.#finish(draft);
  }

  #chooseOutside(element: OpenElement, path: readonly OpenElement[]): Choice {
    if (isNamed(element, namespaces.settings, "GPO")) {
      const { line } = element;
      this.#draft = {
        line,
        facts: new Map(),
        links: [],
        sections: new Map(),
        section: null,
        shown: false,
        computer: false,
        lost: null,
      };
      return "enter";
    }
    return path.length === 0 && element.uri !== namespaces.rsop ? "enter" : "skip";
  }

  #chooseSection(element: OpenElement, draft: Draft): Choice {
    if (element.name === "Name") return "skip";
    if (element.name !== "Extension") return "keep";
    if (element.type === null) {
      this.#lose(draft, element.line, "a section of unknown type");
      draft.shown = true;
      return "skip";
    }
    draft.shown = true;
    const kind = sectionKind(element.type);
    if (kind === null) return "skip";
    draft.section = draft.sections.get(kind) ?? new Section(kind, this.#path, this.#diagnostics);
    draft.sections.set(kind, draft.section);
    return "enter";
  }

  #lose(draft: Draft, line: number, detail: string): void {
    this.#diagnostics.atLine("report.section-lost", line, detail);
    draft.lost ??= {
      code: "report.section-lost",
      text: `the section in line ${line} of the report is not shown`,
    };
  }

  #finish(draft: Draft): void {
    this.#draft = null;
    const identifier = draft.facts.get("GPO/Identifier");
    const guid = parseGuidText((identifier && childText(identifier, "Identifier")) ?? "");
    if (guid === null) {
      this.#diagnostics.atLine("report.identity", draft.line, draft.facts.get("GPO/Name")?.text.trim() ?? "");
      this.#skipped++;
      return;
    }
    const text = (fact: string): string | null => draft.facts.get(fact)?.text.trim() || null;
    if (!draft.computer) this.#lose(draft, draft.line, "no computer side");
    this.#emit({
      guid,
      domain: (identifier && childWord(identifier, "Domain")?.toLowerCase()) ?? null,
      displayName: text("GPO/Name"),
      location: { path: this.#path, line: draft.line },
      readTime: text("GPO/ReadTime"),
      enabled: parseBoolean(text("Computer/Enabled")),
      versions: {
        directory: this.#version(draft, "Computer/VersionDirectory"),
        sysvol: this.#version(draft, "Computer/VersionSysvol"),
      },
      securityDescriptor: this.#descriptor(draft.facts.get("GPO/SecurityDescriptor")),
      wmiFilter: wmiFilter(text("GPO/FilterName"), text("GPO/FilterDataAvailable")),
      links: draft.links.map((link) => this.#link(link)),
      parts: this.#parts(draft),
    });
  }

  #parts({ sections, lost }: Draft): readonly GptPart[] {
    if (lost !== null) {
      // Any kind of section may be the lost one, those that are shown included.
      for (const section of sections.values()) section.lose(lost);
    }
    const known = [...sections.values()].map((section) => section.finish());
    const rest =
      lost === null ? [] : lostSections(this.#path, lost).filter(({ kind }) => !sections.has(kind));
    return [...known, ...rest].sort((a, b) => partKinds.indexOf(a.kind) - partKinds.indexOf(b.kind));
  }

  #version({ facts, line }: Draft, fact: string): number | null {
    const element = facts.get(fact);
    const text = element?.text.trim() ?? "";
    if (/^\d{1,5}$/.test(text) && Number(text) <= 0xffff) return Number(text);
    this.#diagnostics.atLine("report.value", element?.line ?? line, `${fact}: ${text}`);
    return null;
  }

  #descriptor(element: Element | undefined): SecurityDescriptorFact {
    const sddl = element === undefined ? null : childText(element, "SDDL");
    if (element === undefined || sddl === null || sddl === "") return { state: "absent" };
    const fact = parseSddl(sddl, domainSid(element, sddl));
    if (fact.state === "malformed")
      this.#diagnostics.atLine("descriptor.malformed", element.line, fact.detail);
    return fact;
  }

  #link(element: Element): ReportedLink {
    const enabled = parseBoolean(childText(element, "Enabled"));
    const enforced = parseBoolean(childText(element, "NoOverride"));
    const somPath = childText(element, "SOMPath") ?? "";
    if (somPath === "" || enabled === null || enforced === null) {
      this.#diagnostics.atLine("report.value", element.line, `LinksTo ${somPath}`);
    }
    return {
      somPath,
      enabled,
      enforced,
      location: { path: this.#path, line: element.line },
    };
  }
}

/** The alias of Domain Admins in the text, and the SID of the same owner beside it, tell the SID of the domain. */
function domainSid(element: Element, sddl: string): string | null {
  const owner = childOf(element, "Owner");
  const sid = owner === null ? null : childText(owner, "SID");
  if (!sddl.startsWith("O:DA") || sid === null) return null;
  return /^(S-1-5-21-\d+-\d+-\d+)-512$/.exec(sid)?.[1] ?? null;
}

function wmiFilter(name: string | null, available: string | null): ReportedGpo["wmiFilter"] {
  if (name !== null && name !== "") return { name };
  return parseBoolean(available) === true ? "none" : "unknown";
}
