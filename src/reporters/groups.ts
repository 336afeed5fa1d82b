import type { Finding, ResultTarget, ScanResult, Verdict } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import type { Severity } from "../model/requirement.ts";
import { severities } from "../model/requirement.ts";
import { isMeasuredPlace } from "./measured-words.ts";
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

  /** The name for a DN; the DN itself where it is of no target. */
  of(dn: string): string {
    const found = this.#byDn.get(dn);
    return found === undefined ? dn : this.label(found);
  }

  /** Names of the targets of some findings; empty where no target is known. */
  list(findings: readonly Finding[]): string[] {
    return findings.flatMap(({ target }) => (target === null ? [] : [this.of(target)]));
  }

  /** A text of a finding without the name of its target: equal where two targets end the same way. */
  anonymous(finding: Finding, text = finding.message): string {
    return this.#replaced(text, finding, "'*'");
  }

  /** The message of the first finding, said of every target of the group. */
  message(group: NonEmpty<Finding>): string {
    const [{ message }] = group;
    const said = this.#said(message, group);
    const isSaid = group.length === 1 || said !== message || this.find(group[0].target) === undefined;
    return isSaid ? said : `${said} The same holds for ${this.#quoted(group)}.`;
  }

  /** What to change, for every target of the group. */
  fix(group: NonEmpty<Finding>): string | null {
    const [{ fix }] = group;
    return fix === null ? null : this.#said(fix, group);
  }

  #said(text: string, group: NonEmpty<Finding>): string {
    return group.length === 1 ? text : this.#replaced(text, group[0], this.#quoted(group));
  }

  #quoted(group: NonEmpty<Finding>): string {
    return shortList(
      this.list(group).map((label) => `'${label}'`),
      4,
    );
  }

  #replaced(text: string, { target }: Finding, by: string): string {
    const name = this.find(target)?.name;
    return name === undefined ? text : text.replace(`'${name}'`, () => by);
  }
}

/**
 * What a reader takes a finding for, whatever the target: findings with one key are printed as one. The target's own
 * name, the fingerprint and the chain stay out; all else that is shown is in. Of what was measured, the file and the row
 * stay out too: every computer has its own, and a report shows them one by one. A report that shows less passes less.
 */
export function sameStory(finding: Finding, names: TargetNames): string {
  const { fingerprint: _fingerprint, target: _target, message: _message, chain: _chain, ...rest } = finding;
  const own = isMeasuredPlace(finding) ? { location: null, quote: null } : {};
  const fix = finding.fix === null ? null : names.anonymous(finding, finding.fix);
  const rows = finding.measured.map(({ location: _location, quote: _quote, ...row }) => row);
  return JSON.stringify([
    names.anonymous(finding),
    winnerDomain(finding),
    { ...rest, ...own, fix, measured: rows },
  ]);
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
