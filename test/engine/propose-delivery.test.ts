import { describe, expect, it } from "vitest";
import type { ProposeOptions } from "../../src/engine/propose.ts";
import type { ExtensionList, Gpc, Gpt } from "../../src/model/gpo.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import {
  auditExtension,
  dcOu,
  descriptor,
  domainDn,
  gpc,
  gpt,
  link,
  logon,
  siteDn,
  som,
} from "../util/domain.ts";
import { atDcOu, factsOf, nowhere, proposal, resolveProposed, sets } from "../util/proposals.ts";

const assumed: ProposeOptions = { ...atDcOu, assumeDelivered: true };
const damaged: ExtensionList = { effective: [], ineffective: [], damaged: true };
const withoutAudit: ExtensionList = { effective: ["0"], ineffective: [], damaged: false };
const nobody = descriptor([]);
const folder = { source: "sysvol", facts: null } as const;

function ini(machineVersion: number | null): Gpt["gptIni"] {
  return { path: "GPT.INI", location: { path: "GPT.INI", line: 2 }, machineVersion };
}

/** GPO 1 at the OU, stronger than GPO 2 at the domain, which sets 1; the proposal is for GPO 1, or for a new one. */
function judge(existing: Partial<Gpc> | null, given: Proposal, options: ProposeOptions) {
  const spec = {
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", [link(2)]),
      som(dcOu, "ou", existing === null ? [] : [link(1)]),
    ],
    gpcs: [...(existing === null ? [] : [gpc(1, existing)]), gpc(2)],
    gpts: [...(existing === null ? [] : [gpt(1, [])]), sets(2, 1)],
  };
  const { target, placements } = resolveProposed(spec, [given], options);
  const [{ state, reason, doubt } = { state: null, reason: null, doubt: null }] = target.policy.candidates;
  const setting = target.setting(logon);
  return {
    gpo: reason === null ? state : `${state ?? ""} ${reason}`,
    doubt: doubt?.code ?? null,
    setting: setting === null ? null : `${JSON.stringify(setting.value)} ${setting.certainty}`,
    notes: placements.flatMap(({ notes }) => notes),
  };
}

describe("a proposal that replaces a GPO", () => {
  const over = (existing: Partial<Gpc>, more: Partial<Proposal>, options = nowhere) =>
    judge(existing, proposal(1, 3, more), options);

  it("brings its extension list", () => {
    expect(over({ extensions: withoutAudit }, {})).toMatchObject({ gpo: "applied", setting: "3 known" });
    const facts = factsOf(1, { extensions: withoutAudit });
    for (const options of [nowhere, assumed]) {
      expect(over({}, { facts }, options)).toMatchObject({ gpo: "applied", setting: "1 known" });
    }
  });

  it("as a plain folder leaves the directory half as it is", () => {
    expect(over({ extensions: withoutAudit }, folder)).toMatchObject({ setting: "1 known", notes: [] });
    expect(over({ extensions: withoutAudit }, folder, assumed)).toMatchObject({ setting: "3 known" });
    expect(over({ flags: 2 }, folder, assumed)).toMatchObject({ gpo: "excluded computer-settings-disabled" });
    const untouched = { ...folder, gpt: { ...sets(1, 3), gptIni: ini(0) } };
    expect(over({ machineVersion: 0 }, untouched)).toMatchObject({ gpo: "excluded empty" });
    expect(over({ machineVersion: 0 }, untouched, assumed)).toMatchObject({ gpo: "applied", doubt: null });
  });

  it("keeps or brings its filtering, and which of both nobody says", () => {
    expect(over({}, { facts: factsOf(1, { securityDescriptor: nobody, flags: 2 }) })).toMatchObject({
      gpo: "unknown computer-settings-disabled",
      setting: "1 unknown",
      notes: [
        "an import keeps its security filtering and status, a restore brings those of the backup: where that matters it is undecided",
      ],
    });
    expect(over({ securityDescriptor: nobody }, {})).toMatchObject({ gpo: "unknown security-filtering" });
    expect(over({ flags: 1 }, {})).toMatchObject({ gpo: "applied", setting: "3 known" });
  });

  it("from a backup that shows nothing of the directory half is undecided: an import changes the list", () => {
    expect(over({}, { facts: null })).toMatchObject({
      gpo: "unknown no-extensions",
      setting: "1 unknown",
    });
    expect(over({}, { facts: null }, assumed)).toMatchObject({ gpo: "applied", setting: "3 known" });
  });

  it("of version 0 on both sides may count all the same: an import raises the version", () => {
    const facts = factsOf(1, { machineVersion: 0 });
    const content = { ...sets(1, 3), gptIni: ini(0) };
    expect(over({ machineVersion: 4 }, { facts, gpt: content })).toMatchObject({
      gpo: "unknown empty",
      setting: "1 unknown",
      notes: [
        "its version is 0 on both sides, which counts as empty: an import raises it, and whether a restore does is not documented",
      ],
    });
    expect(over({}, { facts, gpt: content }, assumed)).toMatchObject({ gpo: "applied", doubt: null });
    expect(over({}, { facts, gpt: { ...content, parts: [] } })).toMatchObject({ gpo: "excluded empty" });
    expect(over({}, { facts, gpt: { ...sets(1, 3), gptIni: ini(2) } })).toMatchObject({
      gpo: "applied",
      doubt: "gpo.version-half-zero",
    });
  });
});

describe("a new GPO", () => {
  const anew = (more: Partial<Proposal>, options = atDcOu) => judge(null, proposal(7, 3, more), options);

  it("is what its source tells", () => {
    expect(anew({})).toMatchObject({ gpo: "applied", setting: "3 known", notes: [] });
    expect(anew({ facts: factsOf(7, { flags: 2 }) }, assumed)).toMatchObject({ setting: "1 known" });
    expect(anew({ facts: factsOf(7, { securityDescriptor: nobody }) }, assumed)).toMatchObject({
      gpo: "excluded security-filtering",
    });
  });

  it("of version 0 on both sides is undecided too", () => {
    const content = { ...sets(7, 3), gptIni: ini(0) };
    expect(anew({ facts: factsOf(7, { machineVersion: 0 }), gpt: content })).toMatchObject({
      gpo: "unknown empty",
      setting: "1 unknown",
    });
  });

  it("from a folder is undecided until the user vouches for it", () => {
    expect(anew(folder)).toMatchObject({ gpo: "unknown no-extensions", setting: "1 unknown" });
    expect(anew(folder).notes).toEqual([
      "its source does not show its extensions, security filtering and status, so its delivery is undecided: --assume delivered vouches for it",
    ]);
    const noIni = { ...folder, gpt: { ...sets(7, 3), gptIni: null } };
    expect(anew(noIni, assumed)).toMatchObject({
      gpo: "applied",
      doubt: null,
      setting: "3 known",
      notes: [],
    });
  });

  it("of which nobody could see the files is undecided, vouched for or not", () => {
    const empty = { ...sets(7, 3), parts: [], empty: true };
    expect(anew({ ...folder, gpt: empty }, assumed)).toMatchObject({ gpo: "unknown missing" });
  });

  const doubts: readonly [string, Partial<Proposal>, string][] = [
    ["a damaged extension list", { facts: factsOf(7, { extensions: damaged }) }, "unknown no-extensions"],
    [
      "a report's extension list, which is never shown",
      { source: "report", facts: factsOf(7, { extensions: damaged }) },
      "unknown no-extensions",
    ],
    [
      "an absent descriptor",
      { facts: factsOf(7, { securityDescriptor: { state: "absent" } }) },
      "unknown security-filtering",
    ],
    ["malformed flags", { facts: factsOf(7, { flags: "malformed" }) }, "unknown computer-settings-disabled"],
    [
      "no version at all",
      { facts: factsOf(7, { machineVersion: null }), gpt: { ...sets(7, 3), gptIni: ini(null) } },
      "unknown empty",
    ],
  ];
  for (const [title, more, before] of doubts) {
    it(`${title} is a doubt that --assume delivered settles`, () => {
      expect(anew(more).gpo).toBe(before);
      expect(anew(more, assumed)).toMatchObject({ gpo: "applied", doubt: null, setting: "3 known" });
    });
  }

  const facts: readonly [string, Partial<Proposal>, string][] = [
    ["a list without the extension", { facts: factsOf(7, { extensions: withoutAudit }) }, "applied"],
    [
      "an extension that is listed out of order",
      {
        facts: factsOf(7, {
          extensions: { effective: ["0"], ineffective: [auditExtension], damaged: false },
        }),
      },
      "applied",
    ],
    [
      "a descriptor that cannot be read",
      { facts: factsOf(7, { securityDescriptor: { state: "malformed", detail: "cut" } }) },
      "unknown security-filtering",
    ],
    [
      "a WMI filter",
      { facts: factsOf(7, { wmiFilter: { id: "b", name: null, query: null, found: false } }) },
      "unknown wmi-filter",
    ],
  ];
  for (const [title, more, state] of facts) {
    it(`${title} is nothing that --assume delivered settles`, () => {
      expect(anew(more, assumed).gpo).toBe(state);
      expect(anew(more, assumed)).toEqual(anew(more));
      expect(anew(more).setting).toMatch(/^1 /);
    });
  }
});
