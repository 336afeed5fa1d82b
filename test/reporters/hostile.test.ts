import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import { jsonReporter } from "../../src/reporters/json.ts";
import { prettyReporter } from "../../src/reporters/pretty.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { loadReporter } from "../../src/reporters/registry.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { expectHtml } from "../util/html-rules.ts";
import { sampleResult } from "../util/sample-result.ts";
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
    "actualText fix notApplicable operatingSystem site command remedy name"
  ).split(" "),
);

/** The sample with one text in place of every free text. */
function poisoned(poison: string): ScanResult {
  return JSON.parse(JSON.stringify(sampleResult), (key, value: unknown) => {
    if (value === "gpolint") return value;
    // Paths stay apart from each other: a text file and a binary one are never one file.
    if (key === "path" && typeof value === "string") return `${value}${poison}`;
    if (freeKeys.has(key) && typeof value === "string") return `${value.slice(0, 3)}${poison}`;
    if ((key === "ways" || key === "assumptions") && Array.isArray(value)) return value.map(() => poison);
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
    "\uD800",
    "@@STYLE@@",
  ),
);

describe("whatever the names say", () => {
  it("every format stays what it is", () => {
    fc.assert(
      fc.property(hostileText, (poison) => {
        const result = poisoned(poison);
        expectSarif(sarifReporter.render(result, { color: false }), result);
        if (!poison.includes("@@")) expectHtml(html.render(result, { color: false }));
        const pretty = prettyReporter.render(result, { color: false });
        expect(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(pretty)?.[0]).toBeUndefined();
        expect(JSON.parse(jsonReporter.render(result, { color: false }))).toEqual(result);
      }),
      { numRuns: 25 },
    );
  });
});
