import { describe, expect, test } from "vitest";
import type { BuiltDirectory } from "../../src/formats/directory/build-directory.ts";
import { buildDirectory } from "../../src/formats/directory/build-directory.ts";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import { writeSid } from "../util/descriptor-writer.ts";
import type { LdifRecord } from "../util/ldif-writer.ts";
import { writeLdif } from "../util/ldif-writer.ts";

type Attributes = LdifRecord["attributes"];
type File = readonly [path: string, ...records: readonly LdifRecord[]];

const build = (...files: readonly File[]): BuiltDirectory =>
  buildDirectory(
    ...files.map(
      ([path, ...records]) => parseLdif(new TextEncoder().encode(writeLdif(records)), path).records,
    ),
  );

const codes = ({ diagnostics }: BuiltDirectory): string[] =>
  diagnostics.map(({ code, path, line }) => `${code} ${path}:${line}`);

const sid = (rid: number): string => `S-1-5-21-1-2-3-${rid}`;
const group = (name: string, rid: number, attributes: Attributes): LdifRecord => ({
  dn: `CN=${name},DC=a,DC=test`,
  attributes: [["objectClass", "group"], ["objectSid", writeSid(sid(rid))], ...attributes],
});
const dc = (attributes: Attributes = []): LdifRecord => ({
  dn: "CN=DC1,OU=Domain Controllers,DC=a,DC=test",
  attributes: [
    ["objectClass", "computer"],
    ["userAccountControl", "532480"],
    ["objectSid", writeSid(sid(1000))],
    ...attributes,
  ],
});

describe("memberships", () => {
  const groupOf = (built: BuiltDirectory, name: string): unknown =>
    built.directory.groups.get(`cn=${name},dc=a,dc=test`);

  test("members of a group", () => {
    const built = build(["d.ldif", group("g", 1105, [["member", dc().dn]]), dc()]);
    expect(groupOf(built, "g")).toEqual({
      dn: "CN=g,DC=a,DC=test",
      sid: sid(1105),
      members: [dc().dn],
      membersIncomplete: false,
    });
    expect(built.directory.membershipExported).toBe(true);
    expect([...built.directory.nonGroupSids]).toEqual([sid(1000)]);
  });

  test("no member and no memberOf anywhere", () => {
    expect(build(["d.ldif", group("g", 1105, []), dc()]).directory.membershipExported).toBe(false);
  });

  test.each([
    ["a range of the members", [["member;range=0-1499", "CN=x,DC=a,DC=test"]]],
    ["a member that is no text", [["member", Uint8Array.of(0xff)]]],
  ] satisfies [string, Attributes][])("%s leaves the group open", (_, attributes) => {
    expect(groupOf(build(["d.ldif", group("g", 1105, attributes)]), "g")).toMatchObject({
      membersIncomplete: true,
    });
  });

  test("memberOf of a group tells the nesting, but alone makes no list whole", () => {
    const outer = group("outer", 1106, []);
    const inner = group("inner", 1105, [["memberOf", "CN=Outer,DC=a,DC=test"]]);
    const built = build(["d.ldif", outer, inner]);
    expect(groupOf(built, "outer")).toMatchObject({
      members: ["CN=inner,DC=a,DC=test"],
      membersIncomplete: true,
    });
    const both = build(["d.ldif", group("outer", 1106, [["member", "cn=inner,dc=a,dc=test"]]), inner]);
    expect(groupOf(both, "outer")).toMatchObject({
      members: ["cn=inner,dc=a,dc=test"],
      membersIncomplete: false,
    });
  });

  test("foreign principals, exported or only named as a member", () => {
    const fsp = "CN=S-1-5-11,CN=ForeignSecurityPrincipals,DC=a,DC=test";
    const object: LdifRecord = {
      dn: fsp,
      attributes: [
        ["objectClass", "foreignSecurityPrincipal"],
        ["objectSid", writeSid("S-1-5-11")],
      ],
    };
    const expected = new Map([[fsp.toLowerCase(), "S-1-5-11"]]);
    expect(build(["d.ldif", object]).directory.foreignPrincipals).toEqual(expected);
    expect(build(["d.ldif", group("g", 1105, [["member", fsp]])]).directory.foreignPrincipals).toEqual(
      expected,
    );
    expect(
      build(["d.ldif", group("g", 1105, [["member", "CN=S-1-5-11,DC=a,DC=test"]])]).directory
        .foreignPrincipals.size,
    ).toBe(0);
    expect(build(["d.ldif", object]).directory.nonGroupSids.size).toBe(0);
  });

  test("a group whose SID cannot be read is not known at all", () => {
    const broken: LdifRecord = {
      dn: "CN=g,DC=a,DC=test",
      attributes: [
        ["objectClass", "group"],
        ["objectSid", "S-1-x"],
        ["member", dc().dn],
      ],
    };
    const built = build(["d.ldif", broken]);
    expect(built.directory).toMatchObject({ groups: new Map(), knownDns: new Set() });
    expect(codes(built)).toEqual(["directory.bad-value d.ldif:3"]);
  });

  test("an object of which a class is lost is not known to be no group", () => {
    const object: LdifRecord = {
      dn: "CN=x,DC=a,DC=test",
      attributes: [
        ["objectClass", "top"],
        ["objectClass", Uint8Array.of(0xff)],
      ],
    };
    expect(build(["d.ldif", object]).directory.knownDns.size).toBe(0);
  });

  test("mail groups are in no token and hand nothing on", () => {
    const mail = group("mail", 1107, [
      ["groupType", "2"],
      ["member", dc().dn],
    ]);
    const outer = group("outer", 1106, [
      ["groupType", "-2147483646"],
      ["member", "CN=mail,DC=a,DC=test"],
    ]);
    const built = build(["d.ldif", mail, outer, dc([["memberOf", "CN=mail,DC=a,DC=test"]])]);
    expect([...built.directory.groups.keys()]).toEqual(["cn=outer,dc=a,dc=test"]);
    expect(groupOf(built, "outer")).toMatchObject({ members: [] });
    expect(built.directory.computers[0]?.memberOf).toEqual([]);
    expect([...built.directory.nonGroupSids].sort()).toEqual([sid(1000), sid(1107)]);
  });
});
