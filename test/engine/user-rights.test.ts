import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildChain } from "../../src/checks/chain.ts";
import type { Outcome } from "../../src/model/effective.ts";
import type { Gpc, GpoLink } from "../../src/model/gpo.ts";
import type { GptPart, SettingValue, Write } from "../../src/model/setting.ts";
import { userRightPrefix } from "../../src/model/setting.ts";
import { userRightKey } from "../../src/model/user-rights.ts";
import { dcOu, domainDn, gpc, gpt, guidOf, link, part, siteDn, som } from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";

type SetWrite = Extract<Write, { readonly alternatives: unknown }>;

const key = userRightKey("SeServiceLogonRight");
const administrators = "S-1-5-32-544";
const services = "S-1-5-80-0";
const networkService = "S-1-5-20";
const doubt = { code: "test", text: "it is a test" };
const wmi: Partial<Gpc> = { wmiFilter: { id: "b0", name: "Filter", query: null, found: true } };

let line = 0;
const held = (
  value: readonly string[],
  more: Partial<Pick<SetWrite, "alternatives" | "doubt">> = {},
): Write => ({
  action: "set",
  key,
  value,
  type: null,
  alternatives: [],
  location: { path: "GptTmpl.inf", line: ++line },
  quote: `SeServiceLogonRight = ${value.join(",")}`,
  doubt: null,
  ...more,
});
const unusable: Write = {
  action: "unusable",
  key,
  location: { path: "GptTmpl.inf", line: 1 },
  quote: "SeServiceLogonRight = *",
  doubt: null,
};
const inf = (...writes: Write[]): GptPart => part("GptTmpl.inf", writes);

interface Own {
  readonly parts: readonly GptPart[];
  readonly gpc?: Partial<Gpc>;
}

interface Links {
  readonly domain?: readonly GpoLink[];
  readonly ou?: readonly GpoLink[];
  readonly blocked?: boolean;
}

function resolve(gpos: readonly Own[], { domain = [], ou = [], blocked = false }: Links) {
  return resolveFirst({
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", domain),
      som(dcOu, "ou", ou, { blocksInheritance: blocked }),
    ],
    gpcs: gpos.map((own, index) => gpc(index + 1, own.gpc ?? {})),
    gpts: gpos.map((own, index) => gpt(index + 1, own.parts)),
  });
}

const short = (outcome: Outcome): SettingValue => (outcome.kind === "value" ? outcome.value : outcome.kind);

/** All linked at the OU of the DCs; GPO 1 is the strongest. */
function ends(...gpos: readonly Own[]): readonly SettingValue[] {
  const ou = gpos.map((_, index) => link(index + 1)).reverse();
  return resolve(gpos, { ou })
    .decide(key)
    .outcomes.map(({ outcome }) => short(outcome));
}

describe("a user right", () => {
  const table: readonly [string, readonly Own[], readonly SettingValue[]][] = [
    ["that no GPO sets", [{ parts: [] }], ["absent"]],
    [
      "of the strongest GPO, which replaces the others",
      [{ parts: [inf(held([services]))] }, { parts: [inf(held([administrators, networkService]))] }],
      [[services]],
    ],
    [
      "that the strongest GPO gives to nobody",
      [{ parts: [inf(held([]))] }, { parts: [inf(held([services]))] }],
      [[]],
    ],
    [
      "of an undecided GPO",
      [{ parts: [inf(held([services]))], gpc: wmi }, { parts: [inf(held([administrators]))] }],
      [[administrators], [services]],
    ],
    [
      "of an undecided GPO that says the same",
      [{ parts: [inf(held([services]))], gpc: wmi }, { parts: [inf(held([services]))] }],
      [[services]],
    ],
    ["with two rows", [{ parts: [inf(held([services], { alternatives: [[]] }))] }], [[services], []]],
    [
      "in a template that Windows may ignore",
      [{ parts: [inf(held([services], { doubt }))] }, { parts: [inf(held([]))] }],
      [[services], []],
    ],
    ["with an unusable row", [{ parts: [inf(unusable)] }], ["absent", "anything"]],
    [
      "below a template with a lost part",
      [
        { parts: [part("GptTmpl.inf", [], { open: [{ keyPrefix: userRightPrefix, doubt }] })] },
        { parts: [inf(held([services]))] },
      ],
      [[services], "anything"],
    ],
    [
      "above a template with a lost part",
      [
        { parts: [inf(held([services]))] },
        { parts: [part("GptTmpl.inf", [], { open: [{ keyPrefix: userRightPrefix, doubt }] })] },
      ],
      [[services]],
    ],
    [
      "below a GPO that cannot be seen",
      [{ parts: [], gpc: { opaque: true } }, { parts: [inf(held([services]))] }],
      [[services], "anything"],
    ],
    [
      "above a GPO that cannot be seen: only the security extension writes it",
      [{ parts: [inf(held([services]))] }, { parts: [], gpc: { opaque: true } }],
      [[services]],
    ],
    [
      "beside a registry.pol that cannot be read",
      [{ parts: [inf(held([services])), part("registry.pol", [], { unreadable: true })] }],
      [[services]],
    ],
    [
      "of a GPO that does not list the security extension",
      [
        {
          parts: [inf(held([services]))],
          gpc: { extensions: { effective: ["a"], ineffective: [], damaged: false } },
        },
        { parts: [inf(held([administrators]))] },
      ],
      [[administrators]],
    ],
  ];
  it.each(table)("%s", (_, gpos, expected) => {
    expect(ends(...gpos)).toEqual(expected);
  });

  const two = [{ parts: [inf(held([services]))] }, { parts: [inf(held([administrators]))] }];
  const precedence: readonly [string, Links, SettingValue][] = [
    ["the OU beats the domain", { domain: [link(1)], ou: [link(2)] }, [administrators]],
    ["enforced beats the OU", { domain: [link(1, 2)], ou: [link(2)] }, [services]],
    ["a block keeps the domain out", { domain: [link(1)], blocked: true }, "absent"],
    [
      "a block does not keep an enforced link out",
      { domain: [link(1, 2)], ou: [link(2)], blocked: true },
      [services],
    ],
    ["a disabled link counts for nothing", { domain: [link(1)], ou: [link(2, 1)] }, [services]],
  ];
  it.each(precedence)("%s", (_, links, expected) => {
    const decision = resolve(two, links).decide(key);
    expect(decision.outcomes.map(({ outcome }) => short(outcome))).toEqual([expected]);
  });

  it("is never merged: it ends as one of the lists that stand in a file, or as no list", () => {
    const account = fc.constantFrom(administrators, services, networkService, "CORP\\svc");
    const list = fc.uniqueArray(account).map((accounts) => accounts.sort());
    const own = fc.record({ list: fc.option(list), undecided: fc.boolean(), options: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(own, { minLength: 1, maxLength: 5 }), fc.boolean(), (gpos, blocked) => {
        const links = gpos.map(({ options }, index) => link(index + 1, options));
        const decision = resolve(
          gpos.map(({ list: accounts, undecided }) => ({
            parts: [inf(...(accounts === null ? [] : [held(accounts)]))],
            gpc: undecided ? wmi : {},
          })),
          { domain: links.slice(2), ou: links.slice(0, 2), blocked },
        ).decide(key);
        const written = gpos.map(({ list: accounts }) => JSON.stringify(accounts));
        for (const { outcome } of decision.outcomes) {
          expect(outcome.kind).not.toBe("anything");
          if (outcome.kind === "value") expect(written).toContain(JSON.stringify(outcome.value));
        }
      }),
    );
  });

  it("is told by explain, and stands in no list of settings", () => {
    const target = resolve(two, { domain: [link(1)], ou: [link(2)] });
    const decision = target.decide(key);
    expect(decision).toMatchObject({ via: "setting", winner: { guid: guidOf(2) }, legacy: null, notes: [] });
    expect(buildChain(target.policy.candidates, decision, {}).map(({ role, text }) => [role, text])).toEqual([
      ["winner", "sets Administrators (S-1-5-32-544) and wins"],
      ["loser", "sets NT SERVICE\\ALL SERVICES (S-1-5-80-0) and loses to a stronger one"],
    ]);
    expect(target.settings()).toEqual([]);
    expect(target.setting(key)).toMatchObject({ value: [administrators], losers: [guidOf(1)] });
  });

  it("says in words which of two rows counts", () => {
    const decision = resolve([{ parts: [inf(held([services], { alternatives: [[]] }))] }], {
      ou: [link(1)],
    }).decide(key);
    expect(decision.outcomes.map(({ because }) => because)).toEqual([
      "the last of the contradicting rows counts (NT SERVICE\\ALL SERVICES (S-1-5-80-0))",
      "another of the contradicting rows counts (nobody)",
    ]);
  });
});
