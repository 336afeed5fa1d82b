import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import { compareResults } from "../../src/app/compare/compare-results.ts";
import type { Comparison } from "../../src/model/comparison.ts";
import type { RenderComparison } from "../../src/reporters/compare-registry.ts";
import { loadCompareRenderer } from "../../src/reporters/compare-registry.ts";
import { expectHtml } from "../util/html-rules.ts";
import { hostileName } from "../util/sample-parts.ts";
import { sampleResult } from "../util/sample-result.ts";
import { noGate, saved } from "../util/saved.ts";

let html: RenderComparison;
let pretty: RenderComparison;
let markdown: RenderComparison;
beforeAll(async () => {
  generateTemplates();
  html = await loadCompareRenderer("html");
  pretty = await loadCompareRenderer("pretty");
  markdown = await loadCompareRenderer("markdown");
});

const plain = { color: false };

/** Names of GPOs, computers and files as somebody hostile would choose them; every verdict turns into another. */
function poisoned(poison: string): Comparison {
  const { targets, findings, rules, run } = sampleResult;
  const named = {
    targets: targets.map((target) => ({
      ...target,
      name: poison,
      gpos: target.gpos.map((gpo) => ({ ...gpo, displayName: poison, som: poison })),
    })),
    rules: rules.map((rule) => ({ ...rule, title: poison })),
  };
  const before = findings.map((finding) => ({ ...finding, gpoName: poison, actualText: poison }));
  const after = before.map((finding, index) => ({
    ...finding,
    verdict: index % 3 === 0 ? ("pass" as const) : ("fail" as const),
    expected: `${finding.expected} ${poison}`,
  }));
  const earlier = [saved(poison, [], named)];
  const values = {
    ...named,
    targets: named.targets.map((target) => ({ ...target, gpos: target.gpos.slice(1) })),
  };
  const now = { ...values, run: { ...run, assumptions: [poison] } };
  const series = {
    earlier,
    before: saved(`a${poison}`, before, named),
    after: saved(`b${poison}`, after, now),
  };
  return compareResults(series, noGate, "0.0.0");
}

const hostileText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    hostileName,
    "</style><script>",
    "{{x}}",
    "| a | b |",
    "@someone http://x.example",
    "\u202E\u001B[2J",
  ),
);

describe("whatever the names say", () => {
  it("a page stays one safe page, a terminal shows nothing hidden, a table keeps its cells", () => {
    fc.assert(
      fc.property(hostileText, (poison) => {
        const comparison = poisoned(poison);
        if (!poison.includes("@@")) expectHtml(html(comparison, plain));
        const hidden = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
        const text = pretty(comparison, plain);
        expect(hidden.exec(text)?.[0]).toBeUndefined();
        const table = markdown(comparison, plain);
        expect(hidden.exec(table)?.[0]).toBeUndefined();
        const rows = table.split("\n").filter((line) => line.startsWith("| "));
        const cells = new Set(rows.map((line) => line.split("|").length - 2));
        expect([...cells].filter((count) => count !== 5 && count !== 12)).toEqual([]);
        expect(table.replace(/<br>|<!-- -->/g, "")).not.toMatch(/<[a-z!/]/i);
      }),
      { numRuns: 30 },
    );
  });
});
