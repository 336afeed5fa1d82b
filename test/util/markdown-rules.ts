import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { expect } from "vitest";

const ownTags = new Set("h2 h3 p table thead tbody tr th td ul li strong code br".split(" "));

/**
 * Renders Markdown as GitHub does, raw HTML let through, and holds it against what our reports are made of: whatever else is
 * in it came from a name. Returns the HTML.
 */
export function expectMarkdown(text: string): string {
  const html = micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const tags = [...html.matchAll(/<(\/?)([^\s>/]+)([^>]*)>/g)].filter(([whole]) => whole !== "<!-- -->");
  const strange = tags.filter(
    ([, , name = "", rest = ""]) => !ownTags.has(name) || /[^\s/]/.test(rest.replace(/^ align="right"$/, "")),
  );
  expect(strange.map(([whole]) => whole)).toEqual([]);
  // A table whose rows hold a bar that counts would have rows of other lengths, or break off.
  for (const [table] of html.matchAll(/<table>[^]*?<\/table>/g)) {
    const columns = [...table.matchAll(/<th[\s>]/g)].length;
    const rows = [...table.matchAll(/<tr>[^]*?<\/tr>/g)].slice(1);
    expect(rows.filter(([row]) => [...row.matchAll(/<td[\s>]/g)].length !== columns)).toEqual([]);
  }
  const tables = text.split("\n").filter((line) => line.startsWith("| ")).length;
  expect([...html.matchAll(/<tr>/g)].length, "every line of a table is a row").toBe(
    tables - [...html.matchAll(/<table>/g)].length,
  );
  return html;
}

/** What a reader sees of a piece of HTML. */
export function visibleText(html: string): string {
  return html
    .replaceAll("<!-- -->", "")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
