import { describe, expect, it } from "vitest";
import { evaluateReadiness } from "../../../src/checks/readiness/evaluate-readiness.ts";
import type { ReadinessInput } from "../../../src/model/readiness.ts";
import { isReadiness } from "../../../src/model/requirement.ts";
import type { Finding } from "../../../src/model/result.ts";
import { bundledPack } from "../../util/run.ts";
import { cases } from "./cases.ts";
import { account, controller, domain, head, hidden, input, named } from "./input.ts";

const rules = new Map(
  bundledPack("mdi-readiness")
    .requirements.filter(isReadiness)
    .map((rule) => [rule.id.slice("mdi-readiness.".length), rule]),
);

function judge(rule: string, given: ReadinessInput): readonly Finding[] {
  const requirement = rules.get(rule);
  if (requirement === undefined) throw new Error(`no rule ${rule}`);
  return evaluateReadiness(requirement, given, (text) => text);
}

describe("a readiness check", () => {
  it.each(cases)("%s: %s, %s", (rule, verdict, _why, given) => {
    const [finding, ...others] = judge(rule, given);
    expect(others).toEqual([]);
    expect(finding?.verdict).toBe(verdict);
    expectWhole(finding);
  });

  it("has a case that passes, one that fails and one that stays open, for every rule that asks something new", () => {
    const lacking = [...new Set([...rules.values()].map(({ check }) => check))].flatMap((check) => {
      const own = cases.filter(([rule]) => rules.get(rule)?.check === check).map(([, verdict]) => verdict);
      return ["pass", "fail", "unknown"]
        .filter((verdict) => !own.some((had) => had === verdict))
        .map((verdict) => [check, verdict]);
    });
    expect(lacking).toEqual([]);
  });
});

/** What holds of every finding, whatever it says. */
function expectWhole(finding: Finding | undefined): void {
  if (finding === undefined) expect.fail("no finding");
  const { verdict, ways, fix, message, actual, actualText } = finding;
  expect(finding.setting).toBeNull();
  expect(message).toMatch(/^[^{}]+\.$/);
  expect(ways.map((way) => way.slice(0, 6))).toEqual(verdict === "unknown" ? ["pass: ", "fail: "] : []);
  expect(fix !== null).toBe(verdict === "fail");
  expect(actual).toBe(verdict === "pass" || verdict === "fail" ? actualText : null);
  expect(actualText).not.toBe("");
}

describe("findings", () => {
  it("are one for each object, and none twice", () => {
    const twice = input({
      serviceAccounts: [named("mdi", account()), named("mdi$", account()), named("other")],
      exported: new Map(),
    });
    const found = judge("service-account-exists", twice);
    expect(found.map(({ target, verdict }) => [target, verdict])).toEqual([
      [account().dn, "pass"],
      [null, "unknown"],
    ]);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it("of a domain controller each have an identity that moving it does not change", () => {
    const at = (dn: string) =>
      judge("controller-placement", input({}, { controllers: [controller({ dn })] }));
    const [inside] = at(controller().dn);
    const [outside] = at(`CN=DC1,OU=Servers,${head}`);
    expect(inside?.verdict).not.toBe(outside?.verdict);
    expect(inside?.fingerprint).toBe(outside?.fingerprint);
  });

  it("about deleted objects are one for each domain and account", () => {
    const given = input({
      serviceAccounts: [named("mdi", account())],
      domains: [domain(), domain({ name: "b.test", deletedObjects: { state: "unknown" } })],
    });
    const found = judge("deleted-objects-read", given);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it("name the right that is missing", () => {
    const texts = (rule: string, given: ReadinessInput) => judge(rule, given)[0]?.message;
    expect(texts("object-auditing-user", input())).toContain("Manage auditing and security log");
    expect(texts("kds-root-key", input({ kds: hidden }))).toContain("Enterprise Admins");
  });
});
