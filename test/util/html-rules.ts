import { createHash } from "node:crypto";
import { expect } from "vitest";

// What the HTML report must be whatever it is made from: one safe, well-formed, navigable file.

const voidTags = new Set(["meta", "wbr", "rect", "path", "br", "hr"]);
const knownTags = new Set(
  (
    "html head meta title style body a header p span h1 h2 h3 h4 div ul li b small dl dt dd nav main section article " +
    "table thead tbody tr th td svg rect path text desc code pre figure figcaption details summary wbr footer"
  ).split(" "),
);

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Holds a page against all rules and returns its tags in order. */
export function expectHtml(html: string): readonly Tag[] {
  const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  expect(html).toMatch(
    /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/,
  );
  expect(html).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(style).not.toMatch(/url\(|@import|expression|<\//);
  expect(html).not.toMatch(/@@|undefined|\[object/);
  const tags = expectBalanced(html.replace(style, ""));
  expectSafe(tags);
  expectNavigable(tags);
  return tags;
}

/** Every tag is one of ours and is closed in order: no text of the input has become markup. */
function expectBalanced(html: string): Tag[] {
  const open: string[] = [];
  const tags: Tag[] = [];
  const wrong: string[] = [];
  for (const [whole, slash = "", name = "", rest = ""] of html.matchAll(tagPattern)) {
    if (!knownTags.has(name) || (slash === "/" && open.pop() !== name)) wrong.push(whole);
    if (slash === "/") continue;
    const attributes = [...rest.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)];
    tags.push({ name, attributes: new Map(attributes.map(([, key = "", value = ""]) => [key, value])) });
    if (!voidTags.has(name)) open.push(name);
  }
  expect(wrong).toEqual([]);
  expect(open).toEqual([]);
  const text = html.replace("<!doctype html>", "").replace(tagPattern, "");
  expect(/[<>]/.exec(text)).toBeNull();
  expect(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(text)?.[0]).toBeUndefined();
  return tags;
}

const tagPattern = /<(\/?)([a-z0-9]+)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*\/?>/g;

/** Nothing runs, nothing is loaded, nothing is styled past the one hash. */
function expectSafe(tags: readonly Tag[]): void {
  const unsafe = tags.flatMap(({ attributes }) =>
    [...attributes].filter(([key, value]) =>
      key === "href" ? !/^#|^https:\/\//.test(value) : /^on|^style$|^src|^action$/.test(key),
    ),
  );
  expect(unsafe).toEqual([]);
}

/** Landmarks, headings in order, headers with a scope, anchors that are unique and links that lead somewhere. */
function expectNavigable(tags: readonly Tag[]): void {
  const names = new Set(tags.map(({ name }) => name));
  expect(["header", "nav", "main", "footer"].filter((landmark) => !names.has(landmark))).toEqual([]);
  const levels = tags.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name.slice(1)));
  expect(levels.filter((level) => level === 1).length).toBe(1);
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  const scopes = tags.filter(({ name }) => name === "th").map(({ attributes }) => attributes.get("scope"));
  expect(scopes.filter((scope) => scope !== "col" && scope !== "row")).toEqual([]);
  const ids = valuesOf(tags, "id");
  expect(new Set(ids).size).toBe(ids.length);
  const links = valuesOf(tags, "href").filter((link) => link.startsWith("#"));
  const wanted = [...links.map((link) => link.slice(1)), ...valuesOf(tags, "aria-labelledby")];
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
}

function valuesOf(tags: readonly Tag[], attribute: string): string[] {
  return tags.flatMap(({ attributes }) => attributes.get(attribute) ?? []);
}
