import { readFileSync, readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { loadReporter } from "../../src/reporters/registry.ts";
import { expectHtml } from "../util/html-rules.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const templates = new URL("../../reports/templates/", import.meta.url);
let html: Reporter;
beforeAll(async () => {
  generateTemplates();
  html = await loadReporter("html");
});
const render = (result: ScanResult): string => html.render(result, { color: false });
const textOf = (page: string): string =>
  page
    .replace(/<style>[^]*?<\/style>/, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/[ \n]+/g, " ");

describe("html", () => {
  it.each([
    ["rich", () => sampleResult],
    ["undirected", () => undirectedResult],
    ["passing", () => passingResult],
    ["whatif", () => whatIfResult],
  ] as const)("%s: golden, safe and well-formed", async (name, result) => {
    const page = render(result());
    expectHtml(page);
    // The style sheet has its own file; in the golden it would only hide what changed.
    const bare = page
      .replace(/<style>[^]*?<\/style>/, "<style></style>")
      .replace(/'sha256-[^']+'/, "'sha256-'");
    await expect(bare).toMatchFileSnapshot(`goldens/${name}.html`);
  });

  it("says of each target its verdict in words, and of each finding everything an auditor asks for", () => {
    const text = textOf(render(sampleResult));
    for (const words of [
      "4 of 4 domain controllers fail a requirement, 3 verdicts unknown",
      "Expected Success and Failure Effective value Success Winning GPO Default Domain Policy 31b2f340-016d-11d2-945f-00c04fb984f9",
      "Audit/ audit.csv, line 3",
      "Machine/ registry.pol, bytes 8 to 221",
      "Excluded does not apply: the OU &#x27;Tier 0&#x27; blocks inheritance",
      "May win sets Success and Failure if it applies",
      "Ahead so far",
      "What is missing could still turn out either way",
      "no host stands behind it",
      "9 files read. 1 other file was read and changed no verdict. The full list is in the JSON report.",
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
      "2\u00A0483\u00A0112",
    ]) {
      expect(text.includes(words), words).toBe(true);
    }
  });

  it("prints targets with the same outcome once, and keeps an anchor for each finding", () => {
    const page = render(sampleResult);
    expect(page.match(/<h4>[^]{1,99} DC1 and DC2<\/h4>/g)?.length).toBe(5);
    for (const { fingerprint } of sampleResult.findings)
      expect(page.includes(`id="f-${fingerprint.slice(0, 16)}"`)).toBe(true);
  });

  it("shows what the names try to hide", () => {
    const page = render(sampleResult);
    expect(
      page.includes("&lt;script&gt;alert(1)&lt;/script&gt;\\u{202E}cod.exe\\u{1B}[31m\\u{D}\\u{A}"),
    ).toBe(true);
    expect(page.includes("&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;")).toBe(true);
  });

  it("without directory data: says what GPOs contain and that nobody knows what applies", () => {
    const text = textOf(render(undirectedResult));
    expect(text.includes("Nobody can know from these files what applies.")).toBe(true);
    expect(text.includes("ldifde -f corp.ldf")).toBe(true);
    expect(/Effective value|Which GPOs apply/.test(text)).toBe(false);
  });

  it("is green only where everything was examined and met", () => {
    const moodOf = (result: ScanResult): string | undefined =>
      /<div class="verdict ([a-z-]+)">/.exec(render(result))?.[1];
    const { summary } = passingResult;
    expect(moodOf(passingResult)).toBe("pass");
    expect(moodOf({ ...passingResult, summary: { ...summary, exitCode: 3 } })).toBe("unknown");
    expect(
      moodOf({
        ...passingResult,
        findings: [],
        summary: { ...summary, counts: { ...summary.counts, pass: 0 } },
      }),
    ).toBe("unknown");
    expect(moodOf(undirectedResult)).toBe("unknown");
    expect(moodOf(sampleResult)).toBe("fail");
  });

  it("counts verdicts where there are too many outcomes for columns", () => {
    const targets = Array.from({ length: 8 }, (_, index) => ({
      ...sampleResult.targets[0],
      dn: `CN=X${index}`,
      name: `X${index}`,
    }));
    const findings = targets.flatMap(({ dn }, index) =>
      sampleResult.findings.slice(0, 7).map((finding, rule) => ({
        ...finding,
        target: dn,
        actualText: `value ${index}`,
        fingerprint: `${index}${rule}`.repeat(8).padEnd(64, "0"),
      })),
    );
    const result: ScanResult = JSON.parse(JSON.stringify({ ...sampleResult, targets, findings }));
    const page = render(result);
    expectHtml(page);
    expect(/<th scope="col" class="cell">Fail<\/th>/.test(page)).toBe(true);
    expect(/<td class="cell fail"><span>8<\/span>/.test(page)).toBe(true);
  });
});

describe("templates", () => {
  it("escape everything", () => {
    for (const name of readdirSync(templates)) {
      expect(readFileSync(new URL(name, templates), "utf8"), name).not.toMatch(/\{\{\{|\{\{&/);
    }
  });
});

describe("style sheet", () => {
  const css = readFileSync(new URL("report.css", templates), "utf8");
  const [light = "", dark = ""] = css.split("prefers-color-scheme: dark");
  const colors = (part: string): Map<string, string> =>
    new Map(
      [...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
    );

  function luminance(color: string): number {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  const inks = ["ink", "quiet", "accent", "fail", "unknown", "pass", "waived", "na"];
  const grounds = ["paper", "sheet", "code", "fail-bg", "unknown-bg"];
  const pairs = [
    ...inks.flatMap((ink) => grounds.map((ground) => [ink, ground])),
    ...["pass", "waived", "na"].map((name) => [name, `${name}-bg`]),
  ];

  it.each([
    ["light", light.slice(0, light.indexOf("}"))],
    ["dark", dark.slice(0, dark.indexOf("}"))],
  ])("%s: every text can be read on every ground (WCAG AA)", (_name, part) => {
    const palette = colors(part);
    for (const [ink = "", ground = ""] of pairs) {
      const [a, b] = [palette.get(ink), palette.get(ground)];
      if (a === undefined || b === undefined) throw new Error(`${ink} or ${ground} is no colour`);
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      expect(((high ?? 0) + 0.05) / ((low ?? 0) + 0.05), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
