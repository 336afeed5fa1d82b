import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildChain } from "../../src/checks/chain.ts";
import type { Outcome } from "../../src/model/effective.ts";
import { eventLogKey, eventLogSizeKey, rowsFor } from "../../src/model/event-logs.ts";
import type { Gpc } from "../../src/model/gpo.ts";
import type { GptPart, PartKind, SettingKey, SettingValue, Write } from "../../src/model/setting.ts";
import { eventLogPrefix, registryValueKey, registryValuePrefix } from "../../src/model/setting.ts";
import { dcOu, domainDn, gpc, gpt, guidOf, link, part, siteDn, som } from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";

const key = eventLogSizeKey("Security");
const policyKey = registryValueKey("Software\\Policies\\Microsoft\\Windows\\EventLog\\Security", "MaxSize");
const serviceKey = registryValueKey("System\\CurrentControlSet\\Services\\EventLog\\Security", "MaxSize");
const sectionKey = eventLogKey("Security") ?? "";
const channel = "Microsoft-Windows-NTLM/Operational";
const channelKey = registryValueKey(
  `Software\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\${channel}`,
  "MaxSize",
);
const doubt = { code: "test", text: "it is a test" };
const wmi: Partial<Gpc> = { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } };

let line = 0;
const frame = () => ({ location: { path: "file", line: ++line }, quote: "row", doubt: null });
const set = (written: SettingKey, value: SettingValue, type: number | null = 4): Write => ({
  action: "set",
  key: written,
  value,
  type,
  alternatives: [],
  ...frame(),
});
const policy = (kilobytes: SettingValue, type = 4): Write => set(policyKey, kilobytes, type);
const service = (bytes: SettingValue, type = 4): Write => set(serviceKey, bytes, type);
const section = (kilobytes: number): Write => set(sectionKey, kilobytes, null);
const remove = (written: SettingKey): Write => ({ action: "delete", key: written, ...frame() });
const lost = (kind: PartKind, keyPrefix: string): GptPart => part(kind, [], { open: [{ keyPrefix, doubt }] });
const pol = (...writes: Write[]): GptPart => part("registry.pol", writes);
const inf = (...writes: Write[]): GptPart => part("GptTmpl.inf", writes);
const gpp = (...writes: Write[]): GptPart => part("GPP Registry.xml", writes);

interface Own {
  readonly parts: readonly GptPart[];
  readonly gpc?: Partial<Gpc>;
}

/** GPO 1 is the strongest. */
function resolve(...gpos: readonly Own[]) {
  return resolveFirst({
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", []),
      som(dcOu, "ou", gpos.map((_, index) => link(index + 1)).reverse()),
    ],
    gpcs: gpos.map((own, index) => gpc(index + 1, own.gpc ?? {})),
    gpts: gpos.map((own, index) => gpt(index + 1, own.parts)),
  });
}

const short = (outcome: Outcome): SettingValue => (outcome.kind === "value" ? outcome.value : outcome.kind);
const endsOf = (asked: SettingKey, gpos: readonly Own[]): readonly SettingValue[] =>
  resolve(...gpos)
    .decide(asked)
    .outcomes.map(({ outcome }) => short(outcome));
const one = (...parts: readonly GptPart[]): readonly Own[] => [{ parts }];

describe("the size of the security log", () => {
  const table: readonly [string, readonly Own[], readonly SettingValue[]][] = [
    ["nowhere", one(), ["absent"]],
    ["the policy is in KB", one(pol(policy(196_608))), [196_608]],
    ["the service is in bytes", one(pol(service(201_326_592))), [196_608]],
    ["bytes are rounded down", one(pol(service(201_326_591))), [196_607]],
    ["the template is in KB", one(inf(section(196_608))), [196_608]],
    [
      "the policy comes first, whatever GPO it is of",
      [{ parts: [inf(section(64)), gpp(service(65_536))] }, { parts: [pol(policy(196_608))] }],
      [196_608],
    ],
    [
      "a policy that is removed leaves it to the others",
      [{ parts: [pol(remove(policyKey))] }, { parts: [pol(policy(196_608)), inf(section(64))] }],
      [64],
    ],
    [
      "two extensions that differ about the policy",
      one(pol(policy(64)), gpp(remove(policyKey)), inf(section(128))),
      [128, 64],
    ],
    ["service and template that agree", one(pol(service(65_536)), inf(section(64))), [64]],
    [
      "service and template that differ: either may stand",
      one(pol(service(65_536)), inf(section(128))),
      [128, 64],
    ],
    [
      "… whatever GPOs they are of",
      [{ parts: [gpp(service(65_536))] }, { parts: [inf(section(128))] }],
      [64, 128],
    ],
    [
      "a registry value beside the section in one template",
      one(inf(service(65_536), section(128))),
      [128, 64],
    ],
    [
      "a later extension that removes what the template sets",
      one(inf(section(128)), gpp(remove(serviceKey))),
      ["absent", 128],
    ],
    ["the strongest template", [{ parts: [inf(section(128))] }, { parts: [inf(section(64))] }], [128]],
    [
      "an undecided policy",
      [{ parts: [pol(policy(64))], gpc: wmi }, { parts: [inf(section(128))] }],
      [128, 64],
    ],
    [
      "an undecided GPO brings both places together",
      [{ parts: [pol(policy(128)), inf(section(64))], gpc: wmi }, { parts: [inf(section(128))] }],
      [128],
    ],
    ["a policy that is no REG_DWORD", one(pol(policy("196608", 1))), ["absent", "anything"]],
    ["… above the template", one(pol(policy("196608", 1)), inf(section(128))), [128, "anything"]],
    ["a policy in 64 bits", one(pol(policy(196_608, 11))), ["absent", "anything"]],
    ["a policy in the wrong order of bytes", one(pol(policy(196_608, 5))), ["absent", "anything"]],
    ["a service value that is no REG_DWORD", one(pol(service("c00000", 3))), ["absent", "anything"]],
    ["… below a policy", one(pol(policy(196_608), service("c00000", 3))), [196_608]],
    [
      "a row that contradicts another of another type",
      one(inf({ ...set(policyKey, 196_608), alternatives: ["1"] } as Write)),
      ["absent", "anything"],
    ],
    ["contradicting rows", one(inf({ ...section(128), alternatives: [64] } as Write)), [128, 64]],
    [
      "only where none is yet",
      one(gpp({ ...service(65_536), action: "set-if-absent" } as Write)),
      [64, "anything"],
    ],
    [
      "a lost part of registry.pol",
      one(lost("registry.pol", registryValuePrefix), inf(section(128))),
      [128, "anything"],
    ],
    [
      "a lost part of the template, which may hold the policy too",
      one(pol(policy(196_608)), lost("GptTmpl.inf", registryValuePrefix)),
      [196_608, "anything"],
    ],
    [
      "a lost section below a certain policy",
      one(pol(policy(196_608)), lost("GptTmpl.inf", eventLogPrefix)),
      [196_608],
    ],
    [
      "a lost section, and no policy",
      one(pol(service(65_536)), lost("GptTmpl.inf", eventLogPrefix)),
      [64, "anything"],
    ],
    [
      "a registry.pol that cannot be read",
      one(part("registry.pol", [], { unreadable: true }), inf(section(128))),
      [128, "anything"],
    ],
    [
      "a GPO that cannot be seen",
      [{ parts: [], gpc: { opaque: true } }, { parts: [inf(section(128))] }],
      [128, "anything"],
    ],
  ];
  it.each(table)("%s", (_, gpos, expected) => {
    expect(endsOf(key, gpos)).toEqual(expected);
  });

  it("says why it may end otherwise", () => {
    const { outcomes } = resolve({ parts: [pol(service(65_536)), inf(section(128))] }).decide(key);
    expect(outcomes.map(({ because }) => because)).toEqual([
      "",
      "two rows write it differently, and either may be written last",
    ]);
    const text = resolve({ parts: [pol(policy("196608", 1))] }).decide(key);
    expect(text.outcomes.map(({ because }) => because)).toEqual([
      "the unusable row 'row' is ignored",
      "the unusable row 'row' counts for something",
    ]);
  });

  it("is told by explain in KB, with the row that decides", () => {
    const target = resolve(
      { parts: [pol(remove(policyKey))] },
      { parts: [pol(policy(64), service(201_326_592))] },
      { parts: [inf(section(196_608))] },
      { parts: [pol(policy("1", 1))] },
    );
    const decision = target.decide(key);
    expect(decision).toMatchObject({ key, via: "setting", winner: { guid: guidOf(3), value: 196_608 } });
    expect(buildChain(target.policy.candidates, decision, {}).map(({ role, text }) => [role, text])).toEqual([
      ["loser", "removes the value"],
      ["loser", "sets 64 KB and loses to a stronger one"],
      ["winner", "sets 196608 KB and wins"],
      ["loser", "sets something unusable and loses to a stronger one"],
    ]);
  });

  it("shows the row that decides where its GPO has another one", () => {
    const target = resolve(
      { parts: [pol(remove(policyKey))] },
      { parts: [pol(policy(64)), inf(section(128))] },
    );
    const decision = target.decide(key);
    expect(
      buildChain(target.policy.candidates, decision, {}).map(({ role, value }) => [role, value]),
    ).toEqual([
      ["loser", "nothing (it removes the value)"],
      ["winner", "128 KB"],
    ]);
  });

  it("stands in no list of settings, unlike the registry values behind it", () => {
    const target = resolve({ parts: [pol(policy(64)), inf(section(128))] });
    expect(target.settings().map((setting) => setting.key)).toEqual([policyKey]);
    expect(target.setting(key)).toMatchObject({ value: 64, certainty: "known" });
    expect(target.decide(sectionKey).outcomes).toMatchObject([{ outcome: { value: 128 } }]);
  });

  it("is in KB where the rows of one GPO are listed", () => {
    const rows = [policy(64), service(131_072), section(96), policy("1", 1)];
    const found = rowsFor(key, (written) => rows.filter((row) => "key" in row && row.key === written));
    expect(found.map((row) => ("value" in row ? row.value : row.action))).toEqual([64, "unusable", 128, 96]);
    expect(rowsFor(sectionKey, () => rows)).toBe(rows);
  });

  it("certain places give one of their values, undecided ones none that no GPO writes", () => {
    const size = fc.constantFrom(64, 128, 196_608);
    const own = fc.record({
      policy: fc.option(size),
      service: fc.option(size),
      section: fc.option(size),
      undecided: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(own, { maxLength: 4 }), (gpos) => {
        const found = endsOf(
          key,
          gpos.map((gpo) => ({
            parts: [
              pol(
                ...(gpo.policy === null ? [] : [policy(gpo.policy)]),
                ...(gpo.service === null ? [] : [service(gpo.service * 1024)]),
              ),
              inf(...(gpo.section === null ? [] : [section(gpo.section)])),
            ],
            gpc: gpo.undecided ? wmi : {},
          })),
        );
        const applied = gpos.filter(({ undecided }) => !undecided);
        const certain = applied.find((gpo) => gpo.policy !== null)?.policy;
        const stronger = gpos.slice(
          0,
          gpos.findIndex((gpo) => !gpo.undecided && gpo.policy !== null),
        );
        if (certain !== undefined && stronger.every((gpo) => gpo.policy === null)) {
          expect(found).toEqual([certain]);
        }
        const written = gpos.flatMap((gpo) => [gpo.policy, gpo.service, gpo.section]);
        for (const end of found) if (end !== "absent") expect(written).toContain(end);
        if (applied.some((gpo) => gpo.policy ?? gpo.section ?? gpo.service)) {
          expect(found).not.toContain("absent");
        }
      }),
    );
  });
});

describe("the size of other logs", () => {
  const policyOf = (log: string): SettingKey =>
    registryValueKey(`Software\\Policies\\Microsoft\\Windows\\EventLog\\${log}`, "MaxSize");
  const serviceOf = (log: string): SettingKey =>
    registryValueKey(`System\\CurrentControlSet\\Services\\EventLog\\${log}`, "MaxSize");
  const table: readonly [string, string, Write, readonly SettingValue[]][] = [
    ["a channel, in bytes", channel, set(channelKey, 10_485_760), [10_240]],
    ["a channel has no policy", channel, set(policyOf(channel), 10_240), ["absent"]],
    ["a channel that is no classic log", channel, set(serviceOf(channel), 10_485_760), ["absent"]],
    ["Setup has a policy", "Setup", set(policyOf("Setup"), 10_240), [10_240]],
    ["a classic log", "Directory Service", set(serviceOf("Directory Service"), 10_485_760), [10_240]],
    ["another log than the one asked for", "System", policy(64), ["absent"]],
  ];
  it.each(table)("%s", (_, log, write, expected) => {
    expect(endsOf(eventLogSizeKey(log), one(pol(write)))).toEqual(expected);
  });
});
