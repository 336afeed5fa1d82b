import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meets } from "../../../src/checks/judge.ts";
import { comparePacks, listConflicts } from "../../../src/checks/packs/conflicts.ts";
import type { Rule } from "../../../src/checks/packs/permitted.ts";
import { isSatisfiable, isWithin } from "../../../src/checks/packs/permitted.ts";
import type { Outcome } from "../../../src/model/effective.ts";
import type { Expectation } from "../../../src/model/requirement.ts";
import { packText, validPack } from "../../util/packs.ts";

function pack(name: string, ...requirements: readonly string[]) {
  return validPack(
    packText(`requirements:\n${requirements.map((row) => `  - { ${row} }`).join("\n")}\n`, name),
  );
}

describe("two packs on one setting", () => {
  const dword = (wanted: string): string => `id: x, setting: 'HKLM\\A\\B', expect: { operator: ${wanted} }`;
  const text = dword;
  const right = (wanted: string): string =>
    `id: x, setting: SeDebugPrivilege, expect: { operator: ${wanted} }`;
  const audit = (wanted: string): string => `id: x, setting: Logon, expect: ${wanted}`;
  const size = (kb: number): string =>
    `id: x, setting: event-log-size/security, expect: { operator: log-size-at-least, value: ${kb} }`;

  it.each([
    [audit("success"), audit("success"), "same"],
    [audit("success and failure"), audit("success"), "a-stricter"],
    [audit("success"), audit("success and failure"), "b-stricter"],
    [audit("success"), audit("failure"), "both"],
    [audit("{ operator: audit-exactly, value: failure }"), audit("success"), "conflict"],
    [audit("{ operator: audit-exactly, value: failure }"), audit("failure"), "a-stricter"],
    [audit("no auditing"), audit("failure"), "conflict"],
    [dword("dword-any-of, values: [1, 2]"), dword("dword-any-of, values: [2, 3]"), "both"],
    [dword("dword-any-of, values: [1, 2]"), dword("dword-any-of, values: [3]"), "conflict"],
    [dword("dword-any-of, values: [2, 1]"), dword("dword-between, minimum: 1, maximum: 2"), "same"],
    [dword("dword-any-of, values: [0]"), dword("dword-none-of, values: [0]"), "conflict"],
    [dword("dword-between, minimum: 0, maximum: 1"), dword("dword-none-of, values: [0, 1]"), "conflict"],
    [dword("dword-none-of, values: [0]"), dword("dword-between, minimum: 1, maximum: 4294967295"), "same"],
    [
      dword("dword-all-bits, value: 4294967295"),
      dword("dword-between, minimum: 0, maximum: 4294967294"),
      "conflict",
    ],
    [dword("dword-all-bits, value: 8"), dword("dword-between, minimum: 8, maximum: 15"), "b-stricter"],
    [dword("dword-all-bits, value: 3"), dword("dword-all-bits, value: 1"), "a-stricter"],
    [dword("dword-any-of, values: [1]"), text("text-any-of, values: ['1']"), "conflict"],
    [text("text-any-of, values: [AB, c]"), text("text-contains, values: [b]"), "both"],
    [text("text-any-of, values: [AB]"), text("text-contains, values: [b]"), "a-stricter"],
    [text("text-any-of, values: [a]"), text("text-contains, values: [b]"), "conflict"],
    [text("text-contains, values: [abc]"), text("text-contains, values: [B]"), "a-stricter"],
    [right("right-includes, values: [Guests]"), right("right-only, values: []"), "conflict"],
    [right("right-includes, values: [Guests]"), right("right-only, values: [Guests, Users]"), "both"],
    [right("right-only, values: [Guests]"), right("right-only, values: [Guests, Users]"), "a-stricter"],
    [size(2048), size(1024), "a-stricter"],
    [
      `${audit("no auditing")}, whenNotConfigured: pass`,
      `${audit("failure")}, whenNotConfigured: pass`,
      "both",
    ],
    [`${audit("success")}, whenNotConfigured: pass`, audit("success"), "b-stricter"],
    // Requirements for different computers never meet.
    [
      `${audit("no auditing")}, appliesTo: { operatingSystems: ['2019'] }`,
      `${audit("success")}, appliesTo: { operatingSystems: ['2022'] }`,
      "only-a only-b",
    ],
    [`${audit("no auditing")}, appliesTo: { roles: [adfs] }`, audit("success"), "only-a only-b"],
    [
      `${audit("no auditing")}, appliesTo: { operatingSystems: ['2012 R2'] }`,
      `${audit("success")}, appliesTo: { operatingSystems: ['2012'] }`,
      "conflict",
    ],
  ])("%s; %s: %s", (a, b, relation) => {
    const { rows } = comparePacks(pack("one", a), pack("two", b));
    expect(rows.map((row) => row.relation).join(" ")).toBe(relation);
  });

  it("count all requirements of a pack on it together", () => {
    const one = pack(
      "one",
      "id: s, setting: Logon, expect: success",
      "id: f, setting: Logon, expect: failure",
    );
    const two = pack("two", "id: b, setting: Logon, expect: success and failure");
    expect(comparePacks(one, two).rows).toMatchObject([
      { relation: "same", a: [{ id: "one.s" }, { id: "one.f" }], b: [{ id: "two.b" }] },
    ]);
  });
});

it("conflicts of several packs are told one by one, with who wants what", () => {
  const [a, b, c] = [
    pack("one", "id: x, setting: Logon, expect: { operator: audit-exactly, value: failure }"),
    pack("two", "id: y, setting: Logon, expect: success and failure"),
    pack("three", "id: z, setting: Logon, expect: failure"),
  ];
  expect(listConflicts([a, b, c])).toEqual([
    "Policies 'one' and 'two' cannot both be satisfied: 'Logon' would have to be Failure only for one.x, and Success and Failure for two.y.",
  ]);
  expect(listConflicts([a])).toEqual([]);
});

/** Numbers at which a small expectation can change its mind, and states that are no number. */
const numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
const states: readonly Outcome[] = [
  { kind: "absent" },
  ...numbers.map((value): Outcome => ({ kind: "value", value, type: 4 })),
];

const small = fc.constantFrom(...numbers);
const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.record({
    operator: fc.constant("dword-any-of" as const),
    values: fc.array(small, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    operator: fc.constant("dword-none-of" as const),
    values: fc.array(small, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ operator: fc.constant("dword-all-bits" as const), value: small.filter((value) => value > 0) }),
  fc.tuple(small, small).map(([a, b]) => ({
    operator: "dword-between" as const,
    minimum: Math.min(a, b),
    maximum: Math.max(a, b),
  })),
);
const rules: fc.Arbitrary<Rule[]> = fc.array(
  fc.record({ expect: expectation, whenNotConfigured: fc.constantFrom("fail" as const, "pass" as const) }),
  { minLength: 1, maxLength: 3 },
);
const meetsAll = (all: readonly Rule[], state: Outcome): boolean =>
  all.every((rule) => meets(rule, state) === true);

describe("what packs permit, against trying states", () => {
  it("a state that meets all rules makes them satisfiable", () => {
    fc.assert(
      fc.property(rules, (all) => {
        if (states.some((state) => meetsAll(all, state))) expect(isSatisfiable(all)).toBe(true);
      }),
    );
  });

  it("rules that are said to be enough are: no state meets them and misses the others", () => {
    fc.assert(
      fc.property(rules, rules, (all, others) => {
        if (isWithin(all, others))
          expect(states.filter((state) => meetsAll(all, state) && !meetsAll(others, state))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("within a few numbers the answer is exact", () => {
    const few: Rule = { expect: { operator: "dword-any-of", values: numbers }, whenNotConfigured: "pass" };
    fc.assert(
      fc.property(rules, rules, (all, others) => {
        const within = states.every((state) => !meetsAll([few, ...all], state) || meetsAll(others, state));
        expect(isWithin([few, ...all], others)).toBe(within);
        expect(isSatisfiable([few, ...all])).toBe(states.some((state) => meetsAll(all, state)));
      }),
      { numRuns: 2000 },
    );
  });
});
