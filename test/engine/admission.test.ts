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
});
