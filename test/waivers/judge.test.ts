import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPattern } from "../../src/checks/waivers/fits.ts";
import { judgeWaivers } from "../../src/checks/waivers/judge-waivers.ts";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import type { Waiver } from "../../src/model/waiver.ts";
import { severities } from "../../src/model/requirement.ts";
import { sumCounts } from "../util/sample-result.ts";
import {
  judgeSample,
  plainResult,
  registerText,
  validWaivers,
  waivedOn,
  waivedResult,
} from "../util/waivers.ts";

const rule = "mdi.credential-validation";
const noon = "2026-11-25T12:00:00.000Z";

function findingOn(findings: readonly Finding[], name: string, id = rule): Finding {
  const found = findings.find((item) => item.rule === id && item.target?.startsWith(`CN=${name},`) === true);
  if (found === undefined) throw new Error(`no finding of ${id} on ${name}`);
  return found;
}

describe("the last day of a waiver", () => {
  it.each([
    ["the day before", "2026-06-29T12:00:00.000Z", "2026-06-30", "applied", 1],
    ["its first moment", "2026-06-30T00:00:00.000Z", "2026-06-30", "applied", 0],
    ["its last second", "2026-06-30T23:59:59.000Z", "2026-06-30", "applied", 0],
    ["its last millisecond", "2026-06-30T23:59:59.999Z", "2026-06-30", "applied", 0],
    ["the next millisecond", "2026-07-01T00:00:00.000Z", "2026-06-30", "expired", -1],
    ["the same moment in New York", "2026-06-30T19:59:59-04:00", "2026-06-30", "applied", 0],
    ["midnight in Tokyo, still the day in UTC", "2026-07-01T08:59:59+09:00", "2026-06-30", "applied", 0],
    ["nine in Tokyo, when it is over in UTC", "2026-07-01T09:00:00+09:00", "2026-06-30", "expired", -1],
    ["a leap day", "2028-02-29T23:59:59.999Z", "2028-02-29", "applied", 0],
    ["after a leap day", "2028-03-01T00:00:00.000Z", "2028-02-29", "expired", -1],
    ["the end of February before a leap day", "2028-02-29T00:00:00.000Z", "2028-02-28", "expired", -1],
    ["the end of a year", "2026-12-31T23:59:59.999Z", "2026-12-31", "applied", 0],
    ["the new year", "2027-01-01T00:00:00.000Z", "2026-12-31", "expired", -1],
  ])("%s: %s of %s is %s", (_, now, expires, hold, daysLeft) => {
    const { findings, register } = judgeSample({ expires }, now);
    const { verdict, waiver } = findingOn(findings, "DC1");
    expect([verdict, waiver?.hold]).toEqual([hold === "applied" ? "waived" : "fail", hold]);
    expect(waiver?.verdict).toBe("fail");
    expect(register.entries[0]?.daysLeft).toBe(daysLeft);
  });

  it.each([
    ["2025-12-31T23:59:59.999Z", "not-yet"],
    ["2026-01-01T00:00:00.000Z", "applied"],
  ])("the first day begins at midnight UTC: %s is %s", (now, hold) => {
    const { findings } = judgeSample({ approvedOn: "2026-01-01" }, now);
    expect(findingOn(findings, "DC1").waiver?.hold).toBe(hold);
  });

  it.each([
    ["2026-10-31T23:59:59.999Z", "2026-12-01", undefined],
    ["2026-11-01T00:00:00.000Z", "2026-12-01", /ends on 2026-12-01, in 30 days$/],
    ["2026-11-30T00:00:00.000Z", "2026-12-01", /in 1 day$/],
    ["2026-12-01T23:00:00.000Z", "2026-12-01", /ends today, 2026-12-01$/],
  ])("is told thirty days before: %s for %s", (now, expires, text) => {
    const notices = judgeSample({ expires }, now).register.notices;
    expect(notices.find(({ code }) => code === "waiver-ending")?.text).toEqual(
      text === undefined ? undefined : expect.stringMatching(text),
    );
  });
});

describe("the scope of a waiver", () => {
  const everywhere = ["DC1", "DC2", "DC-MOVED"];
  const audit = plainResult.findings[0];
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ["a domain", { scope: { domain: "CORP.example." } }, everywhere],
    ["another domain", { scope: { domain: "other.example" } }, []],
    ["a part of the domain", { scope: { domain: "corp" } }, []],
    ["a target", { scope: { target: "dc1" } }, ["DC1"]],
    ["a target as its account", { scope: { target: "DC1$" } }, ["DC1"]],
    ["a target with its domain", { scope: { target: "DC1.corp.example" } }, ["DC1"]],
    [
      "a DN, however it is spelt",
      { scope: { target: "cn=dc-moved, ou=Tier 0,DC=CORP,dc=example" } },
      ["DC-MOVED"],
    ],
    ["a target of the domain", { scope: { target: "DC1", domain: "corp.example" } }, ["DC1"]],
    ["a target of another domain", { scope: { target: "DC1", domain: "other.example" } }, []],
    ["a piece of a name", { scope: { target: "DC" } }, []],
    ["the GPO that sets it", { scope: { gpo: audit?.gpo } }, ["DC1", "DC2"]],
    ["another GPO", { scope: { gpo: "00000000-0000-0000-0000-000000000001" } }, []],
    ["the key of the setting", { scope: { setting: audit?.setting?.toUpperCase() } }, everywhere],
    ["the name of the setting", { scope: { setting: "credential validation" } }, everywhere],
    ["another setting", { scope: { setting: "Logon" } }, []],
    ["a wildcard", { scope: { target: "DC*" }, broad: true }, everywhere],
    ["a wildcard with an end", { scope: { target: "*2" }, broad: true }, ["DC2"]],
    ["a wildcard that only the name of the domain has", { scope: { target: "*corp*" }, broad: true }, []],
    ["a wildcard for DNs", { scope: { target: "*,ou=tier 0,*" }, broad: true }, ["DC-MOVED"]],
    ["a wildcard in names with the domain", { scope: { target: "*2.corp.*" }, broad: true }, ["DC2"]],
    ["a piece of every DN, for names", { scope: { target: "*ou*" }, broad: true }, []],
    ["a domain without a name", { scope: { domain: "." } }, []],
    ["a rule that is another one", { rule: "mdi.credential-validation-failure" }, []],
    ["a rule in a wildcard", { rule: "mdi.cred*", broad: true, scope: { target: "DC1" } }, ["DC1"]],
    [
      "what computers measured, which is a rule of its own",
      { rule: "mdi.credential-validation/measured" },
      [],
    ],
  ])("%s", (_, fields, names) => {
    const judged = judgeSample(fields, noon);
    const own = judged.findings.filter((item) => item.rule === rule);
    expect(waivedOn({ findings: own })).toEqual(names);
    expect(judged.register.entries[0]?.waived).toBe(waivedOn(judged).length);
  });

  it("holds for nothing where a name stands for several computers", () => {
    const twin = {
      ...plainResult.targets[0],
      dn: "CN=DC1,OU=Domain Controllers,DC=other,DC=example",
      domain: "other.example",
    };
    const first = findingOn(plainResult.findings, "DC1");
    const result = {
      ...plainResult,
      targets: [...plainResult.targets, twin as ScanResult["targets"][number]],
      findings: [...plainResult.findings, { ...first, target: twin.dn }],
    };
    const { findings, register } = judgeSample({ scope: { target: "DC1" } }, noon, result);
    expect(waivedOn({ findings })).toEqual([]);
    expect(register.notices[0]?.text).toMatch(
      /target 'DC1' may be 'CN=DC1,.*other.*add the domain, or write the DN$/,
    );
    expect(
      waivedOn(judgeSample({ scope: { target: "DC1", domain: "other.example" } }, noon, result)),
    ).toEqual(["DC1"]);
    // The other one is there, and has no finding of this rule.
    const alone = judgeSample({ scope: { target: "DC1" } }, noon, {
      ...result,
      findings: plainResult.findings,
    });
    expect(waivedOn(alone)).toEqual([]);
    expect(alone.register.notices[0]?.text).toMatch(/may be .*other/);
  });

  it("holds for nothing where GPOs of two domains have the GUID, as default GPOs do", () => {
    const findings = plainResult.findings.map((item) =>
      item.target?.startsWith("CN=DC2,") === true
        ? { ...item, chain: item.chain.map((step) => ({ ...step, domain: "other.example" })) }
        : item,
    );
    const gpo = audit?.gpo;
    const judged = (fields: object) =>
      judgeSample({ scope: { gpo, ...fields } }, noon, { ...plainResult, findings });
    expect(waivedOn(judged({}))).toEqual([]);
    expect(judged({}).register.notices[0]?.text).toMatch(
      / is another one in 'corp\.example' and 'other\.example'; add the domain$/,
    );
    expect(waivedOn(judged({ target: "DC2" }))).toEqual(["DC2"]);
  });

  it.each([
    ["*", "", true],
    ["mdi.*", "mdi.logon", true],
    ["*.logon", "mdi.logon", true],
    ["a*a", "a", false],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "acb", false],
    ["*ab*b", "ab", false],
    ["mdi.logon", "mdi.logonx", false],
    ["m.i*", "mdi", false],
  ])("the pattern %s and %j: %s", (pattern, text, fits) => {
    expect(toPattern(pattern)(text)).toBe(fits);
  });

  it("a pattern with many wildcards costs no time", () => {
    const started = performance.now();
    expect(toPattern(`${"a*".repeat(500)}b`)("a".repeat(100_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("a waiver does not hold", () => {
  it.each(severities)("above maxSeverity %s", (maxSeverity) => {
    const { findings, register } = judgeSample({ maxSeverity, scope: { target: "DC1" } }, noon);
    // The requirement is critical.
    const holds = maxSeverity === "critical";
    expect(findingOn(findings, "DC1")).toMatchObject({
      verdict: holds ? "waived" : "fail",
      waiver: { hold: holds ? "applied" : "too-severe", verdict: "fail" },
    });
    expect(register.entries[0]).toMatchObject({ state: holds ? "used" : "refused", refused: holds ? 0 : 1 });
    expect(register.notices.some(({ level }) => level === "error")).toBe(!holds);
  });

  it("for a requirement that nobody may waive, and says so", () => {
    const rules = plainResult.rules.map((item) =>
      item.id === rule ? { ...item, nonWaivable: true as const } : item,
    );
    const { findings, register } = judgeSample({}, noon, { ...plainResult, rules });
    expect(waivedOn({ findings })).toEqual([]);
    expect(findingOn(findings, "DC1").waiver).toMatchObject({
      hold: "non-waivable",
      text: "the policy pack lets nobody waive this requirement",
    });
    expect(register.notices[0]?.text).toMatch(/3 failures count, under a requirement that nobody may waive$/);
  });

  it.each([
    ["fail", "worse", "fail", "got-worse"],
    ["fail", "same", "waived", "applied"],
    ["fail", "other", "waived", "applied"],
    ["pass", "worse", "waived", "applied"],
    ["unknown", "worse", "waived", "applied"],
  ] as const)(
    "where a proposal makes worse what was accepted: before %s, %s",
    (before, change, verdict, hold) => {
      const findings = plainResult.findings.map((item): Finding => {
        const { actual, actualText, gpo, gpoName } = item;
        return { ...item, before: { verdict: before, change, actual, actualText, gpo, gpoName } };
      });
      const judged = judgeSample({ scope: { target: "DC1" } }, noon, { ...plainResult, findings });
      const finding = findingOn(judged.findings, "DC1");
      expect([finding.verdict, finding.waiver?.hold]).toEqual([verdict, hold]);
      // What the proposal does stays as it is.
      expect(finding.before).toMatchObject({ verdict: before, change });
    },
  );
});

describe("what somebody must see to", () => {
  it("what counts again comes first, with the waiver and the day", () => {
    const { waivers } = waivedResult();
    expect(waivers?.notices.map(({ level, text }) => `${level}: ${text}`)).toEqual([
      "error: waiver W-EXPIRED (mdi.credential-validation) expired on 2026-06-30: 1 failure counts again; renew it or correct the setting",
      "error: waiver W-SEVERE (mdi.security-system-extension) does not hold for all that it names: 4 failures count, above its maxSeverity",
      "warning: waiver W-USED (mdi.credential-validation) ends on 2026-12-10, in 15 days",
      "warning: waiver W-UNUSED (mdi.audit-ntlm-in-domain) holds for no failure: what it names passes; remove it with gpolint waivers prune",
    ]);
  });

  it.each<[string, Record<string, unknown>, string, string | null]>([
    [
      "a rule that its pack does not have",
      { rule: "mdi.credential-validatoin" },
      "not-judged",
      "did you mean 'mdi.credential-validation'?",
    ],
    ["a pack that was not asked", { rule: "other.logon" }, "not-judged", null],
    [
      "a target that was not examined",
      { scope: { target: "DC9" } },
      "not-judged",
      "names nothing that was judged in this run",
    ],
    [
      "a target that nothing is asked of",
      { scope: { target: "AzureADKerberos" } },
      "not-judged",
      "names nothing that was judged in this run",
    ],
    ["what is unknown", { scope: { target: "RODC1" } }, "undecided", null],
    [
      "what passes",
      { rule: "mdi.sce-no-apply-legacy", scope: { target: "DC1" } },
      "unused",
      "holds for no failure",
    ],
    [
      "what fails by another GPO",
      { scope: { target: "DC1", gpo: "00000000-0000-0000-0000-000000000001" } },
      "unused",
      "by another GPO than the one of its scope",
    ],
  ])("%s", (_, fields, state, text) => {
    const { register } = judgeSample(fields, noon);
    expect(register.entries[0]?.state).toBe(state);
    expect(register.notices.map((notice) => notice.text)).toEqual(
      text === null ? [] : [expect.stringContaining(text)],
    );
  });

  it("an expired one with a successor makes no failure count", () => {
    const both = [
      ...validWaivers(registerText({ id: "OLD", expires: "2026-06-30" })),
      ...validWaivers(registerText({ id: "NEW", approvedOn: "2026-07-01", expires: "2027-06-30" })),
    ];
    const { findings, register } = judgeWaivers(plainResult, both, noon);
    expect(findingOn(findings, "DC1").waiver).toMatchObject({ id: "NEW", hold: "applied" });
    expect(register.notices).toEqual([
      expect.objectContaining({ waiver: "OLD", level: "warning", code: "waiver-expired" }),
    ]);
  });

  it("of two that hold, the one that lasts longest speaks", () => {
    const both = [
      ...validWaivers(registerText({ id: "SHORT" })),
      ...validWaivers(registerText({ id: "LONG", approvedOn: null, expires: "2027-06-30" })),
    ];
    const { findings, register } = judgeWaivers(plainResult, both, noon);
    expect(findingOn(findings, "DC1").waiver?.id).toBe("LONG");
    expect(register.entries.map(({ state }) => state)).toEqual(["used", "used"]);
  });
});

describe("laws", () => {
  const ids = [...plainResult.rules.map(({ id }) => id), "mdi.*", "*", "mdi.nothing"];
  const names = [...plainResult.targets.flatMap(({ dn, name }) => [dn, name]), "*", "DC*", "nobody"];
  const days = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
  const waiver = fc
    .record({
      rule: fc.constantFrom(...ids),
      target: fc.option(fc.constantFrom(...names)),
      expires: days,
      maxSeverity: fc.option(fc.constantFrom(...severities)),
    })
    .map(({ rule: own, target, expires, maxSeverity }): Waiver => ({
      id: "W",
      rule: own,
      broad: own.includes("*") || target?.includes("*") === true,
      scope: { domain: null, target, gpo: null, setting: null },
      type: null,
      justification: "j",
      owner: null,
      approvedBy: "me",
      approvedOn: null,
      expires: expires.toISOString().slice(0, 10),
      ticket: null,
      maxSeverity,
      file: "w.yaml",
      line: 1,
    }));

  it("only a failure is ever waived, nothing comes or goes, and nothing else changes", () => {
    fc.assert(
      fc.property(fc.array(waiver, { maxLength: 6 }), days, (waivers, now) => {
        const { findings } = judgeWaivers(plainResult, waivers, now.toISOString());
        expect(findings).toHaveLength(plainResult.findings.length);
        findings.forEach((finding, index) => {
          const before = plainResult.findings[index];
          const { verdict, waiver: own, ...rest } = finding;
          const { verdict: was, waiver: _none, ...same } = before ?? finding;
          expect(rest).toEqual(same);
          expect(was === "fail" ? ["fail", "waived"] : [was]).toContain(verdict);
          if (was !== "fail") expect(own).toBeNull();
          expect(verdict === "waived").toBe(own?.hold === "applied");
        });
        const [old, counts] = [sumCounts(plainResult.findings), sumCounts(findings)];
        expect(counts.fail + counts.waived).toBe(old.fail + old.waived);
        expect(counts).toMatchObject({
          unknown: old.unknown,
          pass: old.pass,
          "not-applicable": old["not-applicable"],
        });
      }),
    );
  });

  it("a register whose waivers have all expired waives nothing", () => {
    fc.assert(
      fc.property(fc.array(waiver, { minLength: 1, maxLength: 6 }), (waivers) => {
        const { findings, register } = judgeWaivers(plainResult, waivers, "2028-01-01T00:00:00.000Z");
        expect(waivedOn({ findings })).toEqual([]);
        expect(register.notices.filter(({ code }) => code === "waiver-expired")).toHaveLength(waivers.length);
      }),
    );
  });

  it("judging again gives the same, whatever the result was judged by before", () => {
    fc.assert(
      fc.property(waiver, waiver, (one, other) => {
        const first = judgeWaivers(plainResult, [one], noon);
        const again = judgeWaivers({ ...plainResult, findings: first.findings }, [other], noon);
        expect(again).toEqual(judgeWaivers(plainResult, [other], noon));
      }),
    );
  });
});
