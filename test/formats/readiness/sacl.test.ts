import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSecurityDescriptor } from "../../../src/formats/security-descriptor/parse-binary.ts";
import { parseBinarySacl, parseSddlSacl } from "../../../src/formats/security-descriptor/parse-sacl.ts";
import type { AuditAce } from "../../../src/model/readiness.ts";
import { writeDescriptor } from "../../util/descriptor-writer.ts";
import { writeSacl, writeSaclText } from "./sacl-writer.ts";

const domains = { domainSid: "S-1-5-21-1-2-3", forestRootSid: null };
const guid = fc.uuid();
const anyAce: fc.Arbitrary<AuditAce> = fc.record({
  success: fc.boolean(),
  failure: fc.boolean(),
  conditional: fc.boolean(),
  inheritOnly: fc.boolean(),
  containerInherit: fc.boolean(),
  noPropagate: fc.boolean(),
  mask: fc.nat(0xffffffff),
  objectType: fc.option(guid),
  inheritedObjectType: fc.option(guid),
  sid: fc.constantFrom("S-1-1-0", "S-1-5-11", "S-1-5-21-1-2-3-512"),
});

describe("a SACL", () => {
  it("comes back from its bytes", () => {
    fc.assert(
      fc.property(fc.array(anyAce, { maxLength: 5 }), (aces) => {
        expect(parseBinarySacl(writeSacl(aces))).toEqual({ state: "read", aces });
      }),
    );
  });

  it("comes back from its text", () => {
    const hasLetters = (ace: AuditAce) =>
      !ace.conditional || (ace.objectType === null && ace.inheritedObjectType === null);
    fc.assert(
      fc.property(fc.array(anyAce.filter(hasLetters), { maxLength: 5 }), (aces) => {
        expect(parseSddlSacl(writeSaclText(aces), domains)).toEqual({ state: "read", aces });
      }),
    );
  });

  it("is never made up from arbitrary bytes or text, and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (bytes, text) => {
        expect(["absent", "malformed", "read"]).toContain(parseBinarySacl(bytes).state);
        expect(["absent", "malformed", "read"]).toContain(parseSddlSacl(`S:${text}`, domains).state);
      }),
    );
  });

  it("that is cut anywhere is damaged, never shorter", () => {
    const bytes = writeSacl([everyone, { ...everyone, inheritedObjectType: fc.sample(guid, 1)[0] ?? null }]);
    for (let end = 0; end < bytes.length; end++)
      expect(parseBinarySacl(bytes.subarray(0, end)).state, String(end)).toBe("malformed");
  });

  it.each([
    ["without an S: part", "O:BAD:(A;;GA;;;WD)", "absent"],
    ["with an empty one", "O:BAD:S:", "read"],
    ["with flags alone", "S:PAI", "read"],
    ["with an unknown type", "S:(QQ;;GA;;;WD)", "malformed"],
    ["with unknown rights", "S:(AU;SA;QQ;;;WD)", "malformed"],
    ["with a broken class", "S:(OU;SA;GA;;x;WD)", "malformed"],
    ["with too few fields", "S:(AU;SA;GA;;)", "malformed"],
    ["that is cut", "S:(AU;SA;GA;;;WD", "malformed"],
  ])("as text %s", (_, text, state) => {
    expect(parseSddlSacl(text, domains).state).toBe(state);
  });

  it("keeps entries that do not audit out", () => {
    const text = "S:(ML;;NW;;;LW)(AU;SA;WP;;;WD)(AL;SA;GA;;;WD)";
    expect(parseSddlSacl(text, domains)).toMatchObject({ aces: [{ success: true, mask: 0x20 }] });
  });

  it("is absent from a descriptor that was asked for without it", () => {
    expect(parseBinarySacl(writeDescriptor({ dacl: [] }))).toEqual({ state: "absent" });
  });

  it("does not pass for a DACL", () => {
    expect(parseSecurityDescriptor(writeSacl([])).state).toBe("malformed");
  });
});

const everyone: AuditAce = {
  success: true,
  failure: true,
  conditional: false,
  inheritOnly: false,
  containerInherit: true,
  noPropagate: false,
  mask: 1,
  objectType: null,
  inheritedObjectType: null,
  sid: "S-1-1-0",
};
