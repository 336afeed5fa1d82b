import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { gitlabReporter } from "../../src/reporters/gitlab.ts";
import { paths } from "../util/sample-parts.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const schema: unknown = JSON.parse(
  readFileSync(new URL("schema/gitlab-codeclimate.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ strict: true }).compile(Object(schema));
const render = (result: ScanResult): string => gitlabReporter.render(result, { color: false });

function issuesOf(result: ScanResult): readonly Issue[] {
  const issues: readonly Issue[] = JSON.parse(render(result));
  for (const issue of issues) {
    expect(validate(issue), JSON.stringify(validate.errors)).toBe(true);
    expect(issue.severity).toMatch(/^(info|minor|major|critical|blocker)$/);
    expect(issue.location.path).not.toMatch(/^\/|(^|\/)\.\.(\/|$)|[\p{Cc}\p{Cf}]/u);
    expect(issue.location.lines.begin).toBeGreaterThanOrEqual(1);
  }
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  return issues;
}

describe("gitlab", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ] as const)("%s: golden, and as GitLab takes it", async (name, result) => {
    issuesOf(result);
    await expect(render(result)).toMatchFileSnapshot(`goldens/${name}.gitlab.json`);
  });

  it("holds failures and unknowns, and nothing that GitLab would show as a problem without being one", () => {
    const open = sampleResult.findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
    expect(issuesOf(sampleResult).map(({ fingerprint }) => fingerprint)).toEqual(
      open.map(({ fingerprint }) => fingerprint),
    );
    expect(issuesOf(passingResult)).toEqual([]);
  });

  it("points at the row, at a binary file as a whole, and names rule and target", () => {
    const byName = (name: string): Issue | undefined =>
      issuesOf(sampleResult).find((issue) => issue.check_name === name);
    expect(byName("mdi.credential-validation")).toMatchObject({
      severity: "blocker",
      location: { path: paths.audit, lines: { begin: 3 } },
    });
    expect(byName("mdi.credential-validation")?.description).toMatch(/^DC1: /);
    expect(byName("mdi.audit-incoming-ntlm")?.location).toEqual({ path: paths.pol, lines: { begin: 1 } });
    expect(byName("mdi.credential-validation/undecided")?.severity).toBe("major");
  });

  it("an incomplete run without an unknown verdict does not look clean", () => {
    const gap = { code: "archive-refused", text: "a.zip: it is encrypted", remedy: null, targets: [] };
    const incomplete: ScanResult = {
      ...passingResult,
      coverage: { ...passingResult.coverage, gaps: [gap] },
      summary: { ...passingResult.summary, exitCode: 3 },
    };
    const [issue, ...others] = issuesOf(incomplete);
    expect(others).toEqual([]);
    expect(issue?.check_name).toBe("gpolint/incomplete");
    expect(issue?.description).toContain("it is encrypted");
  });
});
