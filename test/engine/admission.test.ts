import { describe, expect, it } from "vitest";
import type { Ace, Gpc } from "../../src/model/gpo.ts";
import type { Gpt } from "../../src/model/gpo.ts";
import {
  ace,
  applyRight,
  audit,
  dc,
  dcOu,
  descriptor,
  domainDn,
  domainSid,
  gpc,
  gpt,
  link,
  logon,
  part,
  siteDn,
  som,
} from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";

const groupSid = `${domainSid}-1105`;
const group = {
  dn: `CN=Auditing,${domainDn}`,
  sid: groupSid,
  members: [] as string[],
  membersIncomplete: false,
};

function candidate(
  more: Partial<Gpc>,
  gptMore: Partial<Gpt> = {},
  options: { role?: "dc" | "rodc"; members?: string[]; group?: boolean } = {},
) {
  const rodc = { role: "rodc" as const, primaryGroupId: 521 };
  const { policy } = resolveFirst({
    computers: [dc("DC1", dcOu, options.role === "rodc" ? rodc : {})],
    soms: [som(siteDn, "site", []), som(domainDn, "domain", []), som(dcOu, "ou", [link(1)])],
    gpcs: [gpc(1, more)],
    gpts: [gpt(1, [part("audit.csv", [audit(logon, 3)])], gptMore)],
    groups: options.group === false ? [] : [{ ...group, members: options.members ?? [] }],
  });
  return policy.candidates[0];
}

function ini(machineVersion: number | null): Partial<Gpt> {
  return { gptIni: { path: "GPT.INI", location: { path: "GPT.INI", line: 2 }, machineVersion } };
}

describe("admission", () => {
  const read = ace("allow", "S-1-5-11", 0x20094);
  const apply = (sid: string, type: "allow" | "deny" = "allow", more: Partial<Ace> = {}): Ace =>
    ace(type, sid, 0x100, { objectType: applyRight, ...more });
  const dacl = (...aces: Ace[]): Partial<Gpc> => ({ securityDescriptor: descriptor(aces) });

  const table: readonly [string, Partial<Gpc>, Partial<Gpt>, string, string | null][] = [
    ["nothing against it", {}, {}, "applied", null],
    [
      "case 114: functionality version 1",
      { functionalityVersion: 1 },
      {},
      "excluded",
      "functionality-version",
    ],
    ["functionality version absent", { functionalityVersion: null }, {}, "excluded", "functionality-version"],
    [
      "functionality version unreadable",
      { functionalityVersion: "malformed" },
      {},
      "unknown",
      "functionality-version",
    ],
    ["flags 1 is the user side", { flags: 1 }, {}, "applied", null],
    ["flags 2", { flags: 2 }, {}, "excluded", "computer-settings-disabled"],
    ["flags 3", { flags: 3 }, {}, "excluded", "computer-settings-disabled"],
    ["flags unreadable", { flags: "malformed" }, {}, "unknown", "computer-settings-disabled"],
    [
      "no extension",
      { extensions: { effective: [], ineffective: [], damaged: false } },
      {},
      "excluded",
      "no-extensions",
    ],
    [
      "extension list damaged",
      { extensions: { effective: [], ineffective: [], damaged: true } },
      {},
      "unknown",
      "no-extensions",
    ],
    ["both machine versions 0", { machineVersion: 0 }, ini(0), "excluded", "empty"],
    ["one half 0", { machineVersion: 0 }, ini(4), "applied", null],
    ["one half unreadable, the other 0", { machineVersion: 0 }, ini(null), "unknown", "empty"],
    ["versions differ", { machineVersion: 7 }, ini(5), "applied", null],
    ["GPT folder empty", {}, { empty: true }, "unknown", "missing"],
    ["GPT folder unreadable", {}, { unreadable: { code: "x", text: "no" } }, "unknown", "missing"],
    ["GPC opaque", { opaque: true, functionalityVersion: null }, {}, "unknown", "missing"],
    [
      "case 113: WMI filter whose object is missing",
      { wmiFilter: { id: "b", name: null, query: null, found: false } },
      {},
      "unknown",
      "wmi-filter",
    ],
    [
      "a definite exclusion beats a doubt",
      { wmiFilter: { id: "b", name: null, query: null, found: true }, flags: 2 },
      {},
      "excluded",
      "computer-settings-disabled",
    ],
    [
      "the first reason counts",
      { functionalityVersion: 1, flags: 2 },
      {},
      "excluded",
      "functionality-version",
    ],
    ["no descriptor", { securityDescriptor: { state: "absent" } }, {}, "unknown", "security-filtering"],
    [
      "malformed descriptor",
      { securityDescriptor: { state: "malformed", detail: "cut" } },
      {},
      "unknown",
      "security-filtering",
    ],
    ["null DACL", { securityDescriptor: descriptor(null) }, {}, "applied", null],
    ["empty DACL", dacl(), {}, "excluded", "security-filtering"],
    [
      "case 110: deny for enterprise DCs before allow",
      dacl(read, apply("S-1-5-9", "deny"), apply("S-1-5-11")),
      {},
      "excluded",
      "security-filtering",
    ],
    ["allow before deny", dacl(read, apply("S-1-5-11"), apply("S-1-5-9", "deny")), {}, "applied", null],
    [
      "case 112: apply only for domain computers",
      dacl(read, apply(`${domainSid}-515`)),
      {},
      "excluded",
      "security-filtering",
    ],
    ["apply for domain controllers", dacl(read, apply(`${domainSid}-516`)), {}, "applied", null],
    ["apply without read", dacl(apply("S-1-5-11")), {}, "excluded", "security-filtering"],
    ["read without apply", dacl(read), {}, "excluded", "security-filtering"],
    [
      "administrators edit, which is not apply",
      dacl(read, ace("allow", "S-1-5-32-544", 0xf00ff)),
      {},
      "excluded",
      "security-filtering",
    ],
    ["full control holds apply", dacl(ace("allow", "S-1-5-9", 0xf01ff)), {}, "applied", null],
    ["generic all holds apply", dacl(ace("allow", "S-1-1-0", 0x10000000)), {}, "applied", null],
    [
      "an inherit-only entry does not count",
      dacl(read, apply("S-1-5-11", "allow", { inheritOnly: true })),
      {},
      "excluded",
      "security-filtering",
    ],
    [
      "another extended right does not count",
      dacl(read, apply("S-1-5-11", "allow", { objectType: "0" })),
      {},
      "excluded",
      "security-filtering",
    ],
    [
      "a conditional entry decides",
      dacl(read, apply("S-1-5-11", "allow", { conditional: true })),
      {},
      "unknown",
      "security-filtering",
    ],
    [
      "a conditional entry for somebody else",
      dacl(read, apply("S-1-5-18", "deny", { conditional: true }), apply("S-1-5-11")),
      {},
      "applied",
      null,
    ],
    [
      "a conditional entry that changes nothing",
      dacl(read, apply("S-1-5-9", "allow", { conditional: true }), apply("S-1-5-11")),
      {},
      "applied",
      null,
    ],
    [
      "an unknown trustee that changes nothing",
      dacl(read, apply("S-1-5-21-9-9-9-1234"), apply("S-1-5-11")),
      {},
      "applied",
      null,
    ],
    [
      "an unknown trustee decides",
      dacl(read, apply("S-1-5-21-9-9-9-1234")),
      {},
      "unknown",
      "security-filtering",
    ],
    [
      "an unknown trustee may be denied",
      dacl(read, apply("S-1-5-21-9-9-9-1234", "deny"), apply("S-1-5-11")),
      {},
      "unknown",
      "security-filtering",
    ],
    ["a group without the DC", dacl(read, apply(groupSid)), {}, "excluded", "security-filtering"],
    ["redirected gPCFileSysPath", { fileSysPath: "\\\\other\\share\\x" }, {}, "applied", null],
  ];
  for (const [title, more, gptMore, state, reason] of table) {
    it(title, () => {
      expect(candidate(more, gptMore)).toMatchObject({ state, reason });
    });
  }

  it("a group that holds the DC", () => {
    expect(candidate(dacl(read, apply(groupSid)), {}, { members: [`CN=DC1,${dcOu}`] })).toMatchObject({
      state: "applied",
    });
  });

  it("a group with a member that was not exported may hold the DC", () => {
    expect(candidate(dacl(read, apply(groupSid)), {}, { members: ["CN=Nested,DC=other"] })).toMatchObject({
      state: "unknown",
    });
  });

  it("a group that is not in the data", () => {
    expect(candidate(dacl(read, apply(groupSid)), {}, { group: false })).toMatchObject({ state: "unknown" });
  });

  it("a read-only DC has 521 and not 516; whether it has S-1-5-9 is not known", () => {
    const rodc = { role: "rodc" } as const;
    expect(candidate(dacl(read, apply(`${domainSid}-516`)), {}, rodc)).toMatchObject({ state: "excluded" });
    expect(candidate(dacl(read, apply(`${domainSid}-521`)), {}, rodc)).toMatchObject({ state: "applied" });
    expect(candidate(dacl(read, apply("S-1-5-9")), {}, rodc)).toMatchObject({ state: "unknown" });
  });

  it("doubts about an applied GPO are named", () => {
    expect(candidate({ machineVersion: 0 }, ini(4))?.doubt?.code).toBe("gpo.version-half-zero");
    expect(
      candidate({
        fileSysPath:
          "\\\\corp.example\\SysVol\\corp.example\\Policies\\{A0000000-0000-4000-8000-000000000001}",
      })?.doubt,
    ).toBeNull();
    expect(candidate({ fileSysPath: "\\\\other\\share\\x" })?.doubt?.code).toBe("gpo.redirected");
    expect(candidate({}, { gptIni: null })?.doubt?.code).toBe("gpo.version-unreadable");
  });

  describe("imported or restored", () => {
    const nobody = descriptor([]);
    const everybody = descriptor(null);
    const filter = { id: "b", name: "Filter", query: "select", found: true };
    const as = (
      kept: Partial<Gpc>,
      restored: Partial<NonNullable<Gpc["restored"]>>,
    ): [string, string | null, string | null] => {
      const base = { flags: 0, securityDescriptor: everybody, wmiFilter: null };
      const found = candidate({ ...base, ...kept, restored: { ...base, ...kept, ...restored } });
      if (found === undefined) throw new Error("no candidate");
      return [found.state, found.reason, found.detail];
    };

    it("both ways to the same end change nothing", () => {
      expect(as({}, { securityDescriptor: descriptor([ace("allow", "S-1-5-11", 0xf01ff)]) })).toEqual([
        "applied",
        null,
        null,
      ]);
      expect(as({ securityDescriptor: nobody }, { securityDescriptor: everybody, flags: 2 })).toEqual([
        "excluded",
        "security-filtering",
        "no entry of its security descriptor lets this computer apply it",
      ]);
      const noExtensions = { extensions: { effective: [], ineffective: [], damaged: false } };
      expect(as(noExtensions, { securityDescriptor: { state: "absent" } }).slice(0, 2)).toEqual([
        "excluded",
        "no-extensions",
      ]);
      expect(as({ wmiFilter: filter }, { wmiFilter: { ...filter, name: null, found: false } })[2]).toBe(
        "WMI filter 'Filter' decides: select",
      );
    });

    it("different ends are undecided, and both are named", () => {
      expect(as({}, { securityDescriptor: nobody })).toEqual([
        "unknown",
        "security-filtering",
        "an import keeps its security filtering and it applies, a restore brings that of the backup and it does not: no entry of its security descriptor lets this computer apply it",
      ]);
      expect(as({ flags: 2 }, { flags: 0, wmiFilter: filter })).toEqual([
        "unknown",
        "computer-settings-disabled",
        "an import keeps its WMI filter and status and it does not, a restore brings those of the backup and it may or may not: its computer settings are disabled; WMI filter 'Filter' decides: select",
      ]);
    });

    it("one way that is undecided leaves the whole undecided", () => {
      const absent = { securityDescriptor: { state: "absent" as const } };
      expect(as({}, absent).slice(0, 2)).toEqual(["unknown", "security-filtering"]);
      expect(as(absent, { securityDescriptor: everybody }).slice(0, 2)).toEqual([
        "unknown",
        "security-filtering",
      ]);
      expect(as(absent, { securityDescriptor: nobody }).slice(0, 2)).toEqual([
        "unknown",
        "security-filtering",
      ]);
      // Settling the one does not settle the other.
      expect(as(absent, { securityDescriptor: everybody, wmiFilter: filter })[2]).toBe(
        "an import keeps its security filtering and WMI filter and it may or may not, a restore brings those of the backup and it may or may not: its security descriptor is not in the directory data, so nobody can say whether it is filtered; WMI filter 'Filter' decides: select",
      );
    });
  });

  it("a GPO that Windows reads from elsewhere may set anything, over a weaker one that says the same too", () => {
    const target = resolveFirst({
      soms: [som(siteDn, "site", []), som(domainDn, "domain", [link(2)]), som(dcOu, "ou", [link(1)])],
      gpcs: [gpc(1, { fileSysPath: "\\\\other\\share\\x" }), gpc(2)],
      gpts: [1, 2].map((number) => gpt(number, [part("audit.csv", [audit(logon, 3)])])),
    });
    expect(target.setting(logon)).toMatchObject({ value: 3, certainty: "unknown" });
    expect(target.decide(logon).outcomes.map(({ outcome }) => outcome.kind)).toContain("anything");
  });

  describe("saved content", () => {
    const saved = (by: "backup" | "report", machineVersion: number | null): Partial<Gpt> => ({
      saved: { by, machineVersion },
    });

    it("is in doubt unless the directory has the version that it was saved with", () => {
      expect(candidate({ machineVersion: 3 }, saved("backup", 3))).toMatchObject({
        state: "applied",
        doubt: null,
      });
      expect(candidate({ machineVersion: 5 }, saved("backup", 3))).toMatchObject({
        state: "applied",
        doubt: {
          code: "gpo.saved-version",
          text: "its content is from a backup of version 3, and the directory has version 5: it may have changed since",
        },
      });
      expect(candidate({ machineVersion: 5 }, saved("report", null))?.doubt?.text).toBe(
        "its content is from a report that does not tell its version, and the directory has version 5: it may have changed since",
      );
      expect(candidate({ machineVersion: null }, saved("backup", null))?.doubt?.text).toBe(
        "its content is from a backup that does not tell its version, and the version in the directory is not known: it may have changed since",
      );
    });

    it("may set by now what a weaker GPO sets and it did not, but nothing that it lists no extension for", () => {
      const decide = (version: number, more: Partial<Gpc> = {}) =>
        resolveFirst({
          soms: [som(siteDn, "site", []), som(domainDn, "domain", [link(2)]), som(dcOu, "ou", [link(1)])],
          gpcs: [gpc(1, { machineVersion: version, ...more }), gpc(2)],
          gpts: [gpt(1, [], saved("backup", 3)), gpt(2, [part("audit.csv", [audit(logon, 3)])])],
        }).decide(logon);
      const value = { kind: "value", value: 3, type: null };
      expect(decide(3).outcomes.map(({ outcome }) => outcome)).toEqual([value]);
      expect(decide(4).outcomes.map(({ outcome }) => outcome)).toEqual([value, { kind: "anything" }]);
      const other = { effective: ["0"], ineffective: [], damaged: false };
      expect(decide(4, { extensions: other }).outcomes.map(({ outcome }) => outcome)).toEqual([value]);
    });
  });

  it("of two folders of one GPO none counts, and that is said", () => {
    const { policy } = resolveFirst({
      soms: [som(siteDn, "site", []), som(domainDn, "domain", []), som(dcOu, "ou", [link(1)])],
      gpcs: [gpc(1)],
      gpts: [gpt(1, []), gpt(1, [], { path: "other" })],
    });
    expect(policy.candidates).toMatchObject([
      {
        state: "unknown",
        reason: "missing",
        detail: "its content is there more than once, and nobody says which one counts",
      },
    ]);
  });
});
