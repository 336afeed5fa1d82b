import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import { decodeReferences, forbiddenCharacter } from "./xml-text.ts";

/** An element, by local name: a prefix says nothing here, because Windows writes none. */
export interface XmlElement {
  readonly name: string;
  /** References are resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Offset of the `<` in the source. */
  readonly start: number;
}

const attributesKey = ":@";
const textKey = "#text";

/**
 * Parses a document into its root element; null, with a diagnostic, where it is not well-formed or not safe. No
 * entity but the five of XML is known, so there is nothing to expand.
 */
export function parseXml(source: string, diagnostics: DiagnosticCollector): XmlElement | null {
  const forbidden = /<!DOCTYPE|<!ENTITY/i.exec(source)?.[0] ?? forbiddenCharacter.exec(source)?.[0];
  if (forbidden !== undefined) {
    diagnostics.atFile("gpp.refused", JSON.stringify(forbidden));
    return null;
  }
  const valid = XMLValidator.validate(source);
  if (valid !== true) {
    diagnostics.atLine("gpp.malformed", valid.err.line, valid.err.msg);
    return null;
  }
  try {
    const nodes: unknown = xmlParser().parse(source);
    const roots = childrenOf(nodes);
    const [root] = roots;
    if (root === undefined || roots.length > 1 || textOf(nodes).trim() !== "") {
      throw new XmlFault("one root element expected");
    }
    return root;
  } catch (error) {
    // The library throws on content, and the helpers below do as it does.
    const message = error instanceof Error ? error.message : String(error);
    const limit = error instanceof XmlLimit || message.includes("nested tags");
    diagnostics.atFile(limit ? "limit.exceeded" : "gpp.malformed", message);
    return null;
  }
}

class XmlFault extends Error {}
class XmlLimit extends Error {}

function xmlParser(): XMLParser {
  return new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    captureMetaData: true,
    maxNestedTags: limits.xmlDepth,
  });
}

function childrenOf(nodes: unknown): readonly XmlElement[] {
  return objects(nodes).flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== attributesKey);
    return tag === undefined || tag === textKey ? [] : [elementOf(tag, node)];
  });
}

function elementOf(tag: string, node: object): XmlElement {
  const content: unknown = Reflect.get(node, tag);
  // The library keeps the offsets under the only symbol of a node.
  const [symbol] = Object.getOwnPropertySymbols(node);
  const meta: unknown = symbol === undefined ? null : Reflect.get(node, symbol);
  const start: unknown = typeof meta === "object" && meta !== null ? Reflect.get(meta, "startIndex") : null;
  return {
    name: tag.slice(tag.indexOf(":") + 1),
    attributes: attributesOf(Reflect.get(node, attributesKey)),
    children: childrenOf(content),
    text: textOf(content),
    start: typeof start === "number" ? start : 0,
  };
}

function attributesOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return new Map();
  const pairs = Object.entries(value);
  if (pairs.length > limits.xmlAttributes) throw new XmlLimit("more attributes than the limit");
  return new Map(pairs.map(([name, text]) => [name, resolve(String(text))]));
}

function textOf(nodes: unknown): string {
  const pieces = objects(nodes).map((node): unknown => Reflect.get(node, textKey));
  return resolve(pieces.filter((piece) => typeof piece === "string").join(""));
}

function resolve(text: string): string {
  const resolved = decodeReferences(text);
  if (resolved === null) throw new XmlFault("unknown entity");
  return resolved;
}

function objects(value: unknown): readonly object[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is object => typeof item === "object" && item !== null);
}
