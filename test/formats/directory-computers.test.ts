import { describe, expect, test } from "vitest";
import { writeSid } from "../util/descriptor-writer.ts";
import type { Attributes } from "../util/directory-builder.ts";
import { computer } from "../util/directory-builder.ts";

describe("computers", () => {
  test.each([
    ["532480", "dc"],
    ["8192", "dc"],
    ["83890176", "rodc"],
    ["67108864", "rodc"],
    ["4096", "member"],
    ["-2147475456", "dc"],
    [" 8192 ", "dc"],
  ])("userAccountControl %s is a %s", (bits, role) => {
    expect(
      computer([
        ["objectClass", "computer"],
        ["userAccountControl", bits],
      ]),
    ).toMatchObject({ computer: { role }, codes: [] });
  });

  test("the account bits make a DC of any class", () => {
    expect(computer([["userAccountControl", "8192"]]).computer?.role).toBe("dc");
    expect(
      computer([
        ["objectClass", "user"],
        ["userAccountControl", "512"],
      ]).computer,
    ).toBeUndefined();
  });

  test.each([
    [[["primaryGroupID", "516"]], "dc"],
    [[["primaryGroupID", "521"]], "rodc"],
    [[["serverReferenceBL", "CN=x,CN=Servers,CN=s,CN=Sites,CN=Configuration,DC=a,DC=test"]], "dc"],
    [[["primaryGroupID", "515"]], "member"],
  ] satisfies [Attributes, string][])("without account bits, %j is a %s", (attributes, role) => {
    const base: Attributes = [["objectClass", "computer"], ...attributes];
    expect(computer(base)).toMatchObject({ computer: { role }, codes: ["directory.no-account-control"] });
    expect(computer([...base, ["userAccountControl", "0x2000"]])).toMatchObject({
      computer: { role },
      codes: ["directory.bad-value"],
    });
  });

  test("service accounts are no computers", () => {
    const classes = ["user", "computer", "msDS-GroupManagedServiceAccount"].map(
      (name) => ["objectClass", name] as const,
    );
    expect(computer([...classes, ["userAccountControl", "4096"]]).computer).toBeUndefined();
  });

  test("all that is known of one", () => {
    const token = ["S-1-5-21-1-2-3-516", "S-1-5-21-1-2-3-1105"].map(
      (sid) => ["tokenGroups", writeSid(sid)] as const,
    );
    const built = computer([
      ["objectClass", "computer"],
      ["sAMAccountName", "DC1$"],
      ["userAccountControl", "532480"],
      ["objectSid", writeSid("S-1-5-21-1-2-3-1000")],
      ["primaryGroupID", "516"],
      ["dNSHostName", "dc1.a.test"],
      ["operatingSystem", "Windows Server 2022"],
      ["memberOf", "CN=g,DC=a,DC=test"],
      ...token,
    ]);
    expect(built).toEqual({
      codes: [],
      computer: {
        dn: "CN=DC1,OU=Domain Controllers,DC=a,DC=test",
        name: "DC1",
        domain: "a.test",
        sid: "S-1-5-21-1-2-3-1000",
        dnsHostName: "dc1.a.test",
        operatingSystem: "Windows Server 2022",
        role: "dc",
        primaryGroupId: 516,
        tokenGroups: ["S-1-5-21-1-2-3-1105", "S-1-5-21-1-2-3-516"],
        memberOf: ["CN=g,DC=a,DC=test"],
        serverReferenceBl: null,
        location: { path: "d.ldif", line: 1 },
      },
    });
  });

  test("a SID that cannot be read is said once", () => {
    expect(
      computer([
        ["userAccountControl", "8192"],
        ["objectClass", "computer"],
        ["objectSid", "S-1-x"],
      ]),
    ).toMatchObject({
      computer: { sid: null },
      codes: ["directory.bad-value"],
    });
  });

  test("of a range of a token nothing can be denied", () => {
    expect(
      computer([
        ["userAccountControl", "8192"],
        ["tokenGroups;range=0-0", "S-1-5-11"],
      ]).computer?.tokenGroups,
    ).toBeNull();
  });

  test("a token with a SID that cannot be read denies nothing", () => {
    const built = computer([
      ["userAccountControl", "8192"],
      ["tokenGroups", "S-1-5-11"],
      ["tokenGroups", "x"],
    ]);
    expect(built).toMatchObject({ computer: { tokenGroups: null }, codes: ["directory.bad-value"] });
  });
});
