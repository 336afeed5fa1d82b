import { describe, expect, it } from "vitest";
import { parseLdif } from "../../../src/formats/ldif/parse-ldif.ts";
import type { ReadinessQuery } from "../../../src/formats/readiness/build-readiness.ts";
import { buildReadiness } from "../../../src/formats/readiness/build-readiness.ts";
import type { LookUp } from "../../../src/formats/readiness/look-ups.ts";
import type { ExportedKinds, ReadinessFacts } from "../../../src/model/readiness.ts";
import { neverTime } from "../../../src/model/readiness.ts";
import { writeDescriptor } from "../../util/descriptor-writer.ts";
import type { Attributes } from "../../util/directory-builder.ts";
import type { LdifRecord } from "../../util/ldif-writer.ts";
import { writeLdif } from "../../util/ldif-writer.ts";
import { writeSacl } from "./sacl-writer.ts";

const sid = "S-1-5-21-1-2-3";
const top = "DC=a,DC=test";
const configuration = `CN=Configuration,${top}`;
const nobody: ReadinessQuery = { serviceAccounts: [], listed: null, lookUps: [] };
const record = (dn: string, ...attributes: Attributes): LdifRecord => ({ dn, attributes });
const domain = (...attributes: Attributes) =>
  record(top, ["objectClass", "domainDNS"], ["objectSid", sid], ...attributes);
const account = (name: string, kind: string, ...attributes: Attributes) =>
  record(`CN=${name},CN=Users,${top}`, ["objectClass", kind], ["sAMAccountName", name], ...attributes);

function read(records: readonly LdifRecord[], query: ReadinessQuery = nobody) {
  return readAll([records], query);
}

function readAll(files: readonly (readonly LdifRecord[])[], query: ReadinessQuery = nobody) {
  const exports = files.map(
    (records, i) => parseLdif(new TextEncoder().encode(writeLdif(records)), `${i}.ldif`).records,
  );
  return buildReadiness(exports, query);
}

const one = (records: readonly LdifRecord[], name = "x") =>
  read(records, { ...nobody, serviceAccounts: [name] }).facts.serviceAccounts[0]?.accounts[0];

describe("root keys", () => {
  const container = `CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services,${configuration}`;
  const key = (...attributes: Attributes) =>
    record(`CN=k,${container}`, ["objectClass", "msKds-ProvRootKey"], ...attributes);

  it.each<[string, string, unknown]>([
    ["a FILETIME", "116444736000000000", 0],
    ["a fraction of a millisecond less", "116444735999999999", -1],
    ["the beginning of time", "0", neverTime],
    ["no number", "soon", "malformed"],
    ["a negative one", "-1", "malformed"],
  ])("start at %s", (_, text, expected) => {
    const { facts, diagnostics } = read([key(["msKds-UseStartTime", text])]);
    expect(facts.kds.keys.map(({ startTime }) => startTime)).toEqual([expected]);
    expect(diagnostics.map(({ code }) => code)).toEqual(
      expected === "malformed" ? ["directory.bad-value"] : [],
    );
  });

  it("may show no start time", () => {
    expect(read([key()]).facts.kds.keys).toMatchObject([{ startTime: null }]);
  });

  it.each<[string, readonly LdifRecord[], boolean]>([
    ["nobody known", [record(container, ["objectClass", "container"])], false],
    ["whoever sees its SACL", [record(container, ["nTSecurityDescriptor", "O:BAD:S:"])], true],
    [
      "whoever sees the SACL of the partition",
      [record(configuration, ["nTSecurityDescriptor", writeSacl([])])],
      true,
    ],
    [
      "whoever sees the DACL of the partition",
      [record(configuration, ["nTSecurityDescriptor", writeDescriptor({ dacl: [] })])],
      false,
    ],
    ["whoever sees a SACL of the domain", [domain(["nTSecurityDescriptor", writeSacl([])])], false],
  ])("were read by %s", (_, records, expected) => {
    expect(read(records).facts.kds.readByAdministrator).toBe(expected);
  });
});

describe("audit entries of the domain", () => {
  const state = (...files: readonly (readonly LdifRecord[])[]) =>
    readAll(files).facts.domains[0]?.head.sacl.state;
  const withoutSacl = domain(["nTSecurityDescriptor", writeDescriptor({ dacl: [] })]);

  it.each<[string, readonly (readonly LdifRecord[])[], string]>([
    ["no descriptor", [[domain()]], "absent"],
    ["a descriptor without a SACL", [[withoutSacl]], "absent"],
    ["one with a SACL", [[domain(["nTSecurityDescriptor", writeSacl([])])]], "read"],
    ["one with a SACL as text", [[domain(["nTSecurityDescriptor", "O:BAD:S:(AU;SA;WP;;;WD)"])]], "read"],
    [
      "a SACL in the first of two exports",
      [[domain(["nTSecurityDescriptor", writeSacl([])])], [withoutSacl]],
      "read",
    ],
    ["a damaged one", [[domain(["nTSecurityDescriptor", "O:BAD:S:(AU;SA"])]], "malformed"],
  ])("%s", (_, files, expected) => {
    expect(state(...files)).toBe(expected);
  });

  it("that a search of its own found none of are none", () => {
    const exports = parseLdif(new TextEncoder().encode(writeLdif([withoutSacl])), "d.ldif").records.map(
      (item) => ({
        ...item,
        attributes: new Map(
          [...item.attributes].map(([name, values]) => [name.replace(/^ntsecurity.*/, "$&;sacl"), values]),
        ),
      }),
    );
    expect(buildReadiness([exports], nobody).facts.domains[0]?.head.sacl).toEqual({
      state: "read",
      aces: [],
    });
  });
});

describe("containers that need not exist", () => {
  const adfs = (...records: readonly LdifRecord[]) =>
    read([domain(), ...records]).facts.domains[0]?.adfs.state;
  const exchange = (...records: readonly LdifRecord[]) => read(records).facts.exchange.state;
  const services = record(`CN=Services,${configuration}`);
  it("are missing only where their parent was exported", () => {
    const parent = record(`CN=Microsoft,CN=Program Data,${top}`);
    expect(adfs()).toBe("unknown");
    expect(adfs(parent)).toBe("missing");
    expect(adfs(parent, record(`CN=ADFS,CN=Microsoft,CN=Program Data,${top}`))).toBe("found");
    expect(exchange(domain())).toBe("unknown");
    expect(exchange(services)).toBe("missing");
    expect(exchange(services, record(`CN=Microsoft Exchange,CN=Services,${configuration}`))).toBe("found");
  });

  it("hold deleted objects, though they call themselves deleted", () => {
    const container = record(`CN=Deleted Objects,${top}`, ["isDeleted", "TRUE"]);
    const found = (...records: readonly LdifRecord[]) =>
      read([domain(), ...records]).facts.domains[0]?.deletedObjects.state;
    expect(found()).toBe("unknown");
    expect(found(container)).toBe("found");
  });
});

describe("accounts", () => {
  it.each<[string, string, string | undefined]>([
    ["by name", "x", "x"],
    ["in other letters", "X", "x"],
    ["by DN", `cn=X,CN=Users,${top}`, "x"],
    ["with the domain before it", "A\\x", "x"],
    ["with the domain behind it", "x@A.test", "x"],
    ["in another domain", "x@b.test", undefined],
    ["with a $ that it does not have", "x$", undefined],
    ["without the $ that it has", "m", "m"],
    ["with the $ that it has", "m$", "m"],
  ])("are found %s", (_, typed, expected) => {
    const managed = account("m$", "msDS-GroupManagedServiceAccount");
    expect(one([domain(), account("x", "user"), managed], typed)?.name).toBe(expected);
  });

  it("with and without $ are told apart where both exist", () => {
    expect(one([account("x", "user"), account("x$", "computer")], "x")?.kind).toBe("user");
    expect(one([account("x", "user"), account("x$", "computer")], "x$")?.kind).toBe("computer");
  });

  it.each<[string, readonly LdifRecord[]]>([
    ["deleted", [record(`CN=x\\0ADEL:1,CN=Deleted Objects,${top}`, ["sAMAccountName", "x"])]],
    ["marked as deleted", [account("x", "user", ["isDeleted", "TRUE"])]],
    ["renamed in a conflict", [record(`CN=x\\0ACNF:1,${top}`, ["sAMAccountName", "x"])]],
  ])("that are %s are gone", (_, records) => {
    expect(one(records)).toBeUndefined();
  });

  const there = record("DC=b,DC=test", ["objectClass", "domainDNS"], ["objectSid", "S-1-5-21-7-8-9"]);
  const crossRef = (netbios: string, dn: string) =>
    record(`CN=${netbios},CN=Partitions,${configuration}`, ["nETBIOSName", netbios], ["nCName", dn]);

  it.each<[string, string, readonly LdifRecord[], boolean]>([
    ["the first label of its domain", "A\\x", [], true],
    ["that of another domain", "B\\x", [], false],
    ["that of no domain", "C\\x", [], false],
    ["the NetBIOS name of its domain", "corp\\x", [crossRef("CORP", top)], true],
    ["the label of a domain called otherwise", "A\\x", [crossRef("CORP", top)], false],
    ["the NetBIOS name of another domain", "A\\x", [crossRef("A", "DC=b,DC=test")], false],
  ])("found by %s", (_, typed, more, expected) => {
    const found = one([domain(), there, account("x", "user"), ...more], typed);
    expect(found !== undefined).toBe(expected);
  });

  it.each<[string, boolean]>([
    ["x", true],
    ["A\\x", true],
    ["C\\x", false],
    ["x@b.test", true],
    ["x@c.test", false],
    [`CN=x,${top}`, true],
    ["CN=x,DC=c,DC=test", false],
  ])("%s is in a domain of the data: %s", (typed, expected) => {
    const { facts } = read([domain(), there], { ...nobody, serviceAccounts: [typed] });
    expect(facts.serviceAccounts[0]?.domainKnown).toBe(expected);
  });

  describe("from a snapshot", () => {
    const mail = ["servicePrincipalName", "HTTP/x"] as const;
    const logon = ["lastLogonTimestamp", "133500000000000000"] as const;
    const used = account("y", "msDS-GroupManagedServiceAccount", [...mail], [...logon]);
    const asked: LookUp = {
      path: "0.ldif",
      domains: new Set(["a.test"]),
      names: new Set(["x"]),
      principalNames: new Set(["http/x"]),
      showsAll: true,
    };
    const find = (files: readonly (readonly LdifRecord[])[], lookUp: LookUp, name = "x") => {
      const { facts } = readAll(files, { serviceAccounts: [name], listed: null, lookUps: [lookUp] });
      const [found] = facts.serviceAccounts;
      return { found, first: found?.accounts[0], names: facts.lookedUpNames };
    };

    it.each<[string, Partial<LookUp>, boolean]>([
      ["asked for by an administrator", {}, true],
      ["asked for by somebody it may be hidden from", { showsAll: false }, false],
      ["not asked for, whatever others in it have", { names: new Set() }, false],
      ["asked for in another file", { path: "1.ldif" }, false],
    ])("never logged on where it was %s", (_, changes, expected) => {
      const records = [domain(), account("x", "user"), ...(changes.path === undefined ? [used] : [])];
      expect(find([records], { ...asked, ...changes }).first?.logonsExported).toBe(expected);
    });

    it("has no service principal name only where that was asked for", () => {
      const managed = account("x", "msDS-GroupManagedServiceAccount");
      expect(find([[domain(), account("x", "user"), used]], asked).first?.namesExported).toBe(false);
      expect(find([[domain(), managed, used]], asked).first?.namesExported).toBe(true);
    });

    it("is missing only where every domain that may hold it was asked", () => {
      expect(find([[domain()]], asked).found?.lookedUp).toBe(true);
      expect(find([[domain()]], asked, "A\\X$").found?.lookedUp).toBe(true);
      expect(find([[domain(), there]], asked).found?.lookedUp).toBe(false);
      expect(find([[domain(), there]], asked, "x@a.test").found?.lookedUp).toBe(true);
      expect(find([[domain(), there]], asked, "x@b.test").found?.lookedUp).toBe(false);
      expect(find([[domain()]], { ...asked, names: new Set() }).found?.lookedUp).toBe(false);
      expect(find([[record(configuration)]], asked).found?.lookedUp).toBe(false);
    });

    it("holds a service principal name alone only where every domain was asked", () => {
      const holder = account("x", "msDS-GroupManagedServiceAccount", [...mail]);
      expect(find([[domain(), holder]], asked).names).toEqual(new Set(["http/x"]));
      expect(find([[domain(), there, holder]], asked).names).toEqual(new Set());
    });
  });

  it("never logged on only where the file shows logons of others", () => {
    const silent = account("x", "user");
    const used = account("y", "user", ["lastLogonTimestamp", "133500000000000000"]);
    expect(one([silent])?.logonsExported).toBe(false);
    expect(one([silent, used])?.logonsExported).toBe(true);
    const apart = readAll([[silent], [used]], { ...nobody, serviceAccounts: ["x"] });
    expect(apart.facts.serviceAccounts[0]?.accounts[0]?.logonsExported).toBe(false);
  });

  it("that share a service principal name are listed, whatever its letters", () => {
    const first = account("x", "user", ["servicePrincipalName", "HTTP/x"]);
    const second = account("y", "user", ["servicePrincipalName", "http/X"]);
    const { nameHolders } = read([first, second], { ...nobody, serviceAccounts: ["x"] }).facts;
    expect([...nameHolders]).toEqual([["http/x", [first.dn, second.dn]]]);
  });
});

describe("what an export covers", () => {
  const builtIn = (name: string, rid: number, ...attributes: Attributes) =>
    account(name, "user", ["objectSid", `${sid}-${rid}`], ...attributes);
  const admin = builtIn("Administrator", 500);
  const krbtgt = builtIn("krbtgt", 502, ["servicePrincipalName", "kadmin/changepw"]);
  const member = account(
    "m$",
    "computer",
    ["userAccountControl", "4096"],
    ["servicePrincipalName", "HOST/m"],
  );
  const dc = account("d$", "computer", ["userAccountControl", "532480"], ["servicePrincipalName", "HOST/d"]);
  const covers = (...records: readonly LdifRecord[]) =>
    read([domain(), ...records]).facts.exported.get("a.test");

  it.each<[string, readonly LdifRecord[], Partial<ExportedKinds>]>([
    ["nothing", [dc], { users: false, servicePrincipalNames: false, managedAccounts: false }],
    ["one built-in user", [admin], { users: false }],
    ["both", [admin, krbtgt], { users: true, servicePrincipalNames: false }],
    ["domain controllers are no members", [krbtgt, dc], { servicePrincipalNames: false }],
    ["users and members with their names", [krbtgt, member], { servicePrincipalNames: true }],
    ["a managed account", [account("g$", "msDS-GroupManagedServiceAccount")], { managedAccounts: true }],
  ])("%s", (_, records, expected) => {
    expect(covers(...records)).toMatchObject(expected);
  });
});

describe("other facts", () => {
  it("are where domain controllers belong, and which schema there is", () => {
    const place: Attributes = [
      ["wellKnownObjects", "B:32:A361B2FFFFD211D1AA4B00C04FD7D83A:OU=DCs,DC=a,DC=test"],
    ];
    const { facts } = read([domain(...place), record(`CN=Schema,${configuration}`, ["objectVersion", "91"])]);
    expect(facts.domains[0]?.controllersOu).toBe("OU=DCs,DC=a,DC=test");
    expect(facts.schemaVersion).toBe(91);
    expect(read([domain()]).facts.domains[0]?.controllersOu).toBe(`OU=Domain Controllers,${top}`);
  });

  it("are none without any export", () => {
    const nothing: Partial<ReadinessFacts> = {
      domains: [],
      schemaVersion: null,
      exchange: { state: "unknown" },
    };
    expect(buildReadiness([], { serviceAccounts: ["x"], listed: null, lookUps: [] }).facts).toMatchObject(
      nothing,
    );
  });
});
