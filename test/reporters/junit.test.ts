import { describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { junitReporter } from "../../src/reporters/junit.ts";
import { xmlText } from "../../src/reporters/xml-text.ts";
import { junitErrors, readJunit } from "../util/junit-reader.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const render = (result: ScanResult): string => junitReporter.render(result, { color: false });

describe("junit", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ] as const)("%s: golden, and valid against the schema of Jenkins", async (name, result) => {
    const text = render(result);
    expect(readJunit(text).cases.length).toBe(result.findings.length);
    expect(await junitErrors(text)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`goldens/${name}.junit.xml`);
  });

  it("the schema refuses what is none", async () => {
    const broken = render(passingResult).replace("<testcase classname", "<testcase nonsense");
    expect((await junitErrors(broken)).join()).toContain("nonsense");
  });

  it("has a suite for each target, named as nothing else is", () => {
    const suites = new Set(readJunit(render(sampleResult)).cases.map(({ suite }) => suite));
    const targets = new Set(sampleResult.findings.map(({ target }) => target));
    expect(suites.size).toBe(targets.size);
    const [first] = sampleResult.targets;
    const twins = sampleResult.targets.map((target) => ({
      ...target,
      name: "gpolint",
      domain: first?.domain ?? "",
    }));
    const named = readJunit(render({ ...sampleResult, targets: twins }));
    expect(new Set(named.cases.map(({ suite }) => suite)).size).toBe(targets.size);
  });

  it("a failure fails, an unknown is an error, and what does not count says why", () => {
    const { cases } = readJunit(render(sampleResult));
    const one = (outcome: string, type: string) =>
      cases.find((item) => item.outcome === outcome && item.type === type);
    expect(one("failure", "critical")?.message).toContain("expected Success and Failure");
    expect(one("error", "unknown")?.message).toContain("not decided");
    expect(one("skipped", "not-applicable")?.message).toContain("No host stands behind it");
    expect(one("skipped", "waived")?.message).toMatch(/^Waived/);
  });

  it.each([
    ["a whole run", passingResult, null],
    [
      "nothing was judged",
      { ...passingResult, findings: [], summary: { ...passingResult.summary, exitCode: 3 } },
      "error",
    ],
    ["something was lost", { ...passingResult, summary: { ...passingResult.summary, exitCode: 3 } }, "error"],
    ["the run broke", { ...passingResult, summary: { ...passingResult.summary, exitCode: 2 } }, "error"],
    [
      "allowed to be incomplete",
      { ...sampleResult, summary: { ...sampleResult.summary, exitCode: 1 } },
      null,
    ],
  ] as readonly (readonly [string, ScanResult, string | null])[])(
    "the case of the run: %s",
    (_name, result, outcome) => {
      expect(readJunit(render(result)).run.outcome).toBe(outcome);
    },
  );

  it("cases of one rule about objects that nobody found are told apart", () => {
    const [first] = sampleResult.findings;
    if (first === undefined) throw new Error("empty sample");
    const twins = ["a", "b"].map((digit) => ({ ...first, target: null, fingerprint: digit.repeat(64) }));
    expect(readJunit(render({ ...sampleResult, findings: twins })).cases.length).toBe(2);
  });
});

describe("xmlText", () => {
  it.each([
    ["a<b>&\"'", "a&lt;b&gt;&amp;&quot;&apos;"],
    ["\u0000\u0008\u001B\u007F\u0085", "\\u{0}\\u{8}\\u{1B}\\u{7F}\\u{85}"],
    ["\uFFFE\uFFFF\uD800", "\\u{FFFE}\\u{FFFF}\\u{D800}"],
    ["]]>", "]]&gt;"],
    ["\u{1F600}\u{1FFFE}", "\u{1F600}\u{1FFFE}"],
  ])("%j", (text, escaped) => {
    expect(xmlText(text)).toBe(escaped);
  });
});
