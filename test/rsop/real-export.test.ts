import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EffectiveResult } from "../../src/model/effective-result.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { joinRecords, splitRecords } from "../util/ldif-text.ts";
import { overlayVfs } from "../util/overlay-vfs.ts";
import { bundledPack, effectiveOf, readExport, scanInputs } from "../util/run.ts";
import { hasShared, sharedPath } from "../util/shared.ts";

/**
 * A real domain controller's export: SYSVOL over SMB, the directory by ldapsearch and by ldbsearch. What each DC gets was
 * worked out by hand from the description of that domain, its gPLink values and the sources of its policy files.
 */
const sample = "dc/sample";
const file = (name: string): string => sharedPath(`${sample}/ldif/${name}.ldif`);
const files = (kind: string): string[] => [file(`domain.${kind}`), file(`config.${kind}`)];
const sysvol = sharedPath(`${sample}/sysvol`);

/** A GPO by the last two digits of its GUID; the two default ones are DDP and DDCP. */
function short(guid: string): string {
  if (guid.startsWith("31b2f340")) return "DDP";
  return guid.startsWith("6ac1786c") ? "DDCP" : guid.slice(-2);
}

/** Links of one target, strongest first: `14` applied, `-06` excluded, `?08` unknown. */
function chain(result: EffectiveResult, name: string): string {
  const target = result.targets.find((own) => own.name === name);
  const mark = { applied: "", excluded: "-", unknown: "?" };
  return (target?.gpos ?? []).map(({ state, guid }) => `${mark[state]}${short(guid)}`).join(" ");
}

function setting(result: EffectiveResult, name: string, key: string): string {
  const found = result.targets
    .find((own) => own.name === name)
    ?.settings.find((own) => own.key.includes(key));
  return found === undefined
    ? "none"
    : `${String(found.value)} ${found.certainty} by ${short(found.gpo)} over ${found.losers.map(short).join(" ")}`.trim();
}

/** Settings of `effective`, and links without what two searches with different filters may say differently. */
function comparable(result: EffectiveResult): unknown {
  return result.targets.map(({ name, dn, site, gaps, gpos, settings }) => ({
    name,
    dn,
    site,
    gaps,
    gpos: gpos.map(({ guid, domain, som, state, reason }) => ({ guid, domain, som, state, reason })),
    settings: settings.map(({ key, value, certainty, gpo, losers }) => ({
      key,
      value,
      certainty,
      gpo,
      losers,
    })),
  }));
}

describe.runIf(hasShared(sample, "the real export"))("a real export", () => {
  const inputs = readExport(sysvol, files("ldapsearch"), sharedPath(sample));
  const { result, incomplete } = effectiveOf(inputs);

  it("every DC gets its links in the order that its place in the domain gives", () => {
    expect(
      Object.fromEntries(
        result.targets.map(({ name, site }) => [name, `${String(site)}: ${chain(result, name)}`]),
      ),
    ).toEqual({
      DC1: "Default-First-Site-Name: 14 03 13 DDCP 02 0c 0a -05 -06 -07 ?08 -0d 10 11 -12 DDP 0b 01 04",
      // OU=Branch: its last link is 02 with options 3, then one to nothing, one to a GPO without files, and 0F.
      DC2: "Branch-Site: 14 03 13 -02 -00 ?0e 0f DDCP 02 0c 0a -05 -06 -07 ?08 -0d 10 11 -12 DDP 0b 01",
      // OU=Isolated blocks: only what is enforced above it, and its own link.
      DC3: "Branch-Site: 14 03 13 15 -DDCP -02 -0c -0a -05 -06 -07 -08 -0d -10 -11 -12 -DDP -0b -01",
      // OU=Servers has a blank gPLink.
      DC4: "Default-First-Site-Name: 14 03 DDP 0b 01 04",
    });
    // 0E has no files in SYSVOL.
    expect(incomplete).toBe(true);
  });

  it("the strongest GPO wins each setting", () => {
    const expected: readonly [string, string, string][] = [
      ["DC1", "0cce923f", "3 known by 02 over 11 01"],
      ["DC1", "0cce9211", "2 known by 14 over 03 02 01"],
      ["DC1", "0cce9238", "1 known by 02 over"],
      ["DC1", "0cce923b", "3 known by 02 over 0c"],
      ["DC1", "0cce9210", "3 known by 04 over"],
      ["DC1", "0cce9215", "3 known by 01 over 04"],
      ["DC1", "0cce9228", "1 unknown by 11 over"],
      ["DC1", "scenoapplylegacyauditpolicy", "1 known by 02 over 0c 01"],
      ["DC3", "0cce9210", "2 known by 15 over"],
      ["DC3", "0cce923f", "none"],
      ["DC4", "0cce923f", "3 known by 01 over"],
      ["DC4", "0cce9211", "2 known by 14 over 03 01"],
      ["DC4", "0cce9215", "3 known by 01 over 04"],
    ];
    for (const [name, key, text] of expected)
      expect(`${name} ${key} ${setting(result, name, key)}`).toBe(`${name} ${key} ${text}`);
  });

  it("verdicts of every DC", () => {
    const scanned: ScanResult = scanInputs(inputs, [bundledPack("mdi")]);
    const notPassed = (name: string, verdict: string): string[] => {
      const dn = scanned.targets.find((target) => target.name === name)?.dn;
      return scanned.findings
        .filter((own) => own.target === dn && own.verdict === verdict)
        .map(({ rule }) => rule.slice(4));
    };
    // 02 gives Distribution Group Management Success only, the enforced 14 turns System Extension into Failure.
    expect(notPassed("DC1", "fail")).toEqual([
      "distribution-group-management-failure",
      "security-system-extension",
      "ntlm-audit-in-domain",
      "ntlm-audit-outgoing",
      "ntlm-log-size",
    ]);
    expect(notPassed("DC1", "unknown")).toEqual([]);
    // Nobody can see what 0E holds.
    expect(notPassed("DC2", "unknown")).toHaveLength(24);
    // Only GPO 01 sets a log size (1048576 KB) and SCENoApplyLegacyAuditPolicy, and it does not reach DC3.
    const notSet = ["security-log-channel-access", "logon-as-service"];
    const atEnd = ["power-scheme", "no-legacy-1644"];
    const always = ["ntlm-log-enabled", "force-subcategory", ...notSet];
    expect(notPassed("DC3", "pass")).toEqual(["security-system-extension-failure", ...always, ...atEnd]);
    expect(notPassed("DC4", "pass")).toEqual([
      "credential-validation",
      "security-group-management",
      "security-system-extension-failure",
      ...always,
      "security-log-size",
      ...atEnd,
    ]);
    expect(scanned.summary.exitCode).toBe(3);
  });

  it("ldbsearch gives the same, but for a group that its filter left out", () => {
    const other = effectiveOf(readExport(sysvol, files("ldbsearch"), sharedPath(sample))).result;
    // GPO 07 lets only the group with RID 1102 apply it: whether DC1 and DC2 are in there, that export does not show.
    const expected = result.targets.map((target) => ({
      ...target,
      gpos: target.gpos.map((gpo) =>
        short(gpo.guid) === "07" && gpo.reason === "security-filtering"
          ? { ...gpo, state: "unknown" as const }
          : gpo,
      ),
    }));
    expect(comparable(other)).toEqual(comparable({ ...result, targets: expected }));
  });

  it("ldbsearch together with the groups gives the same to the letter", () => {
    const groups = splitRecords(readFileSync(file("domain.ldapsearch"), "utf8")).filter((record) =>
      /\nobjectClass: (group|msWMI-Som)(\n|$)/.test(record),
    );
    const path = file("groups");
    const vfs = overlayVfs(new Map([[path, joinRecords(groups)]]), fsVfs);
    const inputsWithGroups = readExport(sysvol, [...files("ldbsearch"), path], sharedPath(sample), vfs);
    expect(JSON.stringify(effectiveOf(inputsWithGroups).result)).toBe(JSON.stringify(result));
  });
});
