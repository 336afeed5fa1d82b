import { describe, expect, it } from "vitest";
import { listBundledPacks } from "../../../src/app/load-policy.ts";
import type { SettingRequirement } from "../../../src/model/requirement.ts";
import { isSetting } from "../../../src/model/requirement.ts";
import { renderPolicyJson } from "../../../src/reporters/policy-json.ts";
import { bundledPack } from "../../util/run.ts";
import { packText, validPack } from "../../util/packs.ts";

function derive(fields: string): SettingRequirement {
  const [found] = validPack(packText(`requirements:\n  - { id: a, ${fields} }\n`)).requirements.filter(
    isSetting,
  );
  if (found === undefined) throw new Error("no requirement");
  return found;
}

describe("what a requirement leaves out", () => {
  it("comes from data: all of it", () => {
    expect(derive("setting: Credential Validation, expect: success and failure")).toEqual({
      id: "test-pack.a",
      title: "Credential Validation is audited for success and failure",
      severity: "high",
      setting: "audit-subcategory/0cce923f-69ae-11d9-bed3-505054503030",
      settingName: "Credential Validation",
      expect: { operator: "audit-at-least", value: 3 },
      expectText: "Success and Failure",
      whenNotConfigured: "fail",
      events: [
        { id: 4774, log: "Security", gated: true },
        { id: 4775, log: "Security", gated: true },
        { id: 4776, log: "Security", gated: true },
        { id: 4777, log: "Security", gated: true },
      ],
      rationale: "Events 4774, 4775, 4776 and 4777 are only written where this is audited.",
      remediation:
        "In the winning GPO, set Advanced Audit Policy Configuration > Account Logon > Audit Credential Validation to Success and Failure.",
      source: "a source",
      notes: null,
      scale: {},
      appliesTo: { roles: ["dc", "rodc"], operatingSystems: [] },
      mappings: { attack: [], nist80053: [], pciDss: [], iso27001: [], cis: [] },
      detections: [],
    });
  });

  it.each([
    [
      "setting: Logoff, expect: success",
      "Logoff is audited for success",
      "Success",
      "make Advanced Audit Policy Configuration > Logon/Logoff > Audit Logoff include Success",
    ],
    [
      "setting: Logoff, expect: no auditing",
      "Logoff is not audited",
      "No Auditing",
      "set Advanced Audit Policy Configuration > Logon/Logoff > Audit Logoff to No Auditing",
    ],
    [
      "setting: Logoff, expect: { operator: audit-exactly, value: 1 }",
      "Logoff is audited for success only",
      "Success only",
      "set Advanced Audit Policy Configuration > Logon/Logoff > Audit Logoff to Success only",
    ],
    [
      "setting: 'HKLM\\A\\B', expect: 7, scale: { '7': All }",
      "HKLM\\a\\b is 7 (All)",
      "7 (All)",
      "set HKLM\\a\\b to 7 (All) as REG_DWORD",
    ],
    [
      "setting: 'HKLM\\A\\B', settingName: The option, expect: { operator: dword-none-of, values: [0, 3] }, whenNotConfigured: pass",
      "The option is any number but 0 or 3 where it is configured",
      "any number but 0 or 3, or not configured",
      "set The option (HKLM\\a\\b) to any number but 0 or 3 as REG_DWORD",
    ],
    [
      "setting: 'HKLM\\A\\B', expect: { operator: dword-between, minimum: 50, maximum: 90 }",
      "HKLM\\a\\b is 50 to 90",
      "50 to 90",
      "set HKLM\\a\\b to 50 to 90 as REG_DWORD",
    ],
    [
      "setting: 'HKLM\\A\\B', expect: { operator: dword-between, minimum: 5, maximum: 4294967295 }",
      "HKLM\\a\\b is 5 or more",
      "5 or more",
      "set HKLM\\a\\b to 5 or more as REG_DWORD",
    ],
    [
      "setting: 'HKLM\\A\\B', expect: { operator: dword-all-bits, value: 6 }",
      "HKLM\\a\\b is a number with the bits of 6 set",
      "a number with the bits of 6 set",
      "set HKLM\\a\\b to a number with the bits of 6 set as REG_DWORD",
    ],
    [
      "setting: 'HKLM\\A\\B', expect: { operator: text-any-of, values: [x, y] }",
      "HKLM\\a\\b is 'x' or 'y'",
      "'x' or 'y'",
      "set HKLM\\a\\b to 'x' or 'y'",
    ],
    [
      "setting: 'HKLM\\A\\B', expect: { operator: text-contains, values: [x, y] }",
      "HKLM\\a\\b is text with 'x' and 'y' in it",
      "text with 'x' and 'y' in it",
      "set HKLM\\a\\b to text with 'x' and 'y' in it",
    ],
    [
      "setting: SeServiceLogonRight, expect: { operator: right-includes, values: [Administrators] }",
      "'Log on as a service' is held by Administrators (S-1-5-32-544) among others",
      "Administrators (S-1-5-32-544) among others",
      "add to Local Policies > User Rights Assignment > Log on as a service: Administrators (S-1-5-32-544)",
    ],
    [
      "setting: Debug programs, expect: { operator: right-only, values: [] }",
      "'Debug programs' is held by nobody",
      "nobody",
      "set Local Policies > User Rights Assignment > Debug programs to nobody",
    ],
    [
      "setting: event-log-size/security, expect: { operator: log-size-at-least, value: 196608 }",
      "Security log size is at least 196608 KB (192 MB)",
      "at least 196608 KB (192 MB)",
      "set Administrative Templates > Windows Components > Event Log Service > Security > Specify the maximum log file size (KB) to 196608 or more",
    ],
    [
      "setting: event-log-size/microsoft-windows-ntlm/operational, expect: { operator: log-size-at-least, value: 100 }",
      "Microsoft-Windows-NTLM/Operational log size is at least 100 KB",
      "at least 100 KB",
      "set HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\microsoft-windows-ntlm/operational MaxSize to 102400 (bytes) or more with Preferences > Windows Settings > Registry",
    ],
  ])("%s", (fields, title, expectText, remedy) => {
    expect(derive(fields)).toMatchObject({
      title,
      expectText,
      remediation: `In the winning GPO, ${remedy}.`,
    });
  });

  it("lists only the events that its half writes, and says where there are none", () => {
    const both = derive("setting: Logon, expect: success and failure").events.map(({ id }) => id);
    const success = derive("setting: Logon, expect: success").events.map(({ id }) => id);
    const failure = derive("setting: Logon, expect: failure").events.map(({ id }) => id);
    expect(success).toContain(4624);
    expect(success).not.toContain(4625);
    expect(failure).toContain(4625);
    expect(failure).not.toContain(4624);
    expect(both).toEqual(expect.arrayContaining([...success, ...failure]));
    expect(derive("setting: Computer Account Management, expect: failure")).toMatchObject({
      events: [],
      rationale: "The source of this policy pack asks for it; no documented event depends on it.",
    });
  });

  it("takes short and long forms of events", () => {
    const { events } = derive(
      "setting: Logon, expect: success, events: [4624, { id: 7045, log: System, gated: false }]",
    );
    expect(events).toEqual([
      { id: 4624, log: "Security", gated: true },
      { id: 7045, log: "System", gated: false },
    ]);
  });
});

describe("the packs that come with gpolint", () => {
  it.each(listBundledPacks())("%s says the same when it is printed as a pack and read again", (name) => {
    const pack = bundledPack(name);
    const again = validPack(renderPolicyJson(pack));
    expect(again.requirements).toEqual(pack.requirements);
  });
});
