import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import type { LdifDocument } from "../../src/formats/ldif/parse-ldif.ts";
import { writeLdif } from "../util/ldif-writer.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): LdifDocument => parseLdif(utf8(text), "d.ldif");

const ou = "OU=Domain Controllers,DC=a,DC=test";
const link = "[LDAP://cn={11111111-2222-3333-4444-555555555555},cn=policies,cn=system,DC=a,DC=test;0]";

describe("properties", () => {
  const names = fc.constantFrom("gPLink", "displayName", "member", "objectSid", "nTSecurityDescriptor");
  const values = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.uint8Array(),
    fc.constantFrom("", " ", ":x", "<y", "x ", "-", "#"),
  );
  const records = fc.array(
    fc.record({
      dn: fc.stringMatching(/^[A-Za-z0-9 äöü]{1,20}$/).map((name) => `CN=x${name},DC=a,DC=test`),
      attributes: fc.array(fc.tuple(names, values), { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const styles = fc.record({
    width: fc.constantFrom(0, 2, 10, 76),
    lineEnd: fc.constantFrom("\n", "\r\n", "\r", "\r\r\n"),
    fold: fc.constantFrom(" " as const, "\t" as const),
  });

  test("what was written is read, however it was folded", () => {
    fc.assert(
      fc.property(records, styles, (written, style) => {
        const document = read(writeLdif(written, style));
        expect(document.diagnostics).toEqual([]);
        expect(document.records.map(({ dn }) => dn)).toEqual(written.map(({ dn }) => dn));
        document.records.forEach(({ attributes }, index) => {
          for (const [name, found] of attributes) {
            const expected = (written[index]?.attributes ?? []).filter(
              ([other]) => other.toLowerCase() === name,
            );
            expect(found.map(({ bytes }) => [...bytes])).toEqual(
              expected.map(([, value]) => [...(typeof value === "string" ? utf8(value) : value)]),
            );
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  test("arbitrary bytes never throw, and lines lie inside the file", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const document = parseLdif(bytes, "d.ldif");
        for (const { line } of document.diagnostics) expect(line ?? 1).toBeLessThanOrEqual(bytes.length + 1);
        expect(document.damaged || document.records.length > 0).toBe(true);
      }),
    );
  });

  test("a file with one byte changed or cut anywhere never throws", () => {
    const text = utf8(
      writeLdif([
        {
          dn: ou,
          attributes: [
            ["gPLink", link],
            ["nTSecurityDescriptor", new Uint8Array(90)],
          ],
        },
      ]),
    );
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const mutated = cut ? text.slice(0, at) : Uint8Array.from(text, (old, i) => (i === at ? byte : old));
        for (const { attributes } of parseLdif(mutated, "d.ldif").records) {
          for (const value of [...attributes.values()].flat()) expect(value.bytes).toBeInstanceOf(Uint8Array);
        }
      }),
    );
  });
});
