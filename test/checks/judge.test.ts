import { describe, expect, it } from "vitest";
import { judge, meets } from "../../src/checks/judge.ts";
import type { Outcome, PossibleOutcome } from "../../src/model/effective.ts";
import type { Expectation } from "../../src/model/requirement.ts";
import type { SettingValue } from "../../src/model/setting.ts";

const [sz, expandSz, binary, dword, multiSz, qword] = [1, 2, 3, 4, 7, 11];
const admins = "S-1-5-32-544";
const service = "S-1-5-80-0";

function value(own: SettingValue, type: number | null = null): Outcome {
  return { kind: "value", value: own, type };
}

const ntlm: Expectation = { operator: "dword-any-of", values: [1, 2] };
const noZero: Expectation = { operator: "dword-none-of", values: [0, 9] };
const between: Expectation = { operator: "dword-between", minimum: 50, maximum: 90 };
const bits: Expectation = { operator: "dword-all-bits", value: 0x80000001 };
const text: Expectation = { operator: "text-any-of", values: ["Blue", "red"] };
const sddl: Expectation = { operator: "text-contains", values: ["(A;;0x1;;;NS)", "O:BA"] };
const includes: Expectation = { operator: "right-includes", values: [admins, service] };
const only: Expectation = { operator: "right-only", values: [admins, "S-1-5-19"] };
const nobody: Expectation = { operator: "right-only", values: [] };
const size: Expectation = { operator: "log-size-at-least", value: 196608 };
const atLeast = (own: 1 | 2 | 3): Expectation => ({ operator: "audit-at-least", value: own });
const exactly = (own: 0 | 1 | 2 | 3): Expectation => ({ operator: "audit-exactly", value: own });

describe("what an expectation says of an outcome", () => {
  it.each<[Expectation, Outcome, boolean | null]>([
    [atLeast(1), value(3), true],
    [atLeast(3), value(1), false],
    [atLeast(2), value(0), false],
    [exactly(0), value(0), true],
    [exactly(1), value(1), true],
    [exactly(1), value(3), false],
    [exactly(3), value("3"), false],
    [ntlm, value(2, dword), true],
    [ntlm, value(3, dword), false],
    [ntlm, value(2, qword), false],
    [ntlm, value("2", sz), false],
    [ntlm, value(2), false],
    [noZero, value(1, dword), true],
    [noZero, value(9, dword), false],
    [noZero, value(1, binary), false],
    [noZero, value("x", sz), false],
    [between, value(50, dword), true],
    [between, value(90, dword), true],
    [between, value(49, dword), false],
    [between, value(91, dword), false],
    [bits, value(0xffffffff, dword), true],
    [bits, value(0x80000001, dword), true],
    [bits, value(1, dword), false],
    [text, value("BLUE", sz), true],
    [text, value("red", expandSz), true],
    [text, value("redder", sz), false],
    [text, value("red", dword), false],
    [text, value(["red"], multiSz), false],
    [sddl, value("o:bag:syd:(a;;0X1;;;ns)", sz), true],
    [sddl, value("O:BAG:SYD:", sz), false],
    [sddl, value("O:BAG:SYD:(A;;0x1;;;NS)", multiSz), false],
    [includes, value([admins, service, "S-1-5-20"]), true],
    [includes, value(["s-1-5-32-544", service.toLowerCase()]), true],
    [includes, value(["Administrators", "NT SERVICE\\ALL SERVICES"]), true],
    [includes, value([admins, "svc-backup"]), null],
    // One name cannot be two accounts.
    [includes, value(["svc-backup"]), false],
    [includes, value([admins]), false],
    [includes, value([]), false],
    [only, value([]), true],
    [only, value([admins]), true],
    [only, value(["BUILTIN\\Administrators", "LOCAL SERVICE"]), true],
    [only, value([admins, "S-1-5-20"]), false],
    [only, value([admins, "Administratoren"]), null],
    [only, value(["S-1-5-20", "Administratoren"]), false],
    [nobody, value([]), true],
    [nobody, value(["somebody"]), false],
    [nobody, value([admins]), false],
    [size, value(196608), true],
    [size, value(196607), false],
    [size, value("196608"), false],
  ])("%j of %j: %j", (expectation, outcome, met) => {
    expect(meets({ expect: expectation, whenNotConfigured: "fail" }, outcome)).toBe(met);
    // Whether absence is enough has no bearing on a value.
    expect(meets({ expect: expectation, whenNotConfigured: "pass" }, outcome)).toBe(met);
  });

  it.each([atLeast(1), exactly(0), ntlm, noZero, between, bits, text, sddl, includes, only, nobody, size])(
    "%j: absent is what the requirement says, and anything is both",
    (expectation) => {
      const absent: Outcome = { kind: "absent" };
      expect(meets({ expect: expectation, whenNotConfigured: "fail" }, absent)).toBe(false);
      expect(meets({ expect: expectation, whenNotConfigured: "pass" }, absent)).toBe(true);
      for (const whenNotConfigured of ["fail", "pass"] as const)
        expect(meets({ expect: expectation, whenNotConfigured }, { kind: "anything" })).toBe(null);
    },
  );
});

describe("a judgement", () => {
  const ends = (...outcomes: readonly [Outcome, ...Outcome[]]) => ({
    outcomes: outcomes.map((outcome, index) => ({ outcome, because: index === 0 ? "" : "otherwise" })) as [
      PossibleOutcome,
      ...PossibleOutcome[],
    ],
  });
  const right = { expect: includes, whenNotConfigured: "fail" } as const;

  it("is undecided where one end alone may be both, with that end both ways", () => {
    const judged = judge(right, ends(value([admins, "svc-backup"])));
    expect(judged).toMatchObject({ verdict: "unknown", passes: { because: "" }, fails: { because: "" } });
  });

  it.each([
    ["fail", "fail"],
    ["pass", "unknown"],
  ] as const)("absence that is to %s beside a wrong value: %s", (whenNotConfigured, verdict) => {
    const judged = judge({ expect: ntlm, whenNotConfigured }, ends({ kind: "absent" }, value(7, dword)));
    expect(judged.verdict).toBe(verdict);
  });

  it("passes where each end does", () => {
    const judged = judge(
      { expect: noZero, whenNotConfigured: "pass" },
      ends({ kind: "absent" }, value(1, dword)),
    );
    expect(judged).toEqual({ verdict: "pass" });
  });
});
