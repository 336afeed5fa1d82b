import { describe, expect, it } from "vitest";
import { judgeReadiness } from "../../../src/app/readiness.ts";
import { Engine } from "../../../src/engine/engine.ts";
import { buildDirectory } from "../../../src/formats/directory/build-directory.ts";
import { parseLdif } from "../../../src/formats/ldif/parse-ldif.ts";
import { buildReadiness } from "../../../src/formats/readiness/build-readiness.ts";
import { isReadiness } from "../../../src/model/requirement.ts";
import { noAssumptions } from "../../util/engine.ts";
import type { LdifRecord } from "../../util/ldif-writer.ts";
import { writeLdif } from "../../util/ldif-writer.ts";
import { bundledPack } from "../../util/run.ts";

const sid = "S-1-5-21-1-2-3";
const top = "DC=a,DC=test";
const head: LdifRecord = {
  dn: top,
  attributes: [
    ["objectClass", "domainDNS"],
    ["objectSid", sid],
  ],
};

function principal(name: string, rid: number, ...more: LdifRecord["attributes"]): LdifRecord {
  const names = [
    ["sAMAccountName", name],
    ["objectSid", `${sid}-${rid}`],
  ] as const;
  return { dn: `CN=${name},CN=Users,${top}`, attributes: [...names, ...more] };
}
const dc = (name: string, rid: number, rodc = false) =>
  principal(
    `${name}$`,
    rid,
    ["objectClass", "computer"],
    ["userAccountControl", rodc ? "83890176" : "532480"],
    ["primaryGroupID", rodc ? "521" : "516"],
    ["dNSHostName", `${name}.a.test`],
  );
const group = (name: string, rid: number, ...members: readonly string[]) =>
  principal(
    name,
    rid,
    ["objectClass", "group"],
    ...members.map((member): readonly [string, string] => ["member", `CN=${member},CN=Users,${top}`]),
  );
const gmsa = (sddl: string) =>
  principal(
    "g$",
    1600,
    ["objectClass", "msDS-GroupManagedServiceAccount"],
    ["msDS-GroupMSAMembership", sddl],
  );
const container = (sddl: string): LdifRecord => ({
  dn: `CN=Deleted Objects,${top}`,
  attributes: [
    ["isDeleted", "TRUE"],
    ["nTSecurityDescriptor", `O:BAG:BAD:${sddl}`],
  ],
});

function verdictOf(check: string, records: readonly LdifRecord[], serviceAccount: string): string {
  const exported = parseLdif(new TextEncoder().encode(writeLdif([head, ...records])), "d.ldif").records;
  const { directory } = buildDirectory(exported);
  const { facts } = buildReadiness([exported], {
    serviceAccounts: [serviceAccount],
    listed: null,
    lookUps: [],
  });
  const inventory = { gpts: [], directory };
  const engine = new Engine(inventory, directory, noAssumptions);
  const requirements = bundledPack("mdi-readiness").requirements.filter(isReadiness);
  const [finding] = judgeReadiness(
    {
      inventory,
      files: [],
      sources: [],
      given: [],
      overlay: [],
      evidence: [],
      lostSources: [],
      diagnostics: [],
      damagedDirectoryFiles: [],
      uselessDirectoryFiles: [],
      directoryNotes: [],
      readiness: { facts, listGiven: false },
    },
    {
      requirements: requirements.filter((requirement) => requirement.check === check),
      targets: directory.computers.map((computer) => engine.resolve(computer).policy),
      engine,
      now: null,
    },
  );
  return finding?.verdict ?? "none";
}

describe("who may retrieve the password", () => {
  const all = "RPWPCRCCDCLCLORCWOWDSDDTSW";
  const grant = (trustee: string) => `O:SYD:(A;;${all};;;${trustee})`;
  const bystander = group("other", 1700, "nobody");
  it.each<[string, string, readonly LdifRecord[], string]>([
    ["its own SID", grant(`${sid}-1000`), [], "pass"],
    ["the primary group, by its alias", grant("DD"), [], "pass"],
    ["a group", grant(`${sid}-1500`), [group("hosts", 1500, "d$")], "pass"],
    [
      "a group in a group",
      grant(`${sid}-1500`),
      [group("hosts", 1500, "inner"), group("inner", 1501, "d$")],
      "pass",
    ],
    [
      "the primary group in a group",
      grant(`${sid}-1500`),
      [group("hosts", 1500, "Domain Controllers"), group("Domain Controllers", 516)],
      "pass",
    ],
    ["everybody who has signed in", grant("AU"), [], "pass"],
    ["no DACL", "O:SYG:SY", [], "pass"],
    ["reading alone", `O:SYD:(A;;RP;;;${sid}-1000)`, [], "pass"],
    ["generic read", `O:SYD:(A;;GR;;;${sid}-1000)`, [], "pass"],
    ["nobody", "O:SYD:", [], "fail"],
    ["writing alone", `O:SYD:(A;;WP;;;${sid}-1000)`, [], "fail"],
    ["one property", `O:SYD:(OA;;RP;bf967aba-0de6-11d0-a285-00aa003049e2;;${sid}-1000)`, [], "fail"],
    ["denied before", `O:SYD:(D;;RP;;;${sid}-1000)(A;;GA;;;AU)`, [], "fail"],
    [
      "a group without it",
      grant(`${sid}-1700`),
      [bystander, principal("nobody", 1701, ["objectClass", "user"])],
      "fail",
    ],
    ["Domain Computers", grant("DC"), [group("Domain Computers", 515), bystander], "fail"],
    ["a group that was not exported", grant(`${sid}-1500`), [bystander], "unknown"],
    ["a group with a member that was not exported", grant(`${sid}-1700`), [bystander], "unknown"],
    ["a condition", `O:SYD:(XA;;GA;;;AU;(@User.a == 1))`, [], "unknown"],
    ["a damaged descriptor", "O:SYD:(A;;GA", [], "unknown"],
    ["one of two domain controllers", grant(`${sid}-1000`), [dc("e", 1001)], "fail"],
    ["writable ones only", grant("DD"), [dc("r", 1002, true), bystander], "fail"],
  ])("%s", (_, descriptor, records, expected) => {
    expect(verdictOf("service-account-retrieval", [dc("d", 1000), gmsa(descriptor), ...records], "g$")).toBe(
      expected,
    );
  });

  it("cannot be told without the attribute, or without a domain controller that the sites name", () => {
    const bare = principal("g$", 1600, ["objectClass", "msDS-GroupManagedServiceAccount"]);
    expect(verdictOf("service-account-retrieval", [dc("d", 1000), bare], "g$")).toBe("unknown");
    const server = {
      dn: `CN=e,CN=Servers,CN=s,CN=Sites,CN=Configuration,${top}`,
      attributes: [
        ["objectClass", "server"],
        ["serverReference", `CN=e$,CN=Users,${top}`],
      ],
    } as const;
    const records = [dc("d", 1000), gmsa(grant("AU")), server];
    expect(verdictOf("service-account-retrieval", records, "g$")).toBe("unknown");
  });
});

describe("who may read deleted objects", () => {
  const user = (...more: LdifRecord["attributes"]) =>
    principal("u", 1800, ["objectClass", "user"], ["primaryGroupID", "513"], ...more);
  const readers = group("readers", 1900, "u");
  const admins = (...members: readonly string[]) => {
    const { dn, attributes } = group("Administrators", 544, ...members);
    return {
      dn,
      attributes: attributes.map(
        ([name, value]) => [name, name === "objectSid" ? "S-1-5-32-544" : value] as const,
      ),
    };
  };
  it.each<[string, string, readonly LdifRecord[], string]>([
    ["the account", `(A;;LCRP;;;${sid}-1800)`, [user()], "pass"],
    ["a group", `(A;;LCRP;;;${sid}-1900)`, [user(), readers], "pass"],
    ["in two entries", `(A;;LC;;;${sid}-1800)(A;;RP;;;${sid}-1900)`, [user(), readers], "pass"],
    ["generic all", `(A;;GA;;;${sid}-1800)`, [user()], "pass"],
    ["listing alone", `(A;;LC;;;${sid}-1800)`, [user()], "fail"],
    ["what is inherited below only", `(A;CIIO;LCRP;;;${sid}-1800)`, [user()], "fail"],
    ["administrators, and it is none", "(A;;LCRP;;;BA)", [user(), admins()], "fail"],
    ["administrators, who are not in the data", "(A;;LCRP;;;BA)", [user(), readers], "unknown"],
    ["Domain Computers, and it is a user", `(A;;LCRP;;;${sid}-515)`, [user(), readers], "unknown"],
    ["a group that was not exported", `(A;;LCRP;;;${sid}-1950)`, [user(), readers], "unknown"],
    ["a group in its token", `(A;;LCRP;;;${sid}-1950)`, [user(["tokenGroups", `${sid}-1950`])], "pass"],
    ["a group not in its token", `(A;;LCRP;;;${sid}-1950)`, [user(["tokenGroups", `${sid}-1951`])], "fail"],
  ])("%s", (_, dacl, records, expected) => {
    expect(verdictOf("deleted-objects-read", [container(dacl), ...records], "u")).toBe(expected);
  });
});
