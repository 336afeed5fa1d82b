import { beforeAll, describe, expect, it } from "vitest";
import { generateTemplates } from "../../scripts/generate-templates.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import { runOutcome } from "../../src/reporters/outcome.ts";
import { prettyReporter } from "../../src/reporters/pretty.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { loadReporter } from "../../src/reporters/registry.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { evidencePaths } from "../util/sample-evidence.ts";
import { passingResult, sampleResult, sumCounts } from "../util/sample-result.ts";
import { expectSarif } from "../util/sarif-rules.ts";

let html: Reporter;
beforeAll(async () => {
  generateTemplates();
  html = await loadReporter("html");
});
const pretty = (result: ScanResult): string => prettyReporter.render(result, { color: false });

/** The HTML of one requirement. */
function article(id: string): string {
  const page = html.render(sampleResult, { color: false });
  return page.split("<article").find((part) => part.includes(`<code>${id}</code>`)) ?? "";
}

describe("measured against configured", () => {
  it("is one story for computers that measured the same, each with its own row", () => {
    const part = article("mdi.credential-validation");
    expect(part).toMatch(/<h4>[^]{1,60} DC1 and DC2<\/h4>/);
    for (const line of ["DC1.csv,<wbr> line 12", "DC2.csv,<wbr> line 12"]) expect(part).toContain(line);
    expect(pretty(sampleResult)).toContain(
      "= measured on DC1 and DC2: Success (auditpol csv), as Group Policy configures it, does not",
    );
  });

  it("keeps a computer apart that measured something else", () => {
    const part = article("mdi.security-system-extension");
    expect(part).toMatch(/<h4>[^]{1,60} DC1<\/h4>/);
    expect(part).toMatch(/<h4>[^]{1,60} DC2 and RODC1<\/h4>/);
    expect(part).toContain("not what Group Policy configures");
    expect(part).toContain("Likely causes:");
  });

  it("says what cannot be used, and draws nothing from it", () => {
    const part = article("mdi.user-account-management");
    expect(part).toContain("cannot be used: the file holds the setting twice with different values");
    expect(part).toContain("cannot be told");
  });

  it("shows a disagreement as a finding of its own, with every row behind it", () => {
    const part = article("mdi.audit-incoming-ntlm/measured");
    expect(part).toMatch(/<h4>[^]{1,60} DC1 and DC2<\/h4>/);
    expect(part).toContain("<dt>Measured value</dt><dd><b>not there</b></dd>");
    expect(part).toContain("<dt>Configured by</dt>");
    expect(part).not.toContain("Precedence");
    const text = pretty(sampleResult);
    const own = text.slice(text.indexOf("[mdi.audit-incoming-ntlm/measured]"));
    expect(own.slice(0, 700)).toContain(`${evidencePaths.dc1}:3\n      ${evidencePaths.reg}:3`);
    expect(own.slice(0, 700)).toContain("> Run gpupdate /force on 'DC1' and 'DC2' and measure again.");
  });

  it("does not call it unknown where nothing was measured", () => {
    const page = html.render(sampleResult, { color: false });
    const row = page
      .split("<tr>")
      .find((part) => part.includes("#r-mdi.security-system-extension_2fmeasured"));
    expect(row?.match(/<span>[^<]*<\/span>/g)?.slice(-4)).toEqual([
      "<span>Fail</span>",
      ...Array.from({ length: 3 }, () => "<span>not measured</span>"),
    ]);
  });

  it("is no requirement in the headline where nothing else fails", () => {
    const differing = sampleResult.findings.filter(({ rule }) => rule === "mdi.audit-incoming-ntlm/measured");
    const findings = [...passingResult.findings, ...differing];
    const result = {
      ...passingResult,
      findings,
      summary: { ...passingResult.summary, counts: sumCounts(findings) },
    };
    expect(runOutcome(result).headline).toBe("2 of 2 domain controllers fail by what they measured");
  });

  it("has rules of its own in SARIF, decided or not, and points at the evidence", () => {
    const run = expectSarif(sarifReporter.render(sampleResult, { color: false }), sampleResult);
    const ids = run.tool.driver.rules.map(({ id }) => id);
    expect(ids).toContain("mdi.security-system-extension/measured");
    expect(ids).toContain("mdi.user-account-management/measured/undecided");
    const [own] = run.results.filter(({ ruleId }) => ruleId === "mdi.security-system-extension/measured");
    expect(own?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: evidencePaths.dc1 },
      region: { startLine: 31 },
    });
  });
});

describe("sources", () => {
  it("are named, with what they cannot show, unless there is one plain SYSVOL folder", () => {
    expect(pretty(sampleResult)).toContain(
      "Judged    backups/100% #1 ünïcode.zip   GPO backup, in a zip archive\n" +
        "      cannot show: links as they are today; whether the GPO was changed since\n",
    );
    expect(pretty(sampleResult)).toContain("evidence/notes.txt            nothing that can be used");
    expect(pretty(sampleResult).match(/cannot show/g)?.length).toBe(1);
    expect(pretty(passingResult)).not.toContain("Sources");
    expect(html.render(sampleResult, { color: false })).toContain("what changed since");
  });

  it("a PATH with nothing but measurements is not said to be judged", () => {
    const source = { path: "dc1", role: "policy", archive: null, cannotShow: [] } as const;
    const told = (...kinds: readonly ("auditpol" | "gpresult" | "report")[]): string => {
      const run = { ...sampleResult.run, sources: [{ ...source, kinds }] };
      return pretty({ ...sampleResult, run });
    };
    expect(told("auditpol", "gpresult")).toContain("  Measured  dc1  auditpol output, gpresult report\n");
    expect(told("report", "auditpol")).toContain("  Judged  dc1  GPO report, auditpol output\n");
    expect(told()).toContain("  Judged  dc1  nothing that can be used\n");
  });
});
