import fc from "fast-check";
import { AndFilter, BerReader, BerWriter, EqualityFilter, FilterParser } from "ldapts";
import { describe, expect, it } from "vitest";
import { parseDn } from "../../src/model/dn.ts";
import { childDn, escapeFilterValue } from "../../src/sources/ldap/escape.ts";

const text = fc.string({ unit: "grapheme" });
const nasty = fc.string({
  unit: fc.constantFrom(..."( ) * \\ \0 & | ! = ü , + # < > ; \n \u00a0".split(" "), '"', " "),
});

describe("a value in a filter", () => {
  it("comes out at the server as it went in, and changes nothing around it", () => {
    fc.assert(
      fc.property(fc.oneof(text, nasty), (value) => {
        const filter = FilterParser.parseString(`(&(cn=${escapeFilterValue(value)})(objectClass=group))`);
        const writer = new BerWriter();
        filter.write(writer);
        const received = FilterParser.parse(new BerReader(writer.buffer));
        expect(received).toBeInstanceOf(AndFilter);
        const [first, second, ...rest] = (received as AndFilter).filters;
        expect(first).toBeInstanceOf(EqualityFilter);
        expect((first as EqualityFilter).value).toBe(value);
        expect(second).toMatchObject({ attribute: "objectclass", value: "group" });
        expect(rest).toEqual([]);
      }),
    );
  });
});

describe("the DN of a child", () => {
  it("names it, whatever its name, and stands where it should", () => {
    fc.assert(
      fc.property(fc.oneof(text, nasty), (name) => {
        const [first, ...rest] = parseDn(childDn(name, "CN=Services,DC=corp,DC=example")) ?? [];
        expect(first?.pairs).toEqual([{ type: "cn", value: name }]);
        expect(rest.map((rdn) => rdn.text)).toEqual(["CN=Services", "DC=corp", "DC=example"]);
      }),
    );
  });
});
