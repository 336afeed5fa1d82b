import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { buildDirectory } from "../../src/formats/directory/build-directory.ts";
import type { DirectoryRecord } from "../../src/formats/directory/record.ts";
import type { LdifDocument } from "../../src/formats/ldif/parse-ldif.ts";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import { parseSecurityDescriptor } from "../../src/formats/security-descriptor/parse-binary.ts";
import { parseSddl } from "../../src/formats/security-descriptor/parse-sddl.ts";
import { dnKey } from "../../src/model/dn.ts";

const folder = fileURLToPath(new URL("../../../shared/dc/sample/ldif/", import.meta.url));
const here = existsSync(folder);
const domainSid = "S-1-5-21-1004336348-1177238915-682003330";

test("the sample of a real domain controller is there", ({ skip }) => {
  if (!here && process.env["GPOLINT_REQUIRE_CORPUS"] === undefined) skip("no ../shared/dc/sample here");
  expect(here).toBe(true);
});

/** One directory, exported with base64 by ldapsearch and with SDDL by ldbsearch. */
describe.skipIf(!here)("one directory in two kinds of LDIF", () => {
  const files = new Map<string, LdifDocument>();
  const load = (kind: string): readonly (readonly DirectoryRecord[])[] =>
    ["domain", "config"].map((part) => files.get(`${part}.${kind}.ldif`)?.records ?? []);

  beforeAll(() => {
    for (const kind of ["ldapsearch", "ldbsearch"]) {
      for (const part of ["domain", "config"]) {
        const name = `${part}.${kind}.ldif`;
        files.set(name, parseLdif(readFileSync(folder + name), name));
      }
    }
  });

  test("both are read without a complaint", () => {
    expect(
      [...files].map(([name, { records, damaged, diagnostics }]) => [
        name,
        records.length,
        damaged,
        diagnostics,
      ]),
    ).toEqual([
      ["domain.ldapsearch.ldif", 78, false, []],
      ["config.ldapsearch.ldif", 13, false, []],
      ["domain.ldbsearch.ldif", 40, false, []],
      ["config.ldbsearch.ldif", 2, false, []],
    ]);
  });

  test("the objects that both hold give the same directory", () => {
    const [base64, text] = [load("ldapsearch"), load("ldbsearch")];
    const keys = (exports: typeof base64): Set<string> => new Set(exports.flat().map(({ dn }) => dnKey(dn)));
    const [left, right] = [keys(base64), keys(text)];
    const shared = (exports: typeof base64): unknown => {
      const both = exports.map((records) =>
        records.filter(({ dn }) => left.has(dnKey(dn)) && right.has(dnKey(dn))),
      );
      return withoutLocations(buildDirectory(...both).directory);
    };
    expect(shared(text)).toEqual(shared(base64));
  });

  test("what decides about policy is the same although the searches asked for different objects", () => {
    const parts = (kind: string): unknown => {
      const { computers, soms, gpcs, servers, domains, hasSites, membershipExported } = buildDirectory(
        ...load(kind),
      ).directory;
      const dcs = computers.filter(({ role }) => role !== "member");
      // Only one of the searches returned the WMI filter object.
      const plain = [...gpcs.values()].map((gpc) => ({ ...gpc, wmiFilter: gpc.wmiFilter?.id ?? null }));
      return withoutLocations({ dcs, soms, gpcs: plain, servers, domains, hasSites, membershipExported });
    };
    expect(parts("ldbsearch")).toEqual(parts("ldapsearch"));
  });

  test("every descriptor of every object reads the same in both", () => {
    const texts = new Map(
      load("ldbsearch")
        .flat()
        .map((record) => [dnKey(record.dn), record]),
    );
    let compared = 0;
    for (const record of load("ldapsearch").flat()) {
      const binary = record.attributes.get("ntsecuritydescriptor")?.[0];
      const text = texts.get(dnKey(record.dn))?.attributes.get("ntsecuritydescriptor")?.[0]?.text;
      if (binary === undefined || typeof text !== "string") continue;
      expect(parseSddl(text, domainSid, domainSid)).toEqual(parseSecurityDescriptor(binary.bytes));
      compared++;
    }
    expect(compared).toBe(40);
  });

  test("the domain is the one that was set up", () => {
    const { directory, diagnostics } = buildDirectory(...load("ldapsearch"));
    expect(diagnostics).toEqual([]);
    expect(directory.computers.map(({ name, role, sid }) => [name, role, sid])).toEqual([
      ["DC1", "dc", `${domainSid}-1000`],
      ["DC2", "dc", `${domainSid}-1106`],
      ["DC3", "rodc", `${domainSid}-1107`],
      ["DC4", "dc", `${domainSid}-1108`],
    ]);
    const soms = [...directory.soms.values()].map(({ dn, kind, links, blocksInheritance, linksDamaged }) => [
      dn.split(",DC=")[0],
      kind,
      links
        .map((link) => link.guid.slice(-2) + (link.disabled ? "-" : "") + (link.enforced ? "!" : ""))
        .join(" "),
      blocksInheritance,
      linksDamaged,
    ]);
    expect(soms).toEqual(
      expect.arrayContaining([
        ["OU=Blocked,OU=Servers", "ou", "", true, false],
        ["OU=Servers", "ou", "", false, false],
        ["CN=Default-First-Site-Name,CN=Sites,CN=Configuration", "site", "04", false, false],
      ]),
    );
    expect(soms).toHaveLength(11);
    expect(
      [...directory.gpcs.values()].map(({ wmiFilter }) => wmiFilter).filter((filter) => filter !== null),
    ).toEqual([
      {
        id: "b0000000-0000-4000-8000-000000000001",
        name: "Only Server 2022",
        query: 'SELECT * FROM Win32_OperatingSystem WHERE BuildNumber = "20348"',
        found: true,
      },
    ]);
    expect([...directory.foreignPrincipals.values()].sort()).toEqual([
      "S-1-5-11",
      "S-1-5-17",
      "S-1-5-4",
      "S-1-5-9",
    ]);
  });
});

/** Line numbers and paths belong to the files, not to the directory. */
function withoutLocations(value: unknown): unknown {
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withoutLocations(item)]));
  if (value instanceof Set) return value;
  if (Array.isArray(value)) return value.map(withoutLocations);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "location" && key !== "linkLocation")
      .map(([key, item]) => [key, withoutLocations(item)]),
  );
}
