import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSecurityDescriptor } from "../../src/formats/security-descriptor/parse-binary.ts";
import { parseSddl } from "../../src/formats/security-descriptor/parse-sddl.ts";
import type { SecurityDescriptorFact } from "../../src/model/gpo.ts";
import type { AceSpec } from "../util/descriptor-writer.ts";
import { applyAndRead, writeDescriptor, writeSddl } from "../util/descriptor-writer.ts";

const domain = "S-1-5-21-1-2-3";
const root = "S-1-5-21-7-8-9";

function dacl(fact: SecurityDescriptorFact): unknown {
  return fact.state === "read" ? fact.descriptor.dacl : fact.state;
}

describe("properties", () => {
  const guids = fc.uuid();
  const sids = fc
    .array(fc.nat(0xffffffff), { minLength: 1, maxLength: 5 })
    .map((parts) => `S-1-5-${parts.join("-")}`);
  const aces: fc.Arbitrary<AceSpec> = fc.record(
    {
      type: fc.constantFrom("allow" as const, "deny" as const),
      mask: fc.nat(0xffffffff),
      sid: sids,
      objectType: guids,
      inheritedObjectType: guids,
      inheritOnly: fc.boolean(),
      conditional: fc.boolean(),
    },
    { requiredKeys: ["type", "mask", "sid"] },
  );
  const descriptors = fc.record({ dacl: fc.option(fc.array(aces, { maxLength: 12 })), owner: sids });

  test("text and bytes of one descriptor say the same, and what was written", () => {
    fc.assert(
      fc.property(descriptors, (descriptor) => {
        const binary = parseSecurityDescriptor(writeDescriptor(descriptor));
        expect(parseSddl(writeSddl(descriptor), domain, root)).toEqual(binary);
        expect(dacl(binary)).toEqual(
          descriptor.dacl?.map(({ type, mask, sid, objectType, inheritOnly, conditional }) => ({
            type,
            mask,
            sid,
            objectType: objectType ?? null,
            inheritOnly: inheritOnly ?? false,
            conditional: conditional ?? false,
          })) ?? null,
        );
      }),
    );
  });

  test("no truncation of a binary descriptor is read as a whole one", () => {
    fc.assert(
      fc.property(descriptors, fc.nat(), (descriptor, cut) => {
        const whole = writeDescriptor({ ...descriptor, dacl: descriptor.dacl ?? [] });
        const length = cut % whole.length;
        expect(dacl(parseSecurityDescriptor(whole.subarray(0, length)))).toBe("malformed");
      }),
    );
  });

  test("arbitrary bytes and texts never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, text) => {
        expect(parseSecurityDescriptor(bytes).state).not.toBe("absent");
        expect(parseSddl(text, domain).state).not.toBe("absent");
        expect(parseSddl(`D:${text}`, domain).state).not.toBe("absent");
      }),
    );
  });

  test("a changed byte never throws", () => {
    const whole = writeDescriptor({
      dacl: [...applyAndRead("S-1-5-11"), ...applyAndRead("S-1-5-21-1-2-3-512")],
    });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const mutated = Uint8Array.from(whole, (old, i) => (i === at ? byte : old));
        expect(["read", "malformed"]).toContain(parseSecurityDescriptor(mutated).state);
      }),
    );
  });
});
