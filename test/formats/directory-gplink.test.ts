import { describe, expect, test } from "vitest";
import { guid, link, links, found, som } from "../util/directory-builder.ts";

describe("gPLink", () => {
  test("case and spacing vary, the domain is that of the GPO", () => {
    const text = `[ldap://CN={${guid("a").toUpperCase()}},CN=Policies,CN=System,DC=B,DC=Test;2] ${link("1")} `;
    expect(links(text)).toMatchObject({
      links: [
        { guid: guid("a"), domain: "b.test", options: 2, enforced: true },
        { guid: guid("1"), domain: "a.test" },
      ],
      damaged: false,
      reports: [],
    });
  });

  test.each([
    ["no GUID", "[LDAP://CN=x,CN=Policies,CN=System,DC=a,DC=test;0]", []],
    ["no braces", `[LDAP://CN=${guid("1")},CN=Policies,CN=System,DC=a,DC=test;0]`, []],
    ["no DN", "[LDAP://;0]", []],
    ["no options", "[LDAP://cn={1},DC=a]", []],
    ["hexadecimal options", link("1", "0x2"), []],
    ["options of absurd length", link("1", "9".repeat(20)), []],
    ["prose", "see other OU", []],
    ["rubbish before", `x${link("1")}`, [guid("1")]],
    ["rubbish between", `${link("1")}x${link("2")}`, [guid("1"), guid("2")]],
    ["rubbish behind", `${link("1")}]`, [guid("1")]],
    ["a bad link between", `${link("1")}[LDAP://CN=x;0]${link("2", 2)}`, [guid("1"), guid("2")]],
    ["a cut link between", `${link("1")}[LDAP://cn={${link("2")}`, [guid("1"), guid("2")]],
  ])("damaged: %s", (_, text, guids) => {
    const result = links(text);
    expect(result.links.map((item) => item.guid)).toEqual(guids);
    expect(result).toMatchObject({ damaged: true, reports: ["gplink.malformed"] });
  });

  test("bits without a meaning change nothing", () => {
    expect(found(link("1", 4) + link("2", 6))).toEqual([
      [guid("1"), false, false],
      [guid("2"), false, true],
    ]);
    expect(links(link("1", 4)).reports).toEqual(["gplink.odd-options"]);
  });

  test("the limit is a diagnostic, not a silent cut", () => {
    const result = links(link("1").repeat(10_001));
    expect(result.links).toHaveLength(10_000);
    expect(result).toMatchObject({ damaged: true, reports: ["limit.exceeded"] });
  });

  test("a hostile value takes no time", () => {
    expect(links("[LDAP://".repeat(200_000))).toMatchObject({ links: [], damaged: true });
  });

  test("undecodable or several values leave the links open", () => {
    expect(som([["gPLink", Uint8Array.of(0xff)]])).toMatchObject({
      som: { linksDamaged: true },
      codes: ["directory.bad-value"],
    });
    expect(
      som([
        ["gPLink", link("1")],
        ["gPLink", link("2")],
      ]),
    ).toMatchObject({
      som: { linksDamaged: true, links: [{ guid: guid("1") }, { guid: guid("2") }] },
    });
  });

  test("a link stands where the file says", () => {
    expect(som([["gPLink", link("1")]]).som.linkLocation).toEqual({ path: "d.ldif", line: 3 });
    expect(som([]).som.linkLocation).toBeNull();
  });
});
