import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containerAuditing } from "../../../src/checks/readiness/container-auditing.ts";
import { objectAuditing } from "../../../src/checks/readiness/object-auditing.ts";
import type { AuditAce } from "../../../src/model/readiness.ts";
import { ace, configuration, domain, head, input, sacl, secured } from "./input.ts";

const user = "bf967aba-0de6-11d0-a285-00aa003049e2";
const group = "bf967a9c-0de6-11d0-a285-00aa003049e2";

/** Entries that often matter: few masks, few classes, few trustees. */
const anyAce: fc.Arbitrary<AuditAce> = fc.record({
  success: fc.boolean(),
  failure: fc.boolean(),
  conditional: fc.boolean(),
  inheritOnly: fc.boolean(),
  containerInherit: fc.constantFrom(true, true, false),
  noPropagate: fc.constantFrom(false, false, true),
  mask: fc.constantFrom(0x30, 0xd0000, 0x16b, 0xd016b, 0xf01ff, 0x10000000),
  objectType: fc.constantFrom(null, null, group),
  inheritedObjectType: fc.constantFrom(null, user, group),
  sid: fc.constantFrom("S-1-1-0", "S-1-1-0", "S-1-5-11"),
});
const acls = fc.array(anyAce, { maxLength: 6 });

function verdicts(aces: readonly AuditAce[]): readonly string[] {
  const given = input({
    domains: [domain({ head: secured(head, sacl(...aces)) })],
    exchange: { state: "found", object: secured(configuration, sacl(...aces)) },
  });
  const asked = { className: "user", classGuid: user, mask: 0xd016b };
  return [
    ...objectAuditing(asked, given),
    ...containerAuditing({ container: "exchange-configuration", mask: 0x30 }, given),
  ].map(({ verdict }) => verdict);
}

const rank = (verdict: string): number => ["fail", "unknown", "pass"].indexOf(verdict);

describe("audit entries", () => {
  it("count the same in any order, and twice as once", () => {
    fc.assert(
      fc.property(acls, (aces) => {
        expect(verdicts(aces.toReversed())).toEqual(verdicts(aces));
        expect(verdicts([...aces, ...aces])).toEqual(verdicts(aces));
      }),
    );
  });

  it("never make it worse", () => {
    fc.assert(
      fc.property(acls, anyAce, (aces, more) => {
        const before = verdicts(aces);
        verdicts([...aces, more]).forEach((verdict, i) =>
          expect(rank(verdict)).toBeGreaterThanOrEqual(rank(before[i] ?? "")),
        );
      }),
    );
  });

  it("pass only by what holds without any condition", () => {
    fc.assert(
      fc.property(acls, (aces) => {
        const certain = verdicts(aces.filter(({ conditional }) => !conditional));
        verdicts(aces).forEach((verdict, i) => expect(verdict === "pass").toBe(certain[i] === "pass"));
      }),
    );
  });

  it("that cover everything pass, whatever else there is", () => {
    fc.assert(
      fc.property(acls, (aces) => {
        expect(verdicts([...aces, ace()])).toEqual(["pass", "pass"]);
      }),
    );
  });
});
