import { describe, expect, it } from "vitest";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { sarifReporter } from "../../src/reporters/sarif.ts";
import { pathUri } from "../../src/reporters/sarif-text.ts";
import { hostileName, paths } from "../util/sample-parts.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";
import type { SarifResult, SarifRun } from "../util/sarif-rules.ts";
import { expectSarif } from "../util/sarif-rules.ts";

const render = (result: ScanResult): string => sarifReporter.render(result, { color: false });
const runOf = (result: ScanResult): SarifRun => expectSarif(render(result), result);
const only = (ruleId: string): readonly SarifResult[] =>
  runOf(sampleResult).results.filter((item) => item.ruleId === ruleId);

/** Everything that was judged is met, but something was not. */
function withGap(code: string, exitCode: 0 | 3): ScanResult {
  const gap = { code, text: "overlay.zip: it is encrypted", remedy: null, targets: [] };
  return {
    ...passingResult,
    coverage: { ...passingResult.coverage, gaps: [gap] },
    summary: { ...passingResult.summary, exitCode },
  };
}

describe("sarif", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ] as const)("%s: golden, valid, and GitHub can take it", async (name, result) => {
    const text = render(result);
    expectSarif(text, result);
    await expect(text).toMatchFileSnapshot(`goldens/${name}.sarif`);
  });

  it("reports failures and unknowns, each once, and nothing else", () => {
    const reported = runOf(sampleResult).results.flatMap(({ properties }) =>
      properties.targets.map(({ fingerprint }) => fingerprint),
    );
    const open = sampleResult.findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
    expect([...reported].sort()).toEqual(open.map(({ fingerprint }) => fingerprint).sort());
    expect(runOf(passingResult).results).toEqual([]);
  });

  it("makes one result of a rule, winner and actual value", () => {
    const keyOf = ({ rule, verdict, gpo, actual }: Finding): string =>
      JSON.stringify([rule, verdict, gpo, actual]);
    const open = sampleResult.findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
    expect(runOf(sampleResult).results.length).toBe(new Set(open.map(keyOf)).size);
    const [, shared] = only("mdi.security-system-extension");
    expect(shared?.message.text).toContain("on 'DC1', 'DC2' and 'RODC1'");
  });

  it("reports an unknown as a warning under a rule of its own", () => {
    const [open] = only("mdi.credential-validation/undecided");
    expect(open?.level).toBe("warning");
    expect(only("mdi.credential-validation").map(({ level }) => level)).toEqual(["error", "error"]);
  });

  it("points at the winning line, at a binary file as a whole, at GPT.INI or at the target's line", () => {
    const placeOf = (ruleId: string, index: number): unknown =>
      only(ruleId)[index]?.locations[0]?.physicalLocation;
    expect(placeOf("mdi.credential-validation", 1)).toMatchObject({
      artifactLocation: { uri: pathUri(paths.audit) },
      region: { startLine: 3, snippet: { text: expect.stringContaining("Audit Credential Validation") } },
    });
    expect(placeOf("mdi.audit-incoming-ntlm", 1)).toMatchObject({
      artifactLocation: { uri: pathUri(paths.pol) },
      region: { endColumn: 2 },
    });
    expect(placeOf("mdi.computer-account-management-failure", 0)).toMatchObject({
      artifactLocation: { uri: pathUri(paths.dcIni) },
    });
    expect(placeOf("mdi.credential-validation", 0)).toMatchObject({
      artifactLocation: { uri: pathUri(paths.ldif) },
      region: { startLine: 290 },
    });
  });

  it("tells the chain weakest first, the writers only", () => {
    const [, result] = only("mdi.security-system-extension");
    const steps = result?.codeFlows?.[0]?.threadFlows[0]?.locations.map(
      ({ location }) => location.message.text,
    );
    expect(steps?.length).toBe(2);
    expect(steps?.[0]).toMatch(/^1\. GPO 'Default Domain Controllers Policy'/);
    expect(steps?.[1]).toMatch(/^2\. .*sets No Auditing and wins\.$/);
  });

  it("keeps the identity of a result when everything but rule and targets changes", () => {
    const moved = JSON.stringify(sampleResult)
      .replaceAll(paths.audit, "elsewhere/a.csv")
      .replaceAll('"line":3', '"line":9')
      .replaceAll(JSON.stringify(hostileName).slice(1, -1), "renamed")
      .replaceAll("0.1.0", "9.9.9");
    const hashes = (result: ScanResult): unknown =>
      runOf(result)
        .results.map((item) => item.partialFingerprints)
        .map((item) => JSON.stringify(item))
        .sort();
    expect(hashes(JSON.parse(moved))).toEqual(hashes(sampleResult));
    const [first] = sampleResult.findings;
    const withoutSecond = {
      ...sampleResult,
      findings: sampleResult.findings.filter(
        ({ target }) => target !== "CN=DC2,OU=Domain Controllers,DC=corp,DC=example",
      ),
    };
    const one = (result: ScanResult): unknown =>
      runOf(result).results.find(({ properties }) =>
        properties.targets.some(({ fingerprint }) => fingerprint === first?.fingerprint),
      )?.partialFingerprints;
    expect(one(withoutSecond)).toEqual(one(sampleResult));
  });

  it.each([
    ["a file was lost and a verdict is open", sampleResult, false],
    ["nothing was lost", { ...sampleResult, diagnostics: [] }, true],
    ["what was lost changed no verdict", { ...passingResult, diagnostics: sampleResult.diagnostics }, true],
    [
      "the lost file did not matter",
      {
        ...sampleResult,
        run: {
          ...sampleResult.run,
          inputs: sampleResult.run.inputs.map((input) =>
            !input.mattered ? { ...input, path: paths.damaged, encoding: "binary" as const } : input,
          ),
        },
      },
      true,
    ],
    ["a source was refused", withGap("archive-refused", 3), false],
    ["a source was refused, and nobody minds (--allow-incomplete)", withGap("archive-refused", 0), true],
    ["a proposal has no place", withGap("unplaced", 3), true],
    [
      "an archive was damaged and a verdict is open",
      {
        ...sampleResult,
        diagnostics: [{ code: "archive.damaged", severity: "error", detail: "", path: "backups/a.zip" }],
      },
      false,
    ],
    [
      "links in an archive were not followed",
      {
        ...sampleResult,
        diagnostics: [{ code: "archive.link", severity: "warning", detail: "", path: "backups/a.zip" }],
      },
      true,
    ],
    [
      "the run broke",
      { ...passingResult, summary: { ...passingResult.summary, exitCode: 2 as const } },
      false,
    ],
    [
      "nothing was judged and a file was lost",
      { ...sampleResult, findings: [], summary: passingResult.summary },
      false,
    ],
  ] satisfies readonly (readonly [string, ScanResult, boolean])[])(
    "executionSuccessful: %s",
    (_name, result, successful) => {
      expect(runOf(result).invocations[0]?.executionSuccessful).toBe(successful);
    },
  );

  it("keeps the 5,000 worst results and says so", () => {
    const [first] = sampleResult.findings;
    if (first === undefined) throw new Error("empty sample");
    const findings = Array.from({ length: 5010 }, (_, index) => ({
      ...first,
      actual: index,
      severity: index < 20 ? ("critical" as const) : ("low" as const),
      fingerprint: (index + 0x10000000).toString(16).padEnd(64, "0"),
    }));
    const rules = sampleResult.rules.filter(({ id }) => id === first.rule);
    const low = rules.map((rule) => ({ ...rule, id: "mdi.low", severity: "low" as const }));
    const result = {
      ...sampleResult,
      rules: [...rules, ...low],
      findings: findings
        .map((item) => (item.severity === "low" ? { ...item, rule: "mdi.low" } : item))
        .reverse(),
    };
    const text = render(result);
    expect(text.split("\n").length).toBe(2);
    const run = expectSarif(text, result);
    expect(run.results.length).toBe(5000);
    expect(run.results.filter(({ level }) => level === "error").length).toBe(20);
    expect(run.invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain("10 more");
  });
});

describe("pathUri", () => {
  it.each([
    ["a/b.inf", "a/b.inf"],
    ["Policies/{31B2}/Windows NT/100% #1?.csv", "Policies/%7B31B2%7D/Windows%20NT/100%25%20%231%3F.csv"],
    ["ünï/日.pol", "%C3%BCn%C3%AF/%E6%97%A5.pol"],
    ["../../etc/x", "etc/x"],
    ["/abs/./x//y", "abs/x/y"],
    ["C:/x", "C%3A/x"],
    ["a\\..\\b", "a%5C..%5Cb"],
    ["\uD800/x", "%EF%BF%BD/x"],
    ["", "."],
    ["..", "."],
  ])("%j", (path, uri) => {
    expect(pathUri(path)).toBe(uri);
  });
});
