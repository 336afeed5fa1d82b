import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { prettyReporter } from "../../src/reporters/pretty.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const samples = [
  ["rich", sampleResult],
  ["undirected", undirectedResult],
  ["passing", passingResult],
  ["whatif", whatIfResult],
] as const;

const plain = (result: typeof sampleResult): string => prettyReporter.render(result, { color: false });

describe("pretty", () => {
  it.each(samples)("%s: golden", async (name, result) => {
    await expect(plain(result)).toMatchFileSnapshot(`goldens/${name}.txt`);
  });

  it.each(samples)("%s: colour changes nothing but colour", (_name, result) => {
    const colored = prettyReporter.render(result, { color: true });
    expect(colored).not.toBe(plain(result));
    expect(stripVTControlCharacters(colored)).toBe(plain(result));
    // Nothing of the input reaches the terminal: only the styles of this reporter do.
    expect(colored.replace(/\u001B\[(1|2|22|3[1-4]|39)m/g, "")).not.toMatch(
      /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u,
    );
  });

  it("writes ASCII around the names, so that every console shows it", () => {
    expect(plain(passingResult)).toMatch(/^[\x20-\x7E\n]*$/);
  });

  it("breaks prose at 96 columns; paths, rows, commands and titles stay whole", () => {
    const long = plain(sampleResult)
      .split("\n")
      .filter((line) => line.length > 96);
    for (const line of long)
      expect(line).toMatch(/sysvol\/|cod\.exe|^ +\| |gpolint scan|\[mdi\.|^  Not applicable /);
    expect(long.length).toBeGreaterThan(0);
  });

  it.each([
    ["rich", sampleResult, "Exit code 3: incomplete"],
    ["undirected", undirectedResult, "Not decided: there is no directory data"],
    ["whatif", whatIfResult, "Exit code 1: regressions at or above the gate (only what gets worse"],
    ["passing", passingResult, "2 domain controllers: every requirement is met"],
  ])("%s: ends with what the run came to", (_name, result, words) => {
    expect(plain(result).split("\n").slice(-4).join("\n")).toContain(words);
  });

  it("never calls a run well that is incomplete, empty or waived", () => {
    const { summary } = passingResult;
    const cases = [
      { ...passingResult, summary: { ...summary, exitCode: 3 as const } },
      { ...passingResult, findings: [] },
      { ...passingResult, summary: { ...summary, counts: { ...summary.counts, waived: 1 } } },
      { ...passingResult, summary: { ...summary, counts: { ...summary.counts, unknown: 1 } } },
    ];
    for (const result of cases) expect(plain(result)).not.toContain("every requirement is met");
  });
});
