import { describe, expect, it } from "vitest";
import { lossOf } from "../../src/checks/loss.ts";
import type { Outcome } from "../../src/model/effective.ts";
import type { Expectation, Mappings } from "../../src/model/requirement.ts";
import { auditSubcategoryKey, registryValueKey } from "../../src/model/setting.ts";
import { guidTail } from "../util/subcategories.ts";

const subcategory = (head: string): string => auditSubcategoryKey(`0cce92${head}${guidTail}`);
const ntlm = registryValueKey(
  "system\\currentcontrolset\\services\\netlogon\\parameters",
  "auditntlmindomain",
);
const incoming = registryValueKey(
  "system\\currentcontrolset\\control\\lsa\\msv1_0",
  "auditreceivingntlmtraffic",
);

const audit = (value: number): Outcome => ({ kind: "value", value, type: null });
const dword = (value: number, type = 4): Outcome => ({ kind: "value", value, type });
const absent: Outcome = { kind: "absent" };
const anything: Outcome = { kind: "anything" };
const noMappings: Mappings = { attack: [], nist80053: [], pciDss: [], iso27001: [], cis: [] };

function requirement(
  setting: string,
  wanted: Expectation,
  ids: readonly number[],
  attack: readonly string[] = [],
) {
  return {
    setting,
    expect: wanted,
    events: ids.map((id) => ({ id, log: "Security", gated: id !== 4719 })),
    detections: ["what reads them"],
    mappings: { ...noMappings, attack },
  };
}

const atLeast = (value: 1 | 2 | 3): Expectation => ({ operator: "audit-at-least", value });
const anyOf = (...values: readonly number[]): Expectation => ({ operator: "dword-any-of", values });

const credentials = requirement(subcategory("3f"), atLeast(3), [4776]);
const groups = requirement(subcategory("37"), atLeast(1), [4728, 4729]);
const logon = requirement(subcategory("15"), atLeast(3), [4624, 4625]);
const certificates = requirement(subcategory("21"), atLeast(3), [4870]);
const policyChange = requirement(subcategory("2f"), atLeast(1), [4719, 4902]);
const inDomain = requirement(ntlm, anyOf(7), [8004]);

const log = requirement(
  registryValueKey(
    "software\\microsoft\\windows\\currentversion\\winevt\\channels\\microsoft-windows-ntlm/operational",
    "enabled",
  ),
  { operator: "dword-none-of", values: [0] },
  [8004],
);

type Row = readonly [
  name: string,
  asked: typeof credentials,
  outcomes: readonly Outcome[],
  events: readonly number[],
  partly: readonly number[],
];

describe("events that a failing requirement loses", () => {
  it.each<Row>([
    ["everything, where nothing is audited", credentials, [audit(0)], [4776], []],
    ["a half, where the other is audited", credentials, [audit(1)], [4776], [4776]],
    ["those of the missing side", logon, [audit(1)], [4625], []],
    ["those of the other missing side", logon, [audit(2)], [4624], []],
    ["success only, where failure alone is audited", groups, [audit(2)], [4728, 4729], []],
    ["the gated ones only", policyChange, [audit(0)], [4902], []],
    ["those without a documented side, where nothing is audited", certificates, [audit(0)], [4870], []],
    ["those that no GPO asks for", credentials, [absent], [4776], []],
    ["no more than in the best of several ends", credentials, [audit(0), audit(2)], [4776], [4776]],
    ["8004 without the value", inDomain, [absent], [8004], []],
    ["8004, switched off", inDomain, [dword(0)], [8004], []],
    ["8004 for some accounts", inDomain, [dword(3)], [8004], [8004]],
    ["8004, where the type is wrong", inDomain, [dword(7, 1)], [8004], []],
    ["8004, where its log is switched off", log, [dword(0)], [8004], []],
    [
      "8003 by the word of the pack",
      requirement(incoming, anyOf(2), [8002, 8003]),
      [dword(0)],
      [8002, 8003],
      [],
    ],
  ])("%s", (_name, asked, outcomes, events, partly) => {
    expect(lossOf(asked, "fail", outcomes)).toMatchObject({
      events,
      partly,
      detections: ["what reads them"],
    });
  });

  it.each<readonly [name: string, asked: typeof credentials, outcomes: readonly Outcome[]]>([
    ["an end that may be anything", credentials, [audit(0), anything]],
    ["both sides lost, but never the same", logon, [audit(1), audit(2)]],
    ["a half that no event depends on", requirement(subcategory("36"), atLeast(2), []), [audit(1)]],
    ["events whose side no document tells", certificates, [audit(1)]],
    ["an event of another subcategory", requirement(subcategory("36"), atLeast(1), [4776]), [audit(0)]],
    ["a number that no document explains", inDomain, [dword(2)]],
    [
      "a value that is forbidden because it writes",
      requirement(ntlm, { operator: "dword-none-of", values: [7] }, [8004]),
      [dword(7)],
    ],
    ["a log that is on by default", log, [absent]],
    ["a value that decides about no event", requirement(ntlm, anyOf(7), [4624]), [dword(0)]],
  ])("nothing for certain: %s", (_name, asked, outcomes) => {
    expect(lossOf(asked, "fail", outcomes)).toBeNull();
  });

  it.each(["pass", "unknown", "not-applicable"] as const)("nothing where the verdict is %s", (verdict) => {
    expect(lossOf(credentials, verdict, [audit(0)])).toBeNull();
  });

  it("leaves room for local policy where no GPO configures the setting", () => {
    expect(lossOf(credentials, "fail", [absent])?.certain).toBe(false);
    expect(lossOf(credentials, "fail", [audit(0)])?.certain).toBe(true);
  });
});

describe("techniques that go unseen", () => {
  const techniques = (asked: typeof credentials, ...outcomes: readonly Outcome[]) =>
    lossOf(asked, "fail", outcomes)?.techniques;

  it("come from the data, at most ten of them, where the pack names none", () => {
    expect(techniques(groups, audit(0))?.[0]).toBe("T1098");
    expect(techniques(requirement(subcategory("2b"), atLeast(1), [4688]), audit(0))).toHaveLength(10);
    expect(techniques(requirement(subcategory("37"), atLeast(1), [4728], ["T1136"]), audit(0))).toEqual([
      "T1136",
    ]);
    expect(techniques(requirement(ntlm, anyOf(7), [8004], ["T1110"]), dword(0))).toEqual(["T1110"]);
  });

  it("are not lost while the subcategory still writes something", () => {
    expect(techniques(credentials, audit(1))).toEqual([]);
    expect(techniques(logon, audit(1))).toEqual([]);
    expect(techniques(requirement(ntlm, anyOf(7), [8004], ["T1110"]), dword(3))).toEqual([]);
    // Failure alone brings no event of this subcategory.
    expect(techniques(groups, audit(2))).not.toEqual([]);
  });
});
