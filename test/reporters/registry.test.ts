import { describe, expect, it } from "vitest";
import { isReporterId, loadReporter, reporterIds } from "../../src/reporters/registry.ts";
import { sampleResult } from "../util/sample-result.ts";

describe("registry", () => {
  it("knows the formats of scan and nothing else", () => {
    expect(reporterIds).toEqual(["pretty", "json", "sarif", "html", "junit", "markdown", "csv", "gitlab"]);
    expect(isReporterId("sarif")).toBe(true);
    for (const id of ["", "xml", "toString", "__proto__"]) expect(isReporterId(id)).toBe(false);
  });

  it.each(reporterIds)("%s: loads the reporter of that id, which gives the same text twice", async (id) => {
    if (!isReporterId(id)) throw new Error(id);
    const reporter = await loadReporter(id);
    expect(reporter.id).toBe(id);
    const text = reporter.render(sampleResult, { color: false });
    expect(text.endsWith("\n")).toBe(true);
    expect(reporter.render(structuredClone(sampleResult), { color: false })).toBe(text);
  });
});
