import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderPolicyMarkdown } from "../../src/reporters/policy-markdown.ts";
import { listBundledPacks } from "../../src/sources/pack-files.ts";
import { bundledPack, repoPath } from "../util/run.ts";

const remedy = "run: node scripts/make-policy-docs.mjs";
const page = (name: string): string => readFileSync(repoPath(`docs/policies/${name}.md`), "utf8");

describe("docs/policies", () => {
  it.each(listBundledPacks())("%s is the page that its data makes", (name) => {
    expect(page(name), remedy).toBe(renderPolicyMarkdown(bundledPack(name)));
  });

  it("holds a page for each pack, and lists them all", () => {
    const names = listBundledPacks();
    expect(readdirSync(repoPath("docs/policies")).sort(), remedy).toEqual(
      [...names, "README"].map((name) => `${name}.md`).sort(),
    );
    for (const name of names) {
      const { version, requirements } = bundledPack(name);
      const row = page("README")
        .split("\n")
        .find((line) => line.startsWith(`| [\`${name}\`]`));
      expect(row, remedy).toMatch(new RegExp(`\\| ${version} \\| [\\d-]+ \\| ${requirements.length} \\|$`));
    }
  });
});
