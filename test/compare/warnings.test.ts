import { describe, expect, it } from "vitest";
import type { NamedResult } from "../../src/app/compare/warnings.ts";
import { warningsOf } from "../../src/app/compare/warnings.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { sampleResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";
import { saved } from "../util/saved.ts";

const named = (name: string, values: Partial<ScanResult> = {}): NamedResult => ({
  ...saved(name, [], values),
  name,
});
const run = (values: Partial<ScanResult["run"]>): Partial<ScanResult> => ({
  run: { ...sampleResult.run, ...values },
});
const texts = (before: NamedResult, after: NamedResult): string[] =>
  warningsOf(before, after).map(({ code, text }) => `${code}: ${text}`);
const [pack] = sampleResult.run.policies;
if (pack === undefined) throw new Error("no pack");
const { targets } = sampleResult;

describe("what makes two results less comparable", () => {
  it("is nothing where they are of one kind", () => {
    expect(texts(named("old"), named("new"))).toEqual([]);
  });

  it.each<[string, Partial<ScanResult>, Partial<ScanResult>, readonly string[]]>([
    [
      "another version of a pack",
      {},
      run({ policies: [{ ...pack, version: "1.1.0" }] }),
      ["policy: policy pack 'mdi' is another version: 1.0.0 -> 1.1.0"],
    ],
    [
      "other content under one version",
      {},
      run({ policies: [{ ...pack, sha256: "0".repeat(64) }] }),
      ["policy: policy pack 'mdi' 1.0.0 has other content, under the same version"],
    ],
    [
      "other packs",
      {},
      run({ policies: [{ ...pack, name: "own" }] }),
      ["policy: policy pack 'mdi' was asked in old only", "policy: policy pack 'own' was asked in new only"],
    ],
    [
      "another version of gpolint",
      {},
      run({ tool: { name: "gpolint", version: "0.2.0" } }),
      ["tool-version: made by gpolint 0.1.0 and 0.2.0: the way of judging may differ"],
    ],
    [
      "other assumptions",
      run({ assumptions: ["delivered"] }),
      run({ assumptions: ["no-site-links"] }),
      [
        "assumptions: assumed by hand in old only: delivered",
        "assumptions: assumed by hand in new only: no-site-links",
      ],
    ],
    [
      "the wrong order",
      run({ startTime: "2026-07-01T00:00:00Z" }),
      run({ startTime: "2026-04-01T00:00:00Z" }),
      ["order: old was scanned after new: the older result goes first"],
    ],
    [
      "proposals",
      {},
      { whatIf: whatIfResult.whatIf },
      ["what-if: new shows how it would be with proposals, not how it was"],
    ],
    ["fewer computers", {}, { targets: targets.slice(1) }, ["targets: only in old: DC1"]],
    [
      "another domain",
      {},
      { targets: targets.map((target) => ({ ...target, dn: `${target.dn},DC=x`, sid: null, domain: "x" })) },
      [
        "domains: only in old: domain corp.example",
        `targets: only in old: ${targets.map(({ name }) => name).join(", ")}`,
        "domains: only in new: domain x",
        `targets: only in new: ${targets.map(({ name }) => name).join(", ")}`,
      ],
    ],
    [
      "a SID that was not known",
      { targets: targets.map((target) => (target.name === "DC1" ? { ...target, sid: null } : target)) },
      {},
      [
        "identity: another SID than before, or none in one of the results: DC1; they are compared as other computers",
      ],
    ],
    [
      "another kind of source",
      {},
      run({ sources: sampleResult.run.sources.slice(0, 1) }),
      ["sources: policy was read from backup, sysvol before, and from sysvol now"],
    ],
    [
      "an older result that is incomplete",
      { summary: { ...sampleResult.summary, exitCode: 3 } },
      {},
      ["incomplete: old is incomplete: what it did not decide and fails now counts as new"],
    ],
  ])("%s", (_, old, now, expected) => {
    expect(texts(named("old", old), named("new", now))).toEqual(expected);
  });

  it("knows a computer that moved or was renamed by its SID", () => {
    const known = targets.filter(({ sid }) => sid !== null);
    const moved = known.map((target) => ({ ...target, dn: `CN=X${target.name},DC=corp,DC=example` }));
    expect(texts(named("old", { targets: known }), named("new", { targets: moved }))).toEqual([]);
  });

  it("the same file, findings that share a fingerprint, and no computer at all", () => {
    expect(texts({ ...named("old"), sha256: "a" }, { ...named("new"), sha256: "a" })).toEqual([
      "same-file: old and new are the same file",
    ]);
    const [first] = sampleResult.findings;
    const findings = first === undefined ? [] : [first, first];
    expect(texts(named("old"), named("new", { findings }))).toEqual([
      "duplicates: new has 1 finding that cannot be told from another",
    ]);
    expect(texts(named("old"), named("new", { findings, targets: [] }))[0]).toMatch(
      /^no-directory: new was made/,
    );
  });
});
