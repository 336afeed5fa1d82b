import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/model/effective.ts";
import type { Gpc } from "../../src/model/gpo.ts";
import type { GptPart, SettingValue } from "../../src/model/setting.ts";
import { auditCategoryKey, sceNoApplyLegacyKey } from "../../src/model/setting.ts";
import {
  audit,
  dcOu,
  domainDn,
  gpc,
  gpt,
  link,
  logon,
  credentialValidation,
  part,
  registry,
  siteDn,
  som,
} from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";

const category = auditCategoryKey("AuditAccountLogon");
const wmi: Partial<Gpc> = { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } };

interface Own {
  readonly parts: readonly GptPart[];
  readonly gpc?: Partial<Gpc>;
}

/** Outcomes of Credential Validation as values; "absent" and "anything" by name. GPO 1 is the strongest. */
function ends(...gpos: readonly Own[]): (SettingValue | string)[] {
  const target = resolveFirst({
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", []),
      som(dcOu, "ou", gpos.map((_, index) => link(index + 1)).reverse()),
    ],
    gpcs: gpos.map((own, index) => gpc(index + 1, own.gpc ?? {})),
    gpts: gpos.map((own, index) => gpt(index + 1, own.parts)),
  });
  return target.decide(credentialValidation).outcomes.map(({ outcome }) => short(outcome));
}

function short(outcome: Outcome): SettingValue | string {
  return outcome.kind === "value" ? outcome.value : outcome.kind;
}

const row = part("audit.csv", [audit(credentialValidation, 3)]);
const otherRow = part("audit.csv", [audit(logon, 3)]);
const template = (legacy: number | null, option: SettingValue | null, type = 4): GptPart =>
  part("GptTmpl.inf", [
    ...(legacy === null ? [] : [audit(category, legacy)]),
    ...(option === null ? [] : [registry(sceNoApplyLegacyKey, option, type)]),
  ]);

describe("legacy and advanced audit together", () => {
  const table: readonly [string, readonly Own[], readonly (SettingValue | string)[]][] = [
    ["nothing at all", [{ parts: [] }], ["absent"]],
    ["audit.csv alone", [{ parts: [row] }], [3]],
    ["audit.csv that does not list it clears it", [{ parts: [otherRow] }], [0]],
    ["both, option 1", [{ parts: [row, template(1, 1)] }], [3]],
    ["both, option 0: either may have been written last", [{ parts: [row, template(1, 0)] }], [3, 1]],
    ["both, option not set", [{ parts: [row, template(1, null)] }], [3, 1]],
    ["both with one value leave no doubt", [{ parts: [row, template(3, 0)] }], [3]],
    ["cleared, but legacy sets it", [{ parts: [otherRow, template(3, 0)] }], [0, 3]],
    ["legacy alone, option 0", [{ parts: [template(3, 0)] }], [3]],
    ["legacy alone, option 1: ignored", [{ parts: [template(3, 1)] }], ["absent"]],
    [
      "legacy alone, option not set: not documented for certain",
      [{ parts: [template(3, null)] }],
      ["absent", 3],
    ],
    ["an option that is no REG_DWORD settles nothing", [{ parts: [template(3, "1", 1)] }], ["absent", 3]],
    ["an undefined option value settles nothing", [{ parts: [template(3, 2)] }], ["absent", 3]],
    [
      "doubt about the option carries over",
      [{ parts: [template(null, 1)], gpc: wmi }, { parts: [template(1, 0), row] }],
      [3, 1],
    ],
    [
      "an undecided GPO with audit.csv may clear it",
      [{ parts: [otherRow], gpc: wmi }, { parts: [template(3, 0)] }],
      [3, 0],
    ],
    [
      "an undecided GPO with audit.csv beside one that clears anyway",
      [{ parts: [otherRow], gpc: wmi }, { parts: [otherRow] }],
      [0],
    ],
    [
      "legacy of another category does not matter",
      [{ parts: [row, part("GptTmpl.inf", [audit(auditCategoryKey("AuditSystemEvents"), 0)])] }],
      [3],
    ],
    ["a GPO that cannot be seen", [{ parts: [], gpc: { opaque: true } }, { parts: [row] }], [3, "anything"]],
    [
      "a weaker GPO that cannot be seen may bring a legacy value",
      [{ parts: [row] }, { parts: [], gpc: { opaque: true } }],
      [3, "anything"],
    ],
    // Its Registry.xml, if it has one, would run after GptTmpl.inf and could switch the option off.
    [
      "… past the option too",
      [{ parts: [row, template(null, 1)] }, { parts: [], gpc: { opaque: true } }],
      [3, "anything"],
    ],
  ];
  for (const [title, gpos, expected] of table) {
    it(title, () => {
      expect(ends(...gpos)).toEqual(expected);
    });
  }

  it("one undecided GPO brings option and row together: no world holds only one of them", () => {
    // Either the GPO applies (option 1, row 3), or it does not (legacy 3 with option 0): Success and Failure both times.
    expect(ends({ parts: [row, template(null, 1)], gpc: wmi }, { parts: [template(3, 0)] })).toEqual([3]);
  });
});

describe("gaps", () => {
  it("a missing SOM leaves every setting open", () => {
    const target = resolveFirst({
      soms: [som(siteDn, "site", []), som(domainDn, "domain", [link(1)])],
      gpcs: [gpc(1)],
      gpts: [gpt(1, [row])],
    });
    expect(target.policy.gaps).toMatchObject([{ code: "som-missing" }]);
    expect(target.decide(credentialValidation).outcomes.map(({ outcome }) => outcome.kind)).toEqual([
      "value",
      "anything",
    ]);
    expect(target.settings()).toMatchObject([{ certainty: "unknown" }]);
  });

  it("no sites at all is a gap until the user vouches for them", () => {
    const spec = {
      soms: [som(domainDn, "domain", []), som(dcOu, "ou", [link(1)])],
      gpcs: [gpc(1)],
      gpts: [gpt(1, [row])],
      more: { hasSites: false, servers: new Map() },
    };
    expect(resolveFirst(spec).policy).toMatchObject({ site: null, gaps: [{ code: "no-sites" }] });
    expect(resolveFirst(spec, { assumeNoSiteLinks: true }).policy.gaps).toEqual([]);
  });

  it("a DC without a server object stands in no site, which is no gap", () => {
    const { policy } = resolveFirst({
      soms: [som(siteDn, "site", [link(1)]), som(domainDn, "domain", []), som(dcOu, "ou", [])],
      gpcs: [gpc(1)],
      gpts: [gpt(1, [row])],
      more: { servers: new Map() },
    });
    expect(policy).toMatchObject({ site: null, gaps: [], candidates: [] });
  });

  it("the site keeps its name where only its object is missing", () => {
    const { policy } = resolveFirst({
      soms: [som(domainDn, "domain", []), som(dcOu, "ou", [])],
      gpcs: [],
      gpts: [],
      more: { hasSites: false },
    });
    expect(policy).toMatchObject({ site: "Berlin", gaps: [{ code: "no-sites" }] });
  });
});

describe("assumptions", () => {
  it("a WMI filter settled by hand", () => {
    const own = { parts: [row], gpc: { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } } };
    const resolve = (answer: boolean) =>
      resolveFirst(
        {
          soms: [som(siteDn, "site", []), som(domainDn, "domain", []), som(dcOu, "ou", [link(1)])],
          gpcs: [gpc(1, own.gpc)],
          gpts: [gpt(1, own.parts)],
        },
        { wmiFilters: new Map([["b0", answer]]) },
      ).policy.candidates[0];
    expect(resolve(true)).toMatchObject({ state: "applied", reason: null });
    expect(resolve(false)).toMatchObject({ state: "excluded", reason: "wmi-filter" });
  });
});
