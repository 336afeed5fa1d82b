import type { TargetPolicy } from "../model/effective.ts";
import type { PolicyPack } from "../model/requirement.ts";
import type { CoverageGap, Finding } from "../model/result.ts";

/** Packs of which not one requirement is asked of any examined computer: nothing was found, because nothing was judged. */
export function unaskedPacks(packs: readonly PolicyPack[], findings: readonly Finding[]): CoverageGap[] {
  return packs.flatMap(({ name, requirements }) => {
    const ids = new Set(requirements.map(({ id }) => id));
    const own = findings.filter(({ rule }) => ids.has(rule));
    if (own.length === 0 || own.some(({ verdict }) => verdict !== "not-applicable")) return [];
    const roles = [...new Set(requirements.flatMap(({ appliesTo }) => appliesTo.roles))].join(", ");
    return [
      {
        code: "nothing-applicable",
        text: `policy '${name}' was judged on no computer: none of those examined is one that it asks about (${roles})`,
        remedy: `Name the computers with --target, or leave out --policy ${name}.`,
        targets: [],
      },
    ];
  });
}

/** Computers of which no requirement asks anything: no failure there is no pass either. */
export function unaskedComputers(
  targets: readonly Pick<TargetPolicy, "dn" | "name" | "hostless">[],
  findings: readonly Finding[],
): CoverageGap[] {
  const asked = new Set(
    findings.flatMap(({ target, verdict }) => (verdict === "not-applicable" ? [] : [target])),
  );
  const all = new Set(findings.map(({ target }) => target));
  return targets
    .filter(({ dn, hostless }) => hostless === null && all.has(dn) && !asked.has(dn))
    .map(({ dn, name }) => ({
      code: "computer-not-asked",
      text: `computer ${name} was judged by no policy: none of those given asks anything of it`,
      remedy: "Give a policy for its role and operating system with --policy.",
      targets: [dn],
    }));
}
