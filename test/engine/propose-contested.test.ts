import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PossibleOutcome } from "../../src/model/effective.ts";
import type { Gpt } from "../../src/model/gpo.ts";
import type { GptPart, PartKind, SettingValue, Write } from "../../src/model/setting.ts";
import {
  auditCategoryKey,
  registryValueKey,
  registryValuePrefix,
  sceNoApplyLegacyKey,
} from "../../src/model/setting.ts";
import type { DomainSpec } from "../util/domain.ts";
import {
  audit,
  credentialValidation,
  dcOu,
  domainDn,
  gpc,
  gpt,
  link,
  logon,
  part,
  registry,
  siteDn,
  som,
} from "../util/domain.ts";
import { resolveFirst } from "../util/engine.ts";
import { atDcOu, factsOf, proposalOf, resolveProposed, sets } from "../util/proposals.ts";

const lsa = `${registryValuePrefix}machine\\lsa\\`;
const one = registryValueKey("lsa", "one");
const two = registryValueKey("lsa", "two");
const deep = registryValueKey("lsa\\msv1_0", "one");
const keys = [one, two, deep];

const frame = { location: { path: "registry.pol", line: 1 }, quote: "row", doubt: null };
const doubt = { code: "lost", text: "a piece is lost" };

/** GPO 1 is weaker than the place of the proposals, and sets what is given. */
function baseWith(weaker: readonly GptPart[]): DomainSpec {
  return {
    soms: [som(siteDn, "site", []), som(domainDn, "domain", [link(1)]), som(dcOu, "ou", [])],
    gpcs: [gpc(1)],
    gpts: [gpt(1, weaker)],
  };
}

function proposed(weaker: readonly GptPart[], contents: readonly Gpt[]) {
  const proposals = contents.map((content, index) => proposalOf(content, index + 2));
  return resolveProposed(baseWith(weaker), proposals, atDcOu).target;
}

/** The same GPOs linked for real, strongest first. */
function linked(weaker: readonly GptPart[], contents: readonly Gpt[], order: readonly number[]) {
  const base = baseWith(weaker);
  return resolveFirst({
    ...base,
    soms: [...base.soms.slice(0, 2), som(dcOu, "ou", order.map((index) => link(index + 2)).reverse())],
    gpcs: [gpc(1), ...contents.map((_, index) => gpc(index + 2))],
    gpts: [...base.gpts, ...contents],
  });
}

function ends(outcomes: readonly PossibleOutcome[]): string[] {
  return outcomes
    .map(({ outcome }) =>
      outcome.kind === "value" ? JSON.stringify([outcome.type, outcome.value]) : outcome.kind,
    )
    .sort();
}

function pol(number: number, writes: readonly Write[], more: Partial<GptPart> = {}): Gpt {
  return gpt(number, [part("registry.pol", writes, more)]);
}

describe("proposals at one place", () => {
  const set = (value: SettingValue): Write => registry(one, value);
  const clear: Write = { ...frame, action: "delete-values", keyPrefix: lsa };
  const remove: Write = { ...frame, action: "delete", key: one };
  const soft: Write = { ...frame, action: "set-if-absent", key: one, value: 3, type: 4, alternatives: [] };
  const unusable: Write = { ...frame, action: "unusable", key: one };
  const inDoubt: Write = { ...registry(one, 1), doubt };
  const lost = { open: [{ keyPrefix: registryValuePrefix, doubt }] };

  const table: readonly [string, Gpt, Gpt, readonly string[]][] = [
    ["the same value is certain", pol(2, [set(1)]), pol(3, [set(1)]), ["[4,1]"]],
    ["two values", pol(2, [set(1)]), pol(3, [set(2)]), ["[4,1]", "[4,2]"]],
    ["the same value, cleared before", pol(2, [clear, set(1)]), pol(3, [set(1)]), ["[4,1]"]],
    ["only one sets it", pol(2, [set(1)]), pol(3, [registry(two, 1)]), ["[4,1]"]],
    ["a value and its removal", pol(2, [set(1)]), pol(3, [remove]), ["[4,1]", "absent"]],
    ["a value and the clearing of its key", pol(2, [set(1)]), pol(3, [clear]), ["[4,1]", "absent"]],
    ["clearing and a value", pol(2, [clear]), pol(3, [set(1)]), ["absent", "anything"]],
    ["both remove it", pol(2, [clear]), pol(3, [remove]), ["absent"]],
    ["clearing and a lost piece", pol(2, [clear]), pol(3, [], lost), ["absent", "anything"]],
    ["a value and one where none is", pol(2, [set(1)]), pol(3, [soft]), ["[4,1]"]],
    [
      "a removal and a value where none is",
      pol(2, [remove]),
      pol(3, [soft]),
      ["[4,9]", "absent", "anything"],
    ],
    ["a value and an unusable row", pol(2, [set(1)]), pol(3, [unusable]), ["[4,1]", "[4,9]", "anything"]],
    ["a value and a lost piece", pol(2, [set(1)]), pol(3, [], lost), ["[4,1]", "[4,9]", "anything"]],
    ["the same value, once in doubt", pol(2, [set(1)]), pol(3, [inDoubt]), ["[4,1]"]],
  ];
  for (const [title, first, second, expected] of table) {
    it(title, () => {
      const weaker = [part("registry.pol", [registry(one, 9)])];
      expect(ends(proposed(weaker, [first, second]).decide(one).outcomes)).toEqual(expected);
    });
  }

  it("the doubt names both, and every proposal has a note", () => {
    const proposals = [proposalOf(sets(2, 1), 2), proposalOf(sets(3, 3), 3)];
    const { target, placements } = resolveProposed(baseWith([]), proposals, atDcOu);
    expect(target.setting(logon)).toMatchObject({ value: 1, certainty: "unknown" });
    expect(target.decide(logon).doubts).toContainEqual({
      code: "proposal.order",
      text: "'Proposal 2' and 'Proposal 3' are judged at the same place, and which of them is stronger is not said",
    });
    expect(placements.map(({ notes }) => notes)).toEqual([
      ["judged at the same place as 'Proposal 3': what they set differently is undecided"],
      ["judged at the same place as 'Proposal 2': what they set differently is undecided"],
    ]);
  });

  it("what one of them does not deliver is not contested", () => {
    const without = factsOf(3, { extensions: { effective: ["0"], ineffective: [], damaged: false } });
    const proposals = [proposalOf(sets(2, 1), 2), proposalOf(sets(3, 3), 3, { facts: without })];
    const { target } = resolveProposed(baseWith([]), proposals, atDcOu);
    expect(target.setting(logon)).toMatchObject({ value: 1, certainty: "known" });
  });

  it("one that cannot be seen contests everything, wherever it is named", () => {
    const empty = proposalOf({ ...sets(3, 3), empty: true }, 3);
    for (const proposals of [
      [proposalOf(sets(2, 1), 2), empty],
      [empty, proposalOf(sets(2, 1), 2)],
    ]) {
      const { target } = resolveProposed(baseWith([]), proposals, atDcOu);
      expect(ends(target.decide(logon).outcomes)).toContain("anything");
    }
  });

  it("a doubt that all rows of a file share does not tie them together", () => {
    const shared = (value: number) => [
      audit(logon, value, { doubt }),
      audit(credentialValidation, value, { doubt }),
    ];
    const target = proposed(
      [],
      [gpt(2, [part("audit.csv", shared(1))]), gpt(3, [part("audit.csv", [audit(logon, 2)])])],
    );
    expect(target.decide(logon).outcomes.map(({ because }) => because)).toContain(
      "Windows does not take it because a piece is lost, and 'Proposal 2' and 'Proposal 3' are judged at the same place, and which of them is stronger is not said",
    );
    expect(
      target
        .decide(credentialValidation)
        .doubts.map(({ text }) => text)
        .join(),
    ).not.toContain("same place");
  });
});

const anyDoubt = fc.constantFrom(null, null, null, doubt);
const anyWrite: fc.Arbitrary<Write> = fc
  .record({
    action: fc.constantFrom(
      "set",
      "set",
      "set",
      "set-if-absent",
      "delete",
      "delete-values",
      "delete-keys",
      "unusable",
    ),
    key: fc.constantFrom(...keys),
    value: fc.integer({ min: 1, max: 2 }),
    alternatives: fc.constantFrom([], [], [2]),
    doubt: anyDoubt,
    quote: fc.constant("row"),
  })
  .map(({ action, key, value, alternatives, ...more }): Write => {
    const row = { location: frame.location, ...more };
    switch (action) {
      case "set":
      case "set-if-absent":
        return { ...row, action, key, value, type: 4, alternatives };
      case "delete":
      case "unusable":
        return { ...row, action, key };
      case "delete-values":
      case "delete-keys":
        return { ...row, action, keyPrefix: lsa };
    }
  });
const anyPart = fc
  .record({
    kind: fc.constantFrom<PartKind>("registry.pol", "registry.pol", "GptTmpl.inf"),
    writes: fc.array(anyWrite, { maxLength: 3 }),
    lost: fc.constantFrom(null, null, null, lsa, one),
  })
  .map(({ kind, writes, lost }) =>
    part(kind, writes, { open: lost === null ? [] : [{ keyPrefix: lost, doubt: { ...doubt } }] }),
  );
const anyWeaker = anyPart.map((own) => [own]);
const anyContents = (min: number, max: number): fc.Arbitrary<Gpt[]> =>
  fc
    .array(fc.record({ own: anyPart, empty: fc.constantFrom(false, false, false, false, true) }), {
      minLength: min,
      maxLength: max,
    })
    .map((list) => list.map(({ own, empty }, index) => gpt(index + 2, empty ? [] : [own], { empty })));

/** Every order of the first numbers. */
function ordersOf(count: number): number[][] {
  if (count === 0) return [[]];
  return ordersOf(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => order.toSpliced(at, 0, count - 1)),
  );
}

describe("laws of contested proposals", () => {
  it("whatever may be in any order of them is among the ends", () => {
    fc.assert(
      fc.property(anyWeaker, anyContents(2, 3), (weaker, contents) => {
        const target = proposed(weaker, contents);
        for (const key of keys) {
          const own = ends(target.decide(key).outcomes);
          if (own.includes("anything")) continue;
          for (const order of ordersOf(contents.length)) {
            expect(own).toEqual(
              expect.arrayContaining(ends(linked(weaker, contents, order).decide(key).outcomes)),
            );
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("what ends differently in another order is never certain", () => {
    fc.assert(
      fc.property(anyWeaker, anyContents(2, 3), (weaker, contents) => {
        const target = proposed(weaker, contents);
        for (const key of keys) {
          const all = ordersOf(contents.length).map((order) =>
            ends(linked(weaker, contents, order).decide(key).outcomes).join(),
          );
          if (new Set(all).size === 1) continue;
          expect(target.decide(key).outcomes.length).toBeGreaterThan(1);
          expect(target.setting(key)?.certainty).not.toBe("known");
        }
      }),
      { numRuns: 400 },
    );
  });

  it("certain rows give exactly the ends of all orders: nothing is in doubt for nothing", () => {
    const anyValue = fc.option(fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyValue, anyValue), { minLength: 2, maxLength: 3 }),
        anyValue,
        (rows, below) => {
          const contents = rows.map(([first, second], index) =>
            pol(index + 2, [
              ...(first === null ? [] : [registry(one, first)]),
              ...(second === null ? [] : [registry(two, second)]),
            ]),
          );
          const weaker = [part("registry.pol", below === null ? [] : [registry(one, below)])];
          for (const key of [one, two]) {
            const all = ordersOf(contents.length).flatMap((order) =>
              ends(linked(weaker, contents, order).decide(key).outcomes),
            );
            expect(ends(proposed(weaker, contents).decide(key).outcomes)).toEqual([...new Set(all)].sort());
          }
        },
      ),
    );
  });

  it("settings that hang together do not tie the orders together", () => {
    const anyRow = fc.record({
      option: fc.constantFrom(null, 0, 1),
      legacy: fc.constantFrom(null, 1, 3),
      modern: fc.constantFrom(null, null, 2),
      inDoubt: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 2, maxLength: 3 }), anyRow, (rows, below) => {
        const partsOf = ({ option, legacy, modern, inDoubt }: typeof below) => {
          // One doubt about the whole file, as an odd encoding gives.
          const more = { doubt: inDoubt ? { ...doubt } : null };
          const template = [
            ...(option === null ? [] : [{ ...registry(sceNoApplyLegacyKey, option), ...more }]),
            ...(legacy === null ? [] : [audit(auditCategoryKey("AuditLogonEvents"), legacy, more)]),
          ];
          const inf = template.length === 0 ? [] : [part("GptTmpl.inf", template)];
          return modern === null ? inf : [...inf, part("audit.csv", [audit(logon, modern)])];
        };
        const contents = rows.map((row, index) => gpt(index + 2, partsOf(row)));
        const own = ends(proposed(partsOf(below), contents).decide(logon).outcomes);
        if (own.includes("anything")) return;
        for (const order of ordersOf(contents.length)) {
          const real = linked(partsOf(below), contents, order).decide(logon).outcomes;
          expect(own).toEqual(expect.arrayContaining(ends(real)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("the order given does not matter where no two write the same setting", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (first, second) => {
        const contents = [pol(2, [registry(one, first)]), pol(3, [registry(two, second)])];
        const proposals = contents.map((content, index) => proposalOf(content, index + 2));
        const decisions = [proposals, proposals.toReversed()].map((given) => {
          const { target } = resolveProposed(baseWith([]), given, atDcOu);
          return keys.map((key) => target.decide(key));
        });
        expect(decisions[0]).toEqual(decisions[1]);
      }),
    );
  });

  it("a proposal that equals what is there changes no decision", () => {
    const anyRow = fc.record({ logon: fc.option(fc.integer({ min: 0, max: 3 })), undecided: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (rows, number) => {
          const filter = { id: "b0", name: "Filter", query: "select", found: true };
          const gpcs = rows.map(({ undecided }, index) =>
            gpc(index + 1, undecided ? { wmiFilter: filter } : {}),
          );
          const gpts = rows.map((row, index) =>
            gpt(index + 1, [part("audit.csv", row.logon === null ? [] : [audit(logon, row.logon)])]),
          );
          const spec = {
            soms: [
              som(siteDn, "site", []),
              som(domainDn, "domain", [link(1, 2)]),
              som(dcOu, "ou", [link(2), link(3)]),
            ],
            gpcs,
            gpts,
          };
          const [own, content] = [gpcs[number - 1] ?? gpc(number), gpts[number - 1] ?? gpt(number, [])];
          const { extensions, securityDescriptor, flags, machineVersion, location } = own;
          // A backup names the filter by its GUID alone.
          const wmiFilter =
            own.wmiFilter === null ? null : { ...filter, name: null, query: null, found: false };
          const facts = { extensions, securityDescriptor, flags, machineVersion, location, wmiFilter };
          const before = resolveFirst(spec);
          const { target, placements } = resolveProposed(
            spec,
            [proposalOf(content, number, { facts })],
            atDcOu,
          );
          expect(placements).toMatchObject([{ state: "replaces", link: null }]);
          expect(target.policy).toEqual(before.policy);
          for (const key of [logon, credentialValidation])
            expect(target.decide(key)).toEqual(before.decide(key));
        },
      ),
    );
  });
});
