import { SaxesParser } from "saxes";
import type { SaxesTagNS } from "saxes";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import type { Element, QName } from "./element.ts";
import { namespaces } from "./namespaces.ts";

/** What to do with an element that begins: look at its children, keep it with all below, or pass it over. */
export type Choice = "enter" | "keep" | "skip";

/** An element that was entered and is still open. */
export type OpenElement = Omit<Element, "children" | "text">;

export interface XmlVisitor {
  /** `path`: the entered elements around it, root first. */
  choose(element: OpenElement, path: readonly OpenElement[]): Choice;
  /** An element to keep is complete. */
  take(element: Element, path: readonly OpenElement[]): void;
  /** An entered element ends. */
  leave(element: OpenElement, path: readonly OpenElement[]): void;
}

interface Growing extends OpenElement {
  readonly children: Growing[];
  text: string;
}

/** Most characters of one token, and most elements and characters of one kept piece: no report of a real GPO comes near. */
const maxTokenLength = 16 * 1024 * 1024;
const maxElements = 100_000;
const maxCharacters = 16 * 1024 * 1024;

class Refused extends Error {}
class OverLimit extends Error {}

/**
 * Reads XML in pieces and hands its visitor the elements that it wants; the rest leaves nothing behind. A DOCTYPE is
 * refused, so no entity is known but the five of XML.
 */
export class XmlStream {
  readonly #visitor: XmlVisitor;
  readonly #diagnostics: DiagnosticCollector;
  readonly #parser = new SaxesParser({ xmlns: true, defaultXMLVersion: "1.0", forceXMLVersion: true });
  readonly #path: OpenElement[] = [];
  readonly #kept: Growing[] = [];
  /** Elements open below one that is passed over, that one included. */
  #skipped = 0;
  #depth = 0;
  #line = 1;
  #attributes = 0;
  #elements = 0;
  #characters = 0;
  #lastEvent = 0;
  #failed = false;

  constructor(visitor: XmlVisitor, diagnostics: DiagnosticCollector) {
    this.#visitor = visitor;
    this.#diagnostics = diagnostics;
    const parser = this.#parser;
    parser.on("doctype", () => {
      throw new Refused("DOCTYPE");
    });
    parser.on("opentagstart", () => {
      this.#line = parser.line;
      this.#attributes = 0;
      this.#mark();
      if (++this.#depth > limits.xmlDepth)
        throw new OverLimit(`elements nested deeper than ${limits.xmlDepth}`);
    });
    parser.on("attribute", () => {
      this.#mark();
      if (++this.#attributes > limits.xmlAttributes)
        throw new OverLimit(`more than ${limits.xmlAttributes} attributes`);
    });
    parser.on("opentag", (tag) => this.#open(tag));
    parser.on("closetag", () => this.#close());
    parser.on("text", (text) => this.#text(text));
    parser.on("cdata", (text) => this.#text(text));
    parser.on("comment", () => this.#mark());
    parser.on("processinginstruction", () => this.#mark());
  }

  /** The rest of the document is lost: why is among the diagnostics. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Elements that were entered and not left. */
  get path(): readonly OpenElement[] {
    return this.#path;
  }

  push(text: string): void {
    this.#guard(() => {
      this.#parser.write(text);
      if (this.#parser.position - this.#lastEvent > maxTokenLength)
        throw new OverLimit(`one piece of text or markup longer than ${maxTokenLength} characters`);
    });
  }

  end(): void {
    this.#guard(() => this.#parser.close());
  }

  #guard(read: () => void): void {
    if (this.#failed) return;
    try {
      read();
    } catch (error) {
      // The parser throws on content, and the handlers do as it does.
      const message = error instanceof Error ? error.message : String(error);
      const code =
        error instanceof Refused
          ? "xml.refused"
          : error instanceof OverLimit
            ? "limit.exceeded"
            : "xml.malformed";
      // The parser's own messages begin with the position, which the diagnostic has anyway.
      this.#diagnostics.atLine(code, this.#parser.line, message.replace(/^\d+:\d+: /, ""));
      this.#failed = true;
    }
  }

  #open(tag: SaxesTagNS): void {
    this.#mark();
    if (this.#skipped > 0) {
      this.#skipped++;
      return;
    }
    const element = this.#element(tag);
    const parent = this.#kept.at(-1);
    if (parent !== undefined) {
      if (++this.#elements > maxElements)
        throw new OverLimit(`more than ${maxElements} elements in one piece`);
      const growing: Growing = { ...element, children: [], text: "" };
      parent.children.push(growing);
      this.#kept.push(growing);
      return;
    }
    this.#elements = 1;
    this.#characters = 0;
    const choice = this.#visitor.choose(element, this.#path);
    if (choice === "skip") this.#skipped = 1;
    else if (choice === "enter") this.#path.push(element);
    else this.#kept.push({ ...element, children: [], text: "" });
  }

  #close(): void {
    this.#mark();
    this.#depth--;
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    const kept = this.#kept.pop();
    if (kept === undefined) {
      const left = this.#path.pop();
      if (left !== undefined) this.#visitor.leave(left, this.#path);
      return;
    }
    kept.text = detach(kept.text);
    if (this.#kept.length === 0) this.#visitor.take(kept, this.#path);
  }

  #text(text: string): void {
    this.#mark();
    const kept = this.#kept.at(-1);
    if (kept === undefined) return;
    kept.text += text;
    this.#count(text);
  }

  #element(tag: SaxesTagNS): OpenElement {
    const attributes = new Map<string, string>();
    let type: QName | null = null;
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      if (uri === namespaces.instance && local === "type") type = this.#resolve(value.trim());
      else attributes.set(local, detach(value));
      this.#count(value);
    }
    return { uri: tag.uri, name: tag.local, attributes, type, line: this.#line };
  }

  /** `q1:Type`: the prefix is arbitrary, only its namespace means something. */
  #resolve(name: string): QName | null {
    const colon = name.indexOf(":");
    const uri = this.#parser.resolve(colon < 0 ? "" : name.slice(0, colon));
    return uri === undefined ? null : { uri, name: detach(name.slice(colon + 1)) };
  }

  #count(text: string): void {
    this.#characters += text.length;
    if (this.#characters > maxCharacters)
      throw new OverLimit(`more than ${maxCharacters} characters in one piece`);
  }

  #mark(): void {
    this.#lastEvent = this.#parser.position;
  }
}

/** A copy of a text. What the parser hands out are views that would keep the whole piece of the file in memory. */
function detach(text: string): string {
  return ` ${text}`.slice(1);
}
