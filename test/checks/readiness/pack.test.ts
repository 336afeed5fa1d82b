import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isReadiness, isSetting } from "../../../src/model/requirement.ts";
import { problemsOf } from "../../util/packs.ts";
import { bundledPack, repoPath } from "../../util/run.ts";

const text = readFileSync(repoPath("policies/mdi-readiness.json"), "utf8");

/** Errors of the pack after one requirement got other fields. */
function errorsWith(id: string, changes: Readonly<Record<string, unknown>>): readonly string[] {
  const pack = JSON.parse(text);
  const requirement = pack.requirements.find((item: { readonly id: string }) => item.id === id);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete requirement[name];
    else requirement[name] = value;
  }
  return problemsOf(JSON.stringify(pack));
}

describe("a readiness pack", () => {
  it("loads, and asks about nothing but readiness", () => {
    const { requirements } = bundledPack("mdi-readiness");
    expect(requirements.every(isReadiness)).toBe(true);
    expect(requirements.some(isSetting)).toBe(false);
    for (const { rationale, remediation, source, expectText } of requirements)
      for (const part of [rationale, remediation, source, expectText]) expect(part).not.toBe("");
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["kds-root-key", { check: "no-such-check" }],
    ["kds-root-key", { parameters: {} }],
    ["kds-root-key", { check: undefined }],
    ["kds-root-key", { setting: "audit-subcategory/0cce923f-69ae-11d9-bed3-505054503030" }],
    ["honeytoken-dormant", { parameters: undefined }],
    ["honeytoken-dormant", { parameters: { days: 0 } }],
    ["honeytoken-dormant", { parameters: { days: 1, hours: 1 } }],
    ["service-account-aes", { parameters: { anyOf: 8, noneOf: 4 } }],
    ["adfs-auditing", { parameters: { container: "elsewhere", mask: 1 } }],
    ["object-auditing-user", { parameters: { className: "user", classGuid: "x", mask: 1 } }],
  ])("is refused where %s has %j", (id, changes) => {
    expect(errorsWith(id, changes)).not.toEqual([]);
  });

  it("is accepted with other parameters", () => {
    expect(errorsWith("honeytoken-dormant", { parameters: { days: 90 } })).toEqual([]);
  });
});
