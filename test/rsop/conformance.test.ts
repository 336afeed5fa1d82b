import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EffectiveTarget } from "../../src/model/effective-result.ts";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { bundledPack, effectiveOf, readExport, repoPath, scanInputs } from "../util/run.ts";

/** What stands in expected.json: derived by hand, see test/fixtures/rsop/README.md. Nothing here writes it. */
interface Expected {
  readonly why: string;
  readonly effective: { readonly targets: readonly unknown[] };
  readonly verdicts: readonly {
    readonly target: string;
    readonly setting: string;
    readonly half?: "success" | "failure";
    readonly verdict: string;
  }[];
  readonly exitCode: number;
}

const root = repoPath("test/fixtures/rsop");
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const mdi = bundledPack("mdi");

/** Traps about GPO backups and reports, which are no SYSVOL export. */
const elsewhere = new Set([42, 43]);

it("every trap has a case", () => {
  const covered = new Set(cases.map((name) => Number(name.slice(0, 2))));
  const missing = Array.from({ length: 44 }, (_, index) => index + 1).filter(
    (trap) => !covered.has(trap) && !elsewhere.has(trap),
  );
  expect(missing).toEqual([]);
});

describe.each(cases)("%s", (name) => {
  const expected = readExpected(`${root}/${name}/expected.json`);
  const inputs = readExport(`${root}/${name}/sysvol`, [`${root}/${name}/directory.ldif`]);
  const result = scanInputs(inputs, [mdi]);

  it(`effective: ${expected.why}`, () => {
    const { targets } = effectiveOf(inputs).result;
    expect(targets.map(contractFields)).toEqual(expected.effective.targets);
  });

  it("verdicts and exit code", () => {
    const found = expected.verdicts.map((wanted) => ({ ...wanted, verdict: verdictsOf(result, wanted) }));
    expect(found).toEqual(expected.verdicts.map((wanted) => ({ ...wanted, verdict: [wanted.verdict] })));
    expect(result.summary.exitCode).toBe(expected.exitCode);
  });

  it("every unknown names two ways that end differently", () => {
    for (const { verdict, ways } of result.findings) {
      if (verdict !== "unknown") continue;
      expect(ways.map((way) => way.split(":")[0])).toEqual(["pass", "fail"]);
    }
  });
});

function readExpected(path: string): Expected {
  const expected: Expected = JSON.parse(readFileSync(path, "utf8"));
  expect(expected.verdicts.length).toBeGreaterThan(0);
  return expected;
}

function contractFields({ dn, name, site, gpos, settings }: EffectiveTarget): unknown {
  return {
    dn,
    name,
    site,
    gpos: gpos.map(({ guid, domain, som, state, reason }) => ({ guid, domain, som, state, reason })),
    settings: settings.map(({ key, value, certainty, gpo, losers }) => ({
      key,
      value,
      certainty,
      gpo,
      losers,
    })),
  };
}

/** The distinct verdicts of all rules about a setting of a target, or of those about one half of it. */
function verdictsOf(result: ScanResult, { target, setting, half }: Expected["verdicts"][number]): string[] {
  const dn = result.targets.find(({ name }) => name === target)?.dn;
  const about = (finding: Finding): boolean => {
    if (finding.target !== dn || finding.setting !== setting) return false;
    const isFailure = finding.rule.endsWith("-failure");
    return half === undefined || (half === "failure") === isFailure;
  };
  return [...new Set(result.findings.filter(about).map(({ verdict }) => verdict))];
}
