import { describe, expect, it } from "vitest";
import { matchEvidence } from "../../src/app/measured.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import { credentialValidation, dc, dcOu, makeDomain } from "../util/domain.ts";
import { auditpol } from "../util/measured.ts";

const childOu = "OU=Domain Controllers,DC=child,DC=corp,DC=example";
const child = { domain: "child.corp.example" };
const computers = [
  dc("DC1"),
  dc("DC2"),
  dc("DC2", childOu, { ...child, dnsHostName: "dc2.child.corp.example" }),
  dc("DC3", dcOu, { dnsHostName: "dc3.emea.example.net" }),
  dc("VERYLONGNAMEDC1", dcOu, { dnsHostName: "verylongnamedc123.corp.example" }),
  dc("DC4", dcOu, { dnsHostName: null }),
  dc("MEMBER1", "CN=Computers,DC=corp,DC=example", { role: "member" }),
];
const { directory } = makeDomain({ computers, soms: [], gpcs: [], gpts: [] });
const targets = computers.filter(({ role }) => role !== "member");

function of(host: string | null): Evidence {
  return { ...auditpol(credentialValidation, 3, `${host ?? "nobody"}.csv`), host };
}

describe("whose evidence is", () => {
  it.each<[host: string | null, owner: string]>([
    ["DC1", `CN=DC1,${dcOu}`],
    [" dc1$ ", `CN=DC1,${dcOu}`],
    ["CORP\\DC1$", `CN=DC1,${dcOu}`],
    ["dc1.corp.example", `CN=DC1,${dcOu}`],
    ["DC1.CORP.EXAMPLE.", `CN=DC1,${dcOu}`],
    [`cn=dc1, ${dcOu.toLowerCase()}`, `CN=DC1,${dcOu}`],
    ["dc2.corp.example", `CN=DC2,${dcOu}`],
    ["dc2.child.corp.example", `CN=DC2,${childOu}`],
    [`CN=DC2,${childOu}`, `CN=DC2,${childOu}`],
    ["dc3", `CN=DC3,${dcOu}`],
    ["dc3.emea.example.net", `CN=DC3,${dcOu}`],
    ["dc3.corp.example", `CN=DC3,${dcOu}`],
    ["verylongnamedc1", `CN=VERYLONGNAMEDC1,${dcOu}`],
    ["verylongnamedc123", `CN=VERYLONGNAMEDC1,${dcOu}`],
    ["verylongnamedc123.corp.example", `CN=VERYLONGNAMEDC1,${dcOu}`],
    ["dc4", `CN=DC4,${dcOu}`],
    ["DC2", "2 computers of the directory data have that name, so its DNS name is needed"],
    ["CHILD\\DC2$", "2 computers of the directory data have that name, so its DNS name is needed"],
    ["dc1.child.corp.example", "the directory data has no computer of that name"],
    ["dc1.other.example", "the directory data has no computer of that name"],
    ["DC10", "the directory data has no computer of that name"],
    [`CN=DC1,${childOu}`, "the directory data has no computer of that name"],
    ["10.0.0.1", "the directory data has no computer of that name"],
    ["", "nothing says which computer it is of"],
    [null, "nothing says which computer it is of"],
    ["member1", "known, and no target"],
  ])("%s: %s", (host, owner) => {
    const { byTarget, unmatched } = matchEvidence([of(host)], directory, targets);
    const found = [...byTarget.keys(), ...unmatched.map(({ why }) => why)];
    expect(found).toEqual(owner === "known, and no target" ? [] : [owner]);
    for (const item of unmatched) expect(item).toMatchObject({ path: `${host ?? "nobody"}.csv`, host });
  });

  it("keeps all files of a computer, and leaves out a computer that is no target", () => {
    const files = [of("DC1"), of("dc3"), of("dc1.corp.example")];
    const { byTarget, unmatched } = matchEvidence(files, directory, [dc("DC1")]);
    expect([...byTarget]).toEqual([[`CN=DC1,${dcOu}`, [files[0], files[2]]]]);
    expect(unmatched).toEqual([]);
  });

  it("a short name of two computers is ambiguous even where only one of them is a target", () => {
    const { byTarget, unmatched } = matchEvidence([of("DC2")], directory, [dc("DC2")]);
    expect([byTarget.size, unmatched.length]).toEqual([0, 1]);
  });

  it("is nobody's without directory data", () => {
    expect(matchEvidence([of("DC1")], null, []).unmatched).toEqual([
      { path: "DC1.csv", host: "DC1", why: "there is no directory data to find the computer in" },
    ]);
  });
});
