import { describe, expect, test } from "vitest";
import { buildDirectory } from "../../src/formats/directory/build-directory.ts";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import { applyAndRead, writeDescriptor, writeSddl, writeSid } from "../util/descriptor-writer.ts";
import type { Attributes } from "../util/directory-builder.ts";
import { build, codes, guid, gpoDn, gpc, cse, bare, tool } from "../util/directory-builder.ts";
import type { LdifRecord } from "../util/ldif-writer.ts";

describe("GPC", () => {
  test.each([
    [[["gPCFunctionalityVersion", "2"]], { functionalityVersion: 2 }, []],
    [[["gPCFunctionalityVersion", "two"]], { functionalityVersion: "malformed" }, ["directory.bad-value"]],
    [[["flags", "x"]], { flags: "malformed" }, ["directory.bad-value"]],
    [[["versionNumber", "-1"]], { machineVersion: null }, ["directory.bad-value"]],
    [[["versionNumber", "4294967296"]], { machineVersion: null }, ["directory.bad-value"]],
    [[["versionNumber", "NaN"]], { machineVersion: null }, ["directory.bad-value"]],
    [
      [
        ["versionNumber", "1"],
        ["versionNumber", "2"],
      ],
      { machineVersion: null },
      ["directory.bad-value"],
    ],
    [[], { functionalityVersion: null, machineVersion: null, opaque: true, displayName: null }, []],
    [[["displayName", "x"]], { opaque: false, displayName: "x" }, []],
    [
      [["gPCMachineExtensionNames", `[${cse("1")}]x`]],
      { extensions: { effective: [bare("1")], damaged: true } },
      ["gpc.extensions-malformed"],
    ],
    [
      [["gPCMachineExtensionNames", `[{zz}${tool}]`]],
      { extensions: { effective: [], damaged: true } },
      ["gpc.extensions-malformed"],
    ],
    [[["gPCWQLFilter", " "]], { wmiFilter: null }, []],
    [
      [["gPCWQLFilter", "[a.test;nonsense;0]"]],
      { wmiFilter: { id: null, found: false } },
      ["gpc.wmi-filter-malformed"],
    ],
    [
      [["gPCWQLFilter", `[A.test;{${guid("B")}};0]`]],
      { wmiFilter: { id: guid("b"), found: false, name: null, query: null } },
      ["gpc.wmi-filter-missing"],
    ],
    [
      [["nTSecurityDescriptor", Uint8Array.of(1, 0)]],
      { securityDescriptor: { state: "malformed" } },
      ["descriptor.malformed"],
    ],
    [
      [["nTSecurityDescriptor", "nonsense"]],
      { securityDescriptor: { state: "malformed" } },
      ["descriptor.malformed"],
    ],
    [[], { securityDescriptor: { state: "absent" } }, []],
  ] satisfies [Attributes, object, string[]][])("%j", (attributes, expected, diagnostics) => {
    expect(gpc(attributes)).toMatchObject({ gpc: expected, codes: diagnostics });
  });

  test("a descriptor that was damaged on the way is malformed, not absent", () => {
    const text = `dn: ${gpoDn("1")}\nnTSecurityDescriptor:: AQAEgA\n`;
    const { directory } = buildDirectory(parseLdif(new TextEncoder().encode(text), "d.ldif").records);
    expect([...directory.gpcs.values()].map((item) => item.securityDescriptor)).toEqual([
      { state: "malformed", detail: "its value in the export is damaged" },
    ]);
  });

  test("GUID and domain come from the name, in lower case", () => {
    const dn = `CN={${guid("a").toUpperCase()}},CN=Policies,CN=System,DC=A,DC=Test`;
    const built = build({ dn, attributes: [["objectClass", "groupPolicyContainer"]] });
    expect([...built.directory.gpcs]).toMatchObject([
      [dn.toLowerCase(), { guid: guid("a"), domain: "a.test", dn }],
    ]);
  });

  test("a container without a GUID is skipped and reported", () => {
    const built = build({
      dn: "CN=x,CN=Policies,CN=System,DC=a,DC=test",
      attributes: [["objectClass", "groupPolicyContainer"]],
    });
    expect(built.directory.gpcs.size).toBe(0);
    expect(codes(built)).toEqual(["gpc.bad-name"]);
  });

  test("the WMI filter is found in its domain, whatever the case", () => {
    const built = build(
      { dn: gpoDn("1"), attributes: [["gPCWQLFilter", `[A.TEST;{${guid("B")}};0]`]] },
      {
        dn: `CN={${guid("b")}},CN=SOM,CN=WMIPolicy,CN=System,DC=a,DC=test`,
        attributes: [
          ["objectClass", "msWMI-Som"],
          ["msWMI-Name", "Only DCs"],
          ["msWMI-Parm2", "2;3;10;21;WQL;root\\CIMv2;SELECT * FROM x WHERE;3;4;8;WQL;root;SELECT 2;"],
        ],
      },
    );
    expect(built.directory.gpcs.get(gpoDn("1").toLowerCase())?.wmiFilter).toEqual({
      id: guid("b"),
      name: "Only DCs",
      query: "SELECT * FROM x WHERE; SELECT 2",
      found: true,
    });
    expect(codes(built)).toEqual([]);
  });

  test("binary and text descriptors give the same, aliases by the SIDs of domain and forest root", () => {
    const head: LdifRecord = {
      dn: "DC=a,DC=test",
      attributes: [
        ["objectClass", "domainDNS"],
        ["objectSid", "S-1-5-21-1-2-3"],
      ],
    };
    const site: LdifRecord = {
      dn: "CN=s,CN=Sites,CN=Configuration,DC=a,DC=test",
      attributes: [["objectClass", "site"]],
    };
    const aces = [
      ...applyAndRead("S-1-5-11"),
      { type: "allow" as const, mask: 0xf00ff, sid: "S-1-5-21-1-2-3-512" },
    ];
    const of = (value: string | Uint8Array): unknown => {
      const built = build(head, site, { dn: gpoDn("1"), attributes: [["nTSecurityDescriptor", value]] });
      return [...built.directory.gpcs.values()].map((item) => item.securityDescriptor);
    };
    const text = writeSddl({ dacl: aces });
    expect(of(text)).toEqual(of(writeDescriptor({ dacl: aces })));
    expect(of(text.replace("S-1-5-21-1-2-3-512", "DA"))).toEqual(of(text));
    expect(of(text.replace("S-1-5-21-1-2-3-512", "EA"))).toEqual(of(text.replace("-512", "-519")));
  });

  test("without the head of the domain its accounts tell its SID", () => {
    const account = (name: string, sid: string): LdifRecord => ({
      dn: `CN=${name},DC=a,DC=test`,
      attributes: [
        ["objectClass", "computer"],
        ["objectSid", writeSid(sid)],
        ["userAccountControl", "4096"],
      ],
    });
    const gpo: LdifRecord = { dn: gpoDn("1"), attributes: [["nTSecurityDescriptor", "D:(A;;CR;;;DD)"]] };
    const trustee = (...records: readonly LdifRecord[]): unknown =>
      [...build(gpo, ...records).directory.gpcs.values()].map(({ securityDescriptor: fact }) =>
        fact.state === "read" ? fact.descriptor.dacl?.map(({ sid }) => sid) : fact,
      );
    expect(trustee(account("x", "S-1-5-21-1-2-3-1001"))).toEqual([["S-1-5-21-1-2-3-516"]]);
    expect(trustee(account("x", "S-1-5-21-1-2-3-1001"), account("y", "S-1-5-21-9-9-9-1001"))).toEqual([
      [null],
    ]);
    expect(trustee()).toEqual([[null]]);
  });
});
