import { describe, expect, it } from "vitest";
import { csvCell, csvReporter } from "../../src/reporters/csv.ts";
import { readCsv } from "../util/csv-reader.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const render = (result: typeof sampleResult): string => csvReporter.render(result, { color: false });

describe("csv", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ] as const)("%s: golden, and one row a finding", async (name, result) => {
    const text = render(result);
    expect(readCsv(text).length).toBe(result.findings.length);
    await expect(text).toMatchFileSnapshot(`goldens/${name}.csv`);
  });

  it("has its head without any finding", () => {
    expect(render({ ...sampleResult, findings: [] })).toMatch(/^"verdict","severity",.*"run_exit_code"\r\n$/);
  });

  it.each([
    ["=1+1", '"\'=1+1"'],
    ["+1", '"\'+1"'],
    ["-1", '"\'-1"'],
    ["@SUM(A1)", '"\'@SUM(A1)"'],
    [" =1+1", '"\' =1+1"'],
    ["\t=1+1", '"\'\\u{9}=1+1"'],
    ["\r=1+1", '"\'\\u{D}=1+1"'],
    ["\uFF1D1+1", '"\'\uFF1D1+1"'],
    // Excel splits at semicolons where the comma is the decimal sign, and quotes count only at the start of a cell.
    ["x;=cmd|'/c calc'!A1", "\"x;'=cmd|'/c calc'!A1\""],
    ['x;"=1', '"x;\'""=1"'],
    ["x; @y", '"x;\' @y"'],
    ['say "no"', '"say ""no"""'],
    ["a, b\nc", '"a, b\\u{A}c"'],
    ["1-2=3", '"1-2=3"'],
    ["'quoted'", "\"'quoted'\""],
    ["", '""'],
  ])("%j stays text", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it("writes numbers and what is not there", () => {
    expect([csvCell(12), csvCell(null)]).toEqual(['"12"', '""']);
  });
});
