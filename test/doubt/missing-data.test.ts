import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { joinRecords, splitRecords } from "../util/ldif-text.ts";
import { overlayVfs } from "../util/overlay-vfs.ts";
import { bundledPack, example, readExport, scanInputs } from "../util/run.ts";

const packs = [bundledPack("mdi")];
const records = splitRecords(readFileSync(example.directory, "utf8"));

function scanRecords(kept: readonly string[]): ScanResult {
  const vfs = overlayVfs(new Map([[example.directory, joinRecords(kept)]]));
  return scanInputs(readExport(example.sysvol, [example.directory], example.root, vfs), packs);
}

const isRecord =
  (pattern: RegExp) =>
  (record: string): boolean =>
    pattern.test(record.split("\n").find((line) => line.startsWith("dn:")) ?? "");
const without = (drop: (record: string) => boolean): string[] => records.filter((record) => !drop(record));
const withoutAttribute = (name: string): string[] =>
  records.map((record) => record.replace(new RegExp(`\\n${name}::? .*`, "g"), ""));

const enforced =
  /\[LDAP:\/\/(cn=\{[0-9A-F-]{36}\})[^\]]*;2\]/i.exec(records.join("\n"))?.[1] ?? "no enforced link";

describe("directory data that is missing", () => {
  const table: readonly [string, readonly string[]][] = [
    ["the configuration partition", without(isRecord(/,CN=Configuration,|dn: CN=Configuration/i))],
    ["the Domain Controllers OU", without(isRecord(/^dn: OU=Domain Controllers,/i))],
    ["the Domain Controllers OU with all below it", without(isRecord(/OU=Domain Controllers,/i))],
    ["all descriptors", withoutAttribute("nTSecurityDescriptor")],
    [
      "one enforced GPC",
      without((record) => record.toLowerCase().startsWith(`dn: ${enforced.toLowerCase()}`)),
    ],
    ["the domain head", without(isRecord(/^dn: DC=corp,DC=example$/i))],
    ["every site object", without((record) => /\nobjectClass: site\n/i.test(record))],
    ["every GPC", without((record) => /\nobjectClass: groupPolicyContainer/i.test(record))],
    ["the end of the file", splitRecords(readFileSync(example.directory, "utf8").slice(0, -400))],
  ];
  const before = scanRecords(records);
  const verdictOf = new Map(
    before.findings.map(({ rule, target, verdict }) => [`${rule} ${target}`, verdict]),
  );

  it("the whole of it gives failures and passes", () => {
    expect(before.summary.counts.fail).toBeGreaterThan(0);
    expect(before.summary.counts.pass).toBeGreaterThan(0);
  });

  it.each(table)("without %s the run is incomplete, and nothing turns green", (_title, kept) => {
    expect(kept.join("\n\n")).not.toBe(records.join("\n\n"));
    const after = scanRecords(kept);
    expect(after.summary.exitCode).toBe(3);
    const green = after.findings.filter(
      ({ verdict, rule, target }) => verdict === "pass" && verdictOf.get(`${rule} ${target}`) !== "pass",
    );
    expect(green.map(({ rule, target }) => `${rule} ${target}`)).toEqual([]);
    expect(after.coverage.gaps.length).toBeGreaterThan(0);
  });

  it.each(records.map((record) => [record.split("\n")[0] ?? "", record] as const))(
    "without %s nothing turns green",
    (_dn, record) => {
      const after = scanRecords(records.filter((other) => other !== record));
      const green = after.findings.filter(
        ({ verdict, rule, target }) =>
          verdict === "pass" && (verdictOf.get(`${rule} ${target}`) ?? "pass") !== "pass",
      );
      // A group that is gone takes its members' exclusion with it: then the filter is undecided, never open.
      expect(green.map(({ rule, target }) => `${rule} ${target}`)).toEqual([]);
    },
  );
});
