import type { XmlElement } from "../gpp-xml/xml-tree.ts";

/** A name with its namespace, as the prefixes in scope resolve it. */
export interface QName {
  readonly uri: string;
  readonly name: string;
}

/** One element of a document that is read as a stream. */
export interface Element extends QName {
  /** By local name. */
  readonly attributes: ReadonlyMap<string, string>;
  /** What `xsi:type` names; null where there is none or its prefix is unknown. */
  readonly type: QName | null;
  /** Line of the start tag. */
  readonly line: number;
  readonly children: readonly Element[];
  readonly text: string;
}

export function isNamed(element: QName, uri: string, name: string): boolean {
  return element.uri === uri && element.name === name;
}

/** The first child of a name, in any namespace: names of one record never clash. */
export function childOf(element: Element, name: string): Element | null {
  return element.children.find((child) => child.name === name) ?? null;
}

/** Text of the first child of a name, trimmed; null where there is none. */
export function childText(element: Element, name: string): string | null {
  return childOf(element, name)?.text.trim() ?? null;
}

/** As `childText`, with null for an empty one too. */
export function childWord(element: Element, name: string): string | null {
  const text = childText(element, name);
  return text === "" ? null : text;
}

/** XML Schema booleans; null: neither. */
export function parseBoolean(text: string | null): boolean | null {
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : null;
}

/** The element as its kin in a Registry.xml. `start` is the line. */
export function asXmlElement({ name, attributes, children, text, line }: Element): XmlElement {
  return {
    name,
    attributes,
    // The console adds the order of items, which the order of elements tells as well.
    children: children.filter((child) => child.name !== "GPOSettingOrder").map(asXmlElement),
    text,
    start: line,
  };
}
