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

const head: LdifRecord = {
  dn: "DC=a,DC=test",
  attributes: [
    ["objectClass", "domainDNS"],
    ["objectSid", writeSid("S-1-5-21-1-2-3")],
  ],
};
const ou = (attributes: Attributes, dn = "OU=x,DC=a,DC=test"): LdifRecord => ({
  dn,
  attributes: [["objectClass", "organizationalUnit"], ...attributes],
});
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

describe("several exports", () => {
  test("equal copies are one object without a word", () => {
    const built = build(
      ["1.ldif", head, ou([["gPOptions", "1"]])],
      ["2.ldif", ou([["gPOptions", "1"]], "ou=X, dc=a,dc=test")],
    );
    expect([...built.directory.soms.values()].map((som) => [som.kind, som.blocksInheritance])).toEqual([
      ["domain", false],
      ["ou", true],
    ]);
    expect(codes(built)).toEqual([]);
  });

  test("attributes that only one copy has come together", () => {
    const built = build(["1.ldif", ou([["gPOptions", "1"]])], ["2.ldif", ou([["gPLink", " "]])]);
    expect([...built.directory.soms.values()]).toMatchObject([
      { blocksInheritance: true, linkLocation: { path: "2.ldif", line: 3 } },
    ]);
    expect(codes(built)).toEqual([]);
  });

  test("where copies differ the later file counts, and says so", () => {
    const [one, two] = [ou([["gPOptions", "1"]]), ou([["gPOptions", "0"]])];
    const blocks = (built: BuiltDirectory): unknown =>
      [...built.directory.soms.values()].map((som) => som.blocksInheritance);
    const forward = build(["1.ldif", one], ["2.ldif", two]);
    const backward = build(["2.ldif", two], ["1.ldif", one]);
    expect([blocks(forward), codes(forward)]).toEqual([[false], ["directory.object-twice 2.ldif:1"]]);
    expect([blocks(backward), codes(backward)]).toEqual([[true], ["directory.object-twice 1.ldif:1"]]);
  });

  test("the order of files and records changes nothing else", () => {
    const records = [
      head,
      ou([]),
      dc([["memberOf", "CN=g,DC=a,DC=test"]]),
      group("g", 1105, []),
      group("h", 1106, [["member", "CN=g,DC=a,DC=test"]]),
    ];
    const plain = ({ directory }: BuiltDirectory): unknown => {
      const { computers, soms, groups, knownDns, nonGroupSids } = directory;
      const place = { path: "", line: 0 };
      return {
        computers: computers.map((item) => ({ ...item, location: place })),
        soms: new Map([...soms].map(([key, item]) => [key, { ...item, location: place }])),
        groups,
        knownDns,
        nonGroupSids,
      };
    };
    const forward = build(["1.ldif", ...records]);
    expect(plain(build(["1.ldif", ...records.toReversed()]))).toEqual(plain(forward));
    expect(plain(build(["1.ldif", ...records.slice(2)], ["2.ldif", ...records.slice(0, 2)]))).toEqual(
      plain(forward),
    );
    expect(forward.directory.computers).toHaveLength(1);
  });

  test("two domains keep their objects apart", () => {
    const other: LdifRecord = {
      dn: "DC=b,DC=a,DC=test",
      attributes: [
        ["objectClass", "domainDNS"],
        ["objectSid", writeSid("S-1-5-21-7-8-9")],
      ],
    };
    expect([...build(["1.ldif", head], ["2.ldif", other]).directory.domains]).toEqual([
      ["a.test", { dn: "DC=a,DC=test", sid: "S-1-5-21-1-2-3" }],
      ["b.a.test", { dn: "DC=b,DC=a,DC=test", sid: "S-1-5-21-7-8-9" }],
    ]);
  });

  test("the heads of DNS partitions are no domains", () => {
    const zone: LdifRecord = {
      dn: "DC=DomainDnsZones,DC=a,DC=test",
      attributes: [["objectClass", "domainDNS"]],
    };
    expect(build(["1.ldif", head, zone]).directory.domains.size).toBe(1);
  });
});

describe("objects that are gone", () => {
  test.each([
    [
      "CN=DC1\\0ACNF:6f7e0e1e-0000-4000-8000-000000000001,OU=x,DC=a,DC=test",
      ["directory.conflict-object d.ldif:1"],
    ],
    [
      "CN=a\\,b\\0ACNF:6f7e0e1e-0000-4000-8000-000000000001,DC=a,DC=test",
      ["directory.conflict-object d.ldif:1"],
    ],
    ["CN=DC1\\0ADEL:6f7e0e1e-0000-4000-8000-000000000001,CN=Deleted Objects,DC=a,DC=test", []],
    ["CN=DC1,CN=Deleted Objects,DC=a,DC=test", []],
  ])("%s", (dn, expected) => {
    const built = build(["d.ldif", { dn, attributes: [["userAccountControl", "8192"]] }]);
    expect(built.directory.computers).toEqual([]);
    expect(codes(built)).toEqual(expected);
  });

  test("isDeleted, and a live object below a renamed container", () => {
    expect(build(["d.ldif", dc([["isDeleted", "TRUE"]])]).directory.computers).toEqual([]);
    const dn = "CN=DC1,OU=x\\0ACNF:6f7e0e1e-0000-4000-8000-000000000001,DC=a,DC=test";
    expect(
      build(["d.ldif", { dn, attributes: [["userAccountControl", "8192"]] }]).directory.computers,
    ).toHaveLength(1);
  });
});

describe("what an object is, without its class", () => {
  test.each([
    ["OU=x,DC=a,DC=test", [], "soms"],
    ["DC=a,DC=test", [["gPLink", " "]], "soms"],
    ["CN=s,CN=Sites,CN=Configuration,DC=a,DC=test", [], "soms"],
    [`CN={11111111-2222-3333-4444-555555555555},CN=Policies,CN=System,DC=a,DC=test`, [], "gpcs"],
    ["CN=Subnets,CN=Sites,CN=Configuration,DC=a,DC=test", [], null],
    ["CN=x,DC=a,DC=test", [], null],
    ["DC=app,DC=test", [], null],
  ] satisfies [string, Attributes, "soms" | "gpcs" | null][])("%s", (dn, attributes, where) => {
    const { soms, gpcs, knownDns } = build(["d.ldif", { dn, attributes }]).directory;
    expect({ soms: soms.size, gpcs: gpcs.size }).toEqual({
      soms: where === "soms" ? 1 : 0,
      gpcs: where === "gpcs" ? 1 : 0,
    });
    // An object that may be a group is not known not to be one.
    expect(knownDns.size).toBe(where === null ? 0 : 1);
  });
});

describe("sites and servers", () => {
  const config = "CN=Sites,CN=Configuration,DC=a,DC=test";
  const server = (site: string, reference: string): LdifRecord => ({
    dn: `CN=DC1,CN=Servers,CN=${site},${config}`,
    attributes: [
      ["objectClass", "server"],
      ["serverReference", reference],
    ],
  });
  const site: LdifRecord = { dn: `CN=s,${config}`, attributes: [["objectClass", "site"]] };
  const key = dc().dn.toLowerCase();

  test("a server object names the site, so does its back link", () => {
    const expected = [{ serverDn: `CN=DC1,CN=Servers,CN=s,${config}`, siteDn: `CN=s,${config}` }];
    const back = dc([["serverReferenceBL", `CN=DC1,CN=Servers,CN=s,${config}`]]);
    expect(build(["d.ldif", site, server("s", dc().dn.toUpperCase())]).directory).toMatchObject({
      hasSites: true,
      servers: new Map([[key, expected]]),
    });
    expect(build(["d.ldif", back]).directory).toMatchObject({
      hasSites: false,
      servers: new Map([[key, expected]]),
    });
    expect(build(["d.ldif", back, server("s", dc().dn)]).directory.servers.get(key)).toHaveLength(1);
  });

  test("two servers for one computer are both kept", () => {
    const built = build(["d.ldif", server("s", dc().dn), server("t", dc().dn)]);
    expect(built.directory.servers.get(key)?.map(({ siteDn }) => siteDn)).toEqual([
      `CN=s,${config}`,
      `CN=t,${config}`,
    ]);
  });

  test("a server outside the sites is none", () => {
    const odd: LdifRecord = {
      dn: "CN=x,CN=y,DC=a,DC=test",
      attributes: [
        ["objectClass", "server"],
        ["serverReference", dc().dn],
      ],
    };
    const elsewhere: LdifRecord = { ...odd, dn: "CN=x,CN=Servers,CN=Group,CN=Exchange,DC=a,DC=test" };
    expect(build(["d.ldif", odd, elsewhere]).directory.servers.size).toBe(0);
  });
});
