import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

/** What is made here and not committed, and what stands beside the project. */
const notCommitted = /^(reports\/latest|\.\.\/shared)/;

/** Files and folders of the project that a document names: in backticks, or as the target of a link. */
function namedPaths(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  const quoted = [
    ...text.matchAll(/`((?:src|test|docs|policies|scripts|reports|examples|\.ci)\/[^`\s<>*]*)`/g),
  ];
  const linked = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].filter((match) => !/^[a-z]+:/.test(match[1] ?? ""));
  return [
    ...quoted.map((match) => match[1] ?? ""),
    ...linked.map((match) => join(dirname(document), match[1] ?? "").replaceAll("\\", "/")),
  ];
}

describe("the documents", () => {
  it("are found", () => {
    expect(documents).toContain("docs/architecture.md");
    expect(namedPaths("docs/architecture.md")).toContain("docs/architecture.svg");
  });

  it.each(documents)("%s names only what is there", (document) => {
    const named = namedPaths(document).filter((path) => !notCommitted.test(path));
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
