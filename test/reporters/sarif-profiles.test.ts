import { describe, expect, it } from "vitest";
import { readPipeline } from "../../src/cli/azure-pipeline.ts";
import type { ScanResult } from "../../src/model/result.ts";
import type { ReporterOptions } from "../../src/reporters/reporter.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { paths } from "../util/sample-parts.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";
import { pathUri } from "../../src/reporters/sarif-text.ts";
import { expectSarif } from "../util/sarif-rules.ts";

const render = (result: ScanResult, options: Omit<ReporterOptions, "color">): string =>
  sarifReporter.render(result, { color: false, ...options });

describe("profiles", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ] as const)("%s: full is golden, valid, and keeps the rules for what is no alert", async (name, result) => {
    const text = render(result, { sarifProfile: "full" });
    expectSarif(text, result, "full");
    await expect(text).toMatchFileSnapshot(`goldens/${name}.full.sarif`);
  });

  it("GitHub is the default", () => {
    expect(render(sampleResult, {})).toBe(render(sampleResult, { sarifProfile: "github" }));
  });

  it("full points into a binary file by bytes, and lists every input with its hash", () => {
    const run = expectSarif(render(sampleResult, { sarifProfile: "full" }), sampleResult, "full");
    const places = run.results.flatMap(({ locations }) => locations.map((at) => at.physicalLocation));
    const inPol = places.filter(({ artifactLocation }) => artifactLocation.uri === pathUri(paths.pol));
    expect(inPol.map(({ region }) => region)).toContainEqual({ byteOffset: 222, byteLength: 198 });
    const artifacts: readonly Readonly<Record<string, unknown>>[] = run.artifacts;
    const hashed = artifacts.filter((artifact) => "hashes" in artifact);
    expect(hashed.length).toBe(sampleResult.run.inputs.length);
  });

  it("full says how a finding stands against the baseline, of all results or of none", () => {
    const withBaseline: ScanResult = {
      ...sampleResult,
      findings: sampleResult.findings.map((finding, index) => ({
        ...finding,
        baseline: (["new", "unchanged", "changed", "resolved"] as const)[index % 4] ?? null,
      })),
      run: {
        ...sampleResult.run,
        baseline: {
          path: "old.json",
          sha256: "0".repeat(64),
          startTime: null,
          toolVersion: "0.1.0",
          policies: [],
          counts: { reopened: 0, new: 1, lost: 0, changed: 0, resolved: 0, gone: 0, added: 0, unchanged: 0 },
        },
      },
    };
    const statesIn = (options: Omit<ReporterOptions, "color">): ReadonlySet<unknown> => {
      const log: {
        readonly runs: readonly { readonly results: readonly { readonly baselineState?: string }[] }[];
      } = JSON.parse(render(withBaseline, options));
      return new Set(log.runs[0]?.results.map(({ baselineState }) => baselineState));
    };
    expect(statesIn({ sarifProfile: "full" })).toEqual(new Set(["new", "unchanged", "updated"]));
    expect(statesIn({})).toEqual(new Set([undefined]));
  });
});

const azure = {
  TF_BUILD: "True",
  SYSTEM_DEFINITIONID: "42",
  BUILD_DEFINITIONNAME: "gpo\u202E",
  SYSTEM_JOBID: "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
  SYSTEM_PHASENAME: "Job",
};

describe("Azure DevOps", () => {
  it("differs from GitHub in the name of the series of runs alone", () => {
    const pipeline = readPipeline(azure);
    if (pipeline === null) throw new Error("no pipeline");
    const [github, ado, named] = [
      render(sampleResult, {}),
      render(sampleResult, { sarifProfile: "ado" }),
      render(sampleResult, { sarifProfile: "ado", pipeline }),
    ].map((text) => JSON.parse(text).runs[0]);
    expect(ado).not.toHaveProperty("automationDetails");
    expect({ ...named, automationDetails: null }).toEqual({ ...github, automationDetails: null });
    expect(named.automationDetails).toEqual({
      id: "azuredevops/pipeline/build/42/12f1170f-54f2-53f3-20dd-22fc7dff55f9/gpolint/corp.example/mdi/",
      properties: {
        "azuredevops/pipeline/build/buildDefinitionId": "42",
        "azuredevops/pipeline/build/buildDefinitionName": "gpo\\u{202E}",
        "azuredevops/pipeline/build/phaseId": "12f1170f-54f2-53f3-20dd-22fc7dff55f9",
        "azuredevops/pipeline/build/phaseName": "Job",
      },
    });
  });

  it.each([
    ["not in Azure", { TF_BUILD: "" }],
    ["no number", { SYSTEM_DEFINITIONID: "x" }],
    ["nothing", { SYSTEM_DEFINITIONID: "0" }],
    ["no GUID", { SYSTEM_JOBID: "job" }],
    ["the empty GUID", { SYSTEM_JOBID: "00000000-0000-0000-0000-000000000000" }],
    ["no name", { BUILD_DEFINITIONNAME: " " }],
    ["no phase", { SYSTEM_PHASENAME: "" }],
  ])("a pipeline that is not fully named is none: %s", (_name, change) => {
    expect(readPipeline(azure)).not.toBeNull();
    expect(readPipeline({ ...azure, ...change })).toBeNull();
  });
});
