import { describe, expect, it } from "vitest";
import { measuredFinding, measuredRule } from "../../src/checks/measured.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Gpc } from "../../src/model/gpo.ts";
import type { SettingRequirement } from "../../src/model/requirement.ts";
import type { Finding } from "../../src/model/result.ts";
import type { GptPart, SettingValue } from "../../src/model/setting.ts";
import { auditCategoryKey, registryValueKey, sceNoApplyLegacyKey } from "../../src/model/setting.ts";
import { sha256 } from "../../src/sources/file-reader.ts";
import { audit, credentialValidation, logon, part, registry } from "../util/domain.ts";
import { auditpol, gpresult, regExport, requirementOf, secedit } from "../util/measured.ts";
import type { Gpo } from "../util/measured-target.ts";
import { compare, dc1 } from "../util/measured-target.ts";

const ntlm = registryValueKey(
  "system\\currentcontrolset\\services\\netlogon\\parameters",
  "auditntlmindomain",
);
const auditBoth = requirementOf(
  credentialValidation,
  "Credential Validation",
  { operator: "audit-at-least", value: 3 },
  "Success and Failure",
);
const auditSuccess: SettingRequirement = { ...auditBoth, expect: { operator: "audit-at-least", value: 1 } };
const ntlmAll = requirementOf(
  ntlm,
  "AuditNTLMInDomain",
  { operator: "dword-any-of", values: [7] },
  "7 (Enable all)",
);

const csv = (value: number): GptPart => part("audit.csv", [audit(credentialValidation, value)]);
const otherCsv = part("audit.csv", [audit(logon, 3)]);
const pol = (value: SettingValue, type = 4): GptPart => part("registry.pol", [registry(ntlm, value, type)]);
const legacy = (value: number, option: number | null): GptPart =>
  part("GptTmpl.inf", [
    audit(auditCategoryKey("AuditAccountLogon"), value),
    ...(option === null ? [] : [registry(sceNoApplyLegacyKey, option)]),
  ]);
const wmi: Partial<Gpc> = { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } };
const hidden: Gpo = { parts: [], gpc: { opaque: true } };

type Row = readonly [
  title: string,
  requirement: SettingRequirement,
  gpos: readonly Gpo[],
  evidence: readonly Evidence[],
  /** Of each file: `text | verdict | agrees`. */
  rows: readonly string[],
  verdict: Finding["verdict"] | null,
  cause?: RegExp,
];

const measured3 = auditpol(credentialValidation, 3);
const measured1 = auditpol(credentialValidation, 1);
const measured0 = auditpol(credentialValidation, 0);
const unusable = auditpol(credentialValidation, "x", "bad.csv");

const table: readonly Row[] = [
  ["the same", auditBoth, [{ parts: [csv(3)] }], [measured3], ["Success and Failure | pass | true"], "pass"],
  ["less", auditBoth, [{ parts: [csv(3)] }], [measured0], ["No Auditing | fail | false"], "fail", /^pending refresh/],
  ["both wrong, but the same", auditBoth, [{ parts: [csv(1)] }], [measured1], ["Success | fail | true"], "pass"],
  ["more", auditBoth, [{ parts: [csv(1)] }], [measured3], ["Success and Failure | pass | false"], "fail", /^pending refresh.*sensor of version 3.*local policy.*a GPO that the data does not show/],
  ["cleared", auditBoth, [{ parts: [otherCsv] }], [measured3], ["Success and Failure | pass | false"], "fail", /^pending refresh.*sensor of version 3/],
  ["no GPO configures it", auditBoth, [{ parts: [] }], [measured3], ["Success and Failure | pass | null"], "not-applicable"],
  ["no GPO, nothing usable", auditBoth, [{ parts: [] }], [unusable], ["cannot be used: line 2 holds no usable value | unknown | null"], "not-applicable"],
  ["an unusable measurement", auditBoth, [{ parts: [csv(3)] }], [unusable], ["cannot be used: line 2 holds no usable value | unknown | null"], "unknown"],
  ["one file agrees, another cannot be used", auditBoth, [{ parts: [csv(3)] }], [measured3, unusable], ["Success and Failure | pass | true", "cannot be used: line 2 holds no usable value | unknown | null"], "unknown"],
  ["one file differs, another cannot be used", auditBoth, [{ parts: [csv(3)] }], [unusable, measured1], ["Success | fail | false", "cannot be used: line 2 holds no usable value | unknown | null"], "fail", /^pending/],
  ["a file about something else", auditBoth, [{ parts: [csv(3)] }], [auditpol(logon, 0)], [], null],

  ["legacy override", auditBoth, [{ parts: [csv(3), legacy(1, 1)] }], [measured1], ["Success | fail | false"], "fail", /^legacy override.*GPO 'GPO 1'.*may not have reached.*pending refresh/],
  ["legacy silenced, and not what was measured", auditBoth, [{ parts: [csv(3), legacy(1, 1)] }], [measured0], ["No Auditing | fail | false"], "fail", /^pending refresh/],
  ["legacy may count, and is what was measured", auditSuccess, [{ parts: [csv(3), legacy(1, 0)] }], [measured1], ["Success | pass | null"], "unknown"],
  ["legacy may count, and neither was measured", auditBoth, [{ parts: [csv(3), legacy(1, 0)] }], [measured0], ["No Auditing | fail | false"], "fail", /^legacy override: \[Event Audit\] sets its whole category/],
  ["legacy counts, and is not there", auditBoth, [{ parts: [legacy(3, 0)] }], [measured0], ["No Auditing | fail | false"], "fail", /^legacy override that does not happen/],

  ["undecided, and a possible end that will do", auditSuccess, [{ parts: [csv(3)], gpc: wmi }, { parts: [csv(1)] }], [measured1], ["Success | pass | null"], "unknown"],
  ["undecided, and no possible end", auditSuccess, [{ parts: [csv(3)], gpc: wmi }, { parts: [csv(1)] }], [auditpol(credentialValidation, 2)], ["Failure | fail | false"], "fail", /^pending/],
  ["undecided, and what was measured will not do", auditBoth, [{ parts: [csv(3)], gpc: wmi }, { parts: [csv(1)] }], [measured1], ["Success | fail | null"], "fail"],
  ["undecided whether any GPO sets it", auditSuccess, [{ parts: [csv(3)], gpc: wmi }], [measured1], ["Success | pass | null"], "unknown"],
  ["a GPO that cannot be seen", auditBoth, [hidden, { parts: [csv(1)] }], [measured3], ["Success and Failure | pass | null"], "unknown"],
  ["a GPO that cannot be seen, and files that differ", auditSuccess, [hidden, { parts: [csv(1)] }], [measured3, auditpol(credentialValidation, 1, "later.csv")], ["Success and Failure | pass | null", "Success | pass | null"], "fail"],

  ["a registry value", ntlmAll, [{ parts: [pol(7)] }], [regExport(ntlm, "dword:7")], ["7 (Enable all) | pass | true"], "pass"],
  ["a registry value that is not there", ntlmAll, [{ parts: [pol(7)] }], [regExport(ntlm, null)], ["not there | fail | false"], "fail", /^pending refresh(?!.*sensor)(?!.*data does not show)/],
  ["not there, and none expected", ntlmAll, [{ parts: [] }], [regExport(ntlm, null)], ["not there | fail | null"], "not-applicable"],
  ["another type", ntlmAll, [{ parts: [pol(7)] }], [regExport(ntlm, "hex(b):07,00,00,00,00,00,00,00")], ["7 (Enable all) as REG_QWORD | fail | false"], "fail", /^pending/],
  ["a text of that number", ntlmAll, [{ parts: [pol(7)] }], [regExport(ntlm, '"7"')], ["'7' as REG_SZ | fail | false"], "fail", /^pending/],
  ["the wrong type as configured", ntlmAll, [{ parts: [pol("7", 1)] }], [regExport(ntlm, '"7"')], ["'7' as REG_SZ | fail | true"], "pass"],
  ["secedit with its types", ntlmAll, [{ parts: [pol(7)] }], [secedit(ntlm, "4,7")], ["7 (Enable all) | pass | true"], "pass"],
  ["secedit with another type", ntlmAll, [{ parts: [pol(7)] }], [secedit(ntlm, '1,"7"')], ["'7' as REG_SZ | fail | false"], "fail", /^pending/],
  ["a program that sets what is asked for", ntlmAll, [{ parts: [pol(2)] }], [regExport(ntlm, "dword:7")], ["7 (Enable all) | pass | false"], "fail", /sensor of version 3.*writes such values/],

  ["gpresult", auditBoth, [{ parts: [csv(3)] }], [gpresult(credentialValidation, 3)], ["Success and Failure | pass | true"], "pass"],
  ["gpresult of before", auditBoth, [{ parts: [csv(3)] }, { parts: [csv(1)] }], [gpresult(credentialValidation, 1)], ["Success | fail | false"], "fail", /^the report shows what was applied when it was made(?!.*data does not show)/],
  ["gpresult with a GPO that is not in the data", auditBoth, [{ parts: [csv(3)] }], [gpresult(credentialValidation, 1)], ["Success | fail | false"], "fail", /^the report shows.*a GPO that the data does not show/],
  ["gpresult of a simulation", auditBoth, [{ parts: [csv(3)] }], [gpresult(credentialValidation, 3, { data: "planned" })], ["cannot be used: the report is a simulation of Group Policy, not a measurement | unknown | null"], "unknown"],
  ["gpresult does not tell REG_SZ from REG_EXPAND_SZ", ntlmAll, [{ parts: [pol("7", 2)] }], [gpresult(ntlm, "7")], ["'7' | fail | null"], "unknown"],
  ["the computer itself comes before gpresult", auditBoth, [{ parts: [csv(3)] }], [gpresult(credentialValidation, 3), measured1], ["Success | fail | false", "Success and Failure | pass | true"], "fail", /^pending/],
]; // prettier-ignore

describe("what was measured against what Group Policy configures", () => {
  it.for(table)("%s", ([, requirement, gpos, evidence, rows, verdict, cause]) => {
    const { measured, own } = compare(requirement, dc1(...gpos), evidence);
    expect(measured.map((row) => `${row.text} | ${row.verdict} | ${row.agrees}`)).toEqual(rows);
    expect(own?.verdict ?? null).toBe(verdict);
    const causes = measured.find(({ agrees }) => agrees === false)?.causes.join("; ") ?? "";
    if (cause === undefined) expect(causes).toBe("");
    else expect(causes).toMatch(cause);
    for (const row of measured) if (row.agrees !== false) expect(row.causes).toEqual([]);
  });

  const found = table.filter((row) => row[5] !== null);
  it.for(found)("the finding keeps what every finding promises: %s", ([, requirement, gpos, evidence]) => {
    const { main, measured, own } = compare(requirement, dc1(...gpos), evidence);
    if (own === null) throw new Error("no finding");
    const kept = ["severity", "target", "setting", "gpo", "gpoName", "chain", "assumptions"] as const;
    for (const field of kept) expect(own[field]).toEqual(main[field]);
    expect(own.rule).toBe("pack.rule/measured");
    expect(own.measured).toEqual(measured);
    expect(own.message).not.toMatch(/[{}]/);
    expect(own.fix !== null).toBe(own.verdict === "fail");
    // Two ways that give different verdicts, or none.
    const verdicts = new Set(own.ways.map((way) => way.slice(0, way.indexOf(":"))));
    expect(own.ways).toHaveLength(own.verdict === "unknown" ? 2 : 0);
    expect(verdicts.size).toBe(own.ways.length);
    expect(measured.map(({ location }) => location)).toContainEqual(own.location);
  });
});

it("never passes unless every file shows the only possible end", () => {
  const targets = [
    dc1({ parts: [csv(3)] }),
    dc1({ parts: [] }),
    dc1({ parts: [otherCsv] }),
    dc1({ parts: [csv(3), legacy(1, 0)] }),
    dc1({ parts: [csv(3)], gpc: wmi }),
    dc1(hidden, { parts: [csv(3)] }),
  ];
  const files = [measured0, measured1, measured3, unusable, gpresult(credentialValidation, 3)];
  let passed = 0;
  for (const target of targets) {
    const ends = target.decide(credentialValidation).outcomes.map(({ outcome }) => outcome);
    for (const first of files) {
      for (const second of files) {
        const { own, measured } = compare(auditBoth, target, [first, second]);
        const [end] = ends;
        const same =
          ends.length === 1 && end?.kind === "value" && measured.every(({ value }) => value === end.value);
        expect(own?.verdict === "pass").toBe(same);
        if (same) passed++;
      }
    }
  }
  // Two files of three values each: of one end the same two, of the other the same one.
  expect(passed).toBe(5);
});

describe("the finding of a measurement", () => {
  it("says what differs, where, by which GPO, why, and what to do", () => {
    const { main, own } = compare(auditBoth, dc1({ parts: [csv(3)] }), [measured0]);
    expect(own).toMatchObject({
      verdict: "fail",
      expected: "what Group Policy configures: Success and Failure",
      actual: 0,
      actualText: "No Auditing",
      gpoName: "GPO 1",
      location: { path: "auditpol.csv", line: 2 },
      quote: "DC1,System,,{0CCE923F-69AE-11D9-BED3-505054503030},,,0",
    });
    expect(own?.message).toMatch(
      /^'Credential Validation' measured on 'DC1' is No Auditing, but Group Policy configures Success and Failure \(GPO 'GPO 1'\)\. Likely causes, the likeliest first: pending refresh: .*; local policy/,
    );
    expect(own?.fix).toMatch(/^Run gpupdate \/force on 'DC1' and measure again/);
    expect(own?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(own?.fingerprint).not.toBe(main.fingerprint);
  });

  it.each<[title: string, requirement: SettingRequirement, gpos: readonly Gpo[], evidence: Evidence, message: string]>([
    ["the same", auditBoth, [{ parts: [csv(3)] }], measured3, "'Credential Validation' measured on 'DC1' is Success and Failure, as Group Policy configures it (GPO 'GPO 1')."],
    ["cleared", auditBoth, [{ parts: [otherCsv] }], measured0, "'Credential Validation' measured on 'DC1' is No Auditing, as Group Policy configures it (an audit.csv clears what no GPO lists)."],
    ["no GPO", auditBoth, [{ parts: [] }], measured3, "'Credential Validation' measured on 'DC1' is Success and Failure, and no GPO gives it a value to compare with."],
    ["unusable", auditBoth, [{ parts: [csv(3)] }], unusable, "'Credential Validation' measured on 'DC1' cannot be used: line 2 holds no usable value."],
    ["undecided", auditSuccess, [{ parts: [csv(3)], gpc: wmi }, { parts: [csv(1)] }], measured1, "'Credential Validation' measured on 'DC1' is Success, and whether Group Policy configures that is not decided: it may end as Success or Success and Failure."],
    ["will not do", auditBoth, [{ parts: [csv(3)], gpc: wmi }, { parts: [csv(1)] }], measured1, "'Credential Validation' measured on 'DC1' is Success, expected Success and Failure, and what Group Policy configures is not decided."],
    ["gpresult", auditBoth, [{ parts: [csv(3)] }], gpresult(credentialValidation, 3), "'Credential Validation' as gpresult shows it on 'DC1' is Success and Failure, as Group Policy configures it (GPO 'GPO 1'). A gpresult report shows what policy was applied when it was made, not what stands there now."],
    ["type not told", ntlmAll, [{ parts: [pol("7", 2)] }], gpresult(ntlm, "7"), "'AuditNTLMInDomain' as gpresult shows it on 'DC1' is '7', and whether Group Policy configures that is not decided: the file does not name the registry type. A gpresult report shows what policy was applied when it was made, not what stands there now."],
  ])("message: %s", (_, requirement, gpos, evidence, message) => {
    expect(compare(requirement, dc1(...gpos), [evidence]).own?.message).toBe(message);
  }); // prettier-ignore

  it("names the option that silences legacy audit where that is what happened", () => {
    const { own } = compare(auditBoth, dc1({ parts: [csv(3), legacy(1, 1)] }), [measured1]);
    expect(own?.fix).toMatch(/^Set SCENoApplyLegacyAuditPolicy to 1 in a GPO/);
  });

  it.each<[title: string, gpos: readonly Gpo[], evidence: readonly Evidence[], ways: readonly string[]]>([
    ["an unusable measurement", [{ parts: [csv(3)] }], [unusable], [
      "pass: Group Policy configures Success and Failure, and a measurement that can be used shows the same",
      "fail: Group Policy configures Success and Failure, and a measurement that can be used shows something else",
    ]],
    ["two ends", [{ parts: [csv(3)], gpc: wmi }, { parts: [csv(1)] }], [measured1], [
      expect.stringMatching(/^pass: Group Policy configures Success/),
      expect.stringMatching(/^fail: Group Policy configures Success and Failure if .*GPO 1/),
    ]],
    ["perhaps no GPO", [{ parts: [csv(1)], gpc: wmi }], [measured1], [
      expect.stringMatching(/^pass: Group Policy configures Success/),
      expect.stringMatching(/^not-applicable: no GPO gives it a value/),
    ]],
    ["a GPO that cannot be seen", [hidden, { parts: [csv(1)] }], [measured3], [
      expect.stringMatching(/^pass: Group Policy configures what was measured if /),
      expect.stringMatching(/^fail: Group Policy configures Success/),
    ]],
  ])("ways: %s", (_, gpos, evidence, ways) => {
    expect(compare(auditSuccess, dc1(...gpos), evidence).own?.ways).toEqual(ways);
  }); // prettier-ignore

  it("is none where nothing can be asked of the target", () => {
    const { main } = compare(auditBoth, dc1({ parts: [csv(3)] }), [measured3]);
    const target = dc1({ parts: [csv(3)] });
    const decision = target.decide(auditBoth.setting);
    const { policy } = target;
    const context = { requirement: auditBoth, policy, decision, evidence: [measured3], hash: sha256 };
    expect(measuredFinding({ ...main, verdict: "not-applicable" }, context)).toBeNull();
    expect(measuredFinding({ ...main, measured: [] }, context)).toBeNull();
  });

  it("does not depend on the order of the files", () => {
    const files = [
      measured3,
      gpresult(credentialValidation, 1),
      unusable,
      auditpol(credentialValidation, 0, "a.csv"),
    ];
    const target = dc1({ parts: [csv(3)] });
    expect(compare(auditBoth, target, files.toReversed())).toEqual(compare(auditBoth, target, files));
    expect(compare(auditBoth, target, files).measured.map(({ location }) => location.path)).toEqual([
      "a.csv",
      "auditpol.csv",
      "bad.csv",
      "gpresult.xml",
    ]);
  });
});

it("the rule asks its own question beside the one of the requirement", () => {
  const rule = { ...auditBoth, policy: "pack", expected: auditBoth.expectText };
  expect(measuredRule(rule)).toMatchObject({
    id: "pack.rule/measured",
    policy: "pack",
    severity: "high",
    setting: credentialValidation,
    title: "Measured: Credential Validation is what Group Policy configures",
    expected: "what Group Policy configures",
  });
});
