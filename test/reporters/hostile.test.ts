import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import { csvReporter } from "../../src/reporters/csv.ts";
import { gitlabReporter } from "../../src/reporters/gitlab.ts";
import { jsonReporter } from "../../src/reporters/json.ts";
import { junitReporter } from "../../src/reporters/junit.ts";
import { markdownReporter } from "../../src/reporters/markdown.ts";
import { prettyReporter } from "../../src/reporters/pretty.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { loadReporter } from "../../src/reporters/registry.ts";
import { sarifProfiles } from "../../src/reporters/sarif-profile.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { readCsv } from "../util/csv-reader.ts";
import { expectHtml } from "../util/html-rules.ts";
import { readJunit } from "../util/junit-reader.ts";
import { expectMarkdown } from "../util/markdown-rules.ts";
import { waivedResult } from "../util/sample-many.ts";
import { sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";
import { expectSarif } from "../util/sarif-rules.ts";

let html: Reporter;
beforeAll(async () => {
  generateTemplates();
  html = await loadReporter("html");
});

/** Free text of the result: everything that a GPO, a directory or a pack may have written. */
const freeKeys = new Set(
  (
    "displayName gpoName quote message text detail title rationale remediation source notes settingName expected value som " +
    "actualText fix notApplicable operatingSystem site command remedy name asOf justification approvedBy ticket"
  ).split(" "),
);

/** Lists of free texts. */
const freeLists = new Set(
  "ways assumptions notes causes cannotShow linkedAsOf detections techniques".split(" "),
);

/** A sample with one text in place of every free text. */
function poisoned(result: ScanResult, poison: string): ScanResult {
  return JSON.parse(JSON.stringify(result), (key, value: unknown) => {
    // Words of the format itself, under keys that elsewhere hold free text.
    if (value === "gpolint" || value === "sysvol" || value === "backup" || value === "report") return value;
    // Paths stay apart from each other: a text file and a binary one are never one file.
    if (key === "path" && typeof value === "string") return `${value}${poison}`;
    if (freeKeys.has(key) && typeof value === "string") return `${value.slice(0, 3)}${poison}`;
    if (freeLists.has(key) && Array.isArray(value)) return value.map(() => poison);
    return value;
  });
}

const hostileText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    "</style><script>",
    "{{x}}{0}",
    "](http://x)",
    "../..",
    "\u202E\u001B]0;x\u0007",
    "' onload='x",
    "$&$1",
    "a b#%?",
    "=cmd|'/c calc'!A1",
    ";=1+1",
    "\\|",
    "``` | <!--",
    "@a www.x.y b@c.d",
    "]]>&#0;",
    "\uFFFE\uFFFF",
    "\uD800",
    "@@STYLE@@",
  ),
);

/** No cell is a formula, nor becomes one where a spreadsheet splits at semicolons. */
function expectCsv(text: string, result: ScanResult): void {
  const rows = readCsv(text);
  expect(rows.length).toBe(result.findings.length);
  const cells = rows.flatMap((row) => [...row.values()]);
  expect(cells.filter((cell) => /(?:^|;)["\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell))).toEqual([]);
  expect(cells.filter((cell) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(cell))).toEqual([]);
}

describe("whatever the names say", () => {
  it.each([
    ["rich", sampleResult, 25],
    ["whatif", whatIfResult, 15],
    ["undirected", undirectedResult, 10],
    ["waived", waivedResult, 10],
  ])("%s: every format stays what it is", (_name, sample, numRuns) => {
    fc.assert(
      fc.property(hostileText, (poison) => {
        const result = poisoned(sample, poison);
        for (const sarifProfile of sarifProfiles)
          expectSarif(sarifReporter.render(result, { color: false, sarifProfile }), result, sarifProfile);
        expectMarkdown(markdownReporter.render(result, { color: false }));
        expect(readJunit(junitReporter.render(result, { color: false })).cases.length).toBe(
          result.findings.length,
        );
        expectCsv(csvReporter.render(result, { color: false }), result);
        expect(gitlabReporter.render(result, { color: false })).not.toMatch(
          /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u,
        );
        if (!poison.includes("@@")) expectHtml(html.render(result, { color: false }));
        const pretty = prettyReporter.render(result, { color: false });
        expect(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(pretty)?.[0]).toBeUndefined();
        expect(JSON.parse(jsonReporter.render(result, { color: false }))).toEqual(result);
      }),
      { numRuns },
    );
  });
});
