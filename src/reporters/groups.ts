import type { Finding, ResultTarget, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import type { Severity } from "../model/requirement.ts";
import { severities } from "../model/requirement.ts";
import { shortList } from "./words.ts";

export type NonEmpty<T> = readonly [T, ...T[]];

/** Groups of items with the same key, in order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): NonEmpty<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Names of targets for people: with the domain where the result holds several. */
export class TargetNames {
  readonly #byDn: ReadonlyMap<string, ResultTarget>;
  readonly #showDomain: boolean;

  constructor(result: ScanResult) {
    this.#byDn = new Map(result.targets.map((target) => [target.dn, target]));
    this.#showDomain = new Set(result.targets.map(({ domain }) => domain)).size > 1;
  }

  find(dn: string | null): ResultTarget | undefined {
    return dn === null ? undefined : this.#byDn.get(dn);
  }

  label(target: ResultTarget): string {
    return this.#showDomain ? `${target.name} (${target.domain})` : target.name;
  }

  /** Names of the targets of some findings; empty where no target is known. */
  list(findings: readonly Finding[]): string[] {
    return findings.flatMap(({ target }) => {
      if (target === null) return [];
      const found = this.#byDn.get(target);
      return [found === undefined ? target : this.label(found)];
    });
  }

  /** The message of a finding without the name of its target: equal where two targets end the same way. */
  anonymous(finding: Finding): string {
    const name = this.find(finding.target)?.name;
    return name === undefined ? finding.message : finding.message.replace(`'${name}'`, () => "'*'");
  }

  /** The message of the first finding, said of every target of the group. */
  message(group: NonEmpty<Finding>): string {
    const [first] = group;
    const name = this.find(first.target)?.name;
    if (name === undefined || group.length === 1) return first.message;
    const names = shortList(
      this.list(group).map((label) => `'${label}'`),
      4,
    );
    const said = first.message.replace(`'${name}'`, () => names);
    return said === first.message ? `${said} The same holds for ${names}.` : said;
  }
}

/**
 * What a reader takes a finding for, whatever the target: findings with one key are printed as one. The target's own
 * name, the fingerprint and the chain stay out; all else that is shown is in.
 */
export function sameStory(finding: Finding, names: TargetNames): string {
  const { fingerprint: _fingerprint, target: _target, message: _message, chain: _chain, ...rest } = finding;
  return JSON.stringify([names.anonymous(finding), winnerDomain(finding), rest]);
}

/** The GPO that wins, told apart from the GPO of the same GUID in another domain. */
export function winnerDomain(finding: Finding): string | null {
  return finding.chain.find(({ role }) => role === "winner")?.domain ?? null;
}

export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

export function verdictRank(verdict: Verdict): number {
  return verdicts.indexOf(verdict);
}

/** Order of code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Targets with a verdict first, in their order; those that requirements do not apply to last. */
export function orderTargets(targets: readonly ResultTarget[]): ResultTarget[] {
  return [...targets].sort((a, b) => Number(a.notApplicable !== null) - Number(b.notApplicable !== null));
}
