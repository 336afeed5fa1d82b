import { dnKey, domainOfDn, rdnValue } from "../../model/dn.ts";
import type { Finding, ResultRule, ResultTarget } from "../../model/result.ts";
import type { Waiver } from "../../model/waiver.ts";

/** What of a result decides which findings a waiver names. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly rules: readonly ResultRule[];
  readonly targets: readonly Pick<ResultTarget, "dn" | "name" | "domain">[];
}

/** A finding with the names that a scope may call it by, in lower case. */
export interface Named {
  readonly index: number;
  readonly finding: Finding;
  readonly domain: string;
  /** Name, name with domain, and DN of its target. */
  readonly targets: readonly string[];
  /** Key and name of its setting. */
  readonly settings: readonly string[];
}

/** What a waiver names in a result. */
export interface Fitting {
  /** Everything that rule and scope fit, whatever its verdict; the GPO is left out of account. */
  readonly named: readonly Named[];
  /** Those whose value comes from the GPO of the scope, if it has one. */
  readonly fits: readonly Named[];
  /** Targets, or domains of the GPO, that one name stands for: nobody knows which was meant, and nothing fits. */
  readonly ambiguous: readonly string[];
}

/** Findings by rule, so that a register is not held against every finding. */
export class FindingIndex {
  readonly rules: readonly ResultRule[];
  readonly #byRule = new Map<string, Named[]>();
  readonly #targets: Judged["targets"];

  constructor({ findings, rules, targets }: Judged) {
    this.rules = rules;
    this.#targets = targets;
    const names = new Map(rules.map(({ id, settingName }) => [id, settingName]));
    const known = new Map(targets.map((target) => [target.dn, target]));
    findings.forEach((finding, index) => {
      const named = toNamed(finding, index, names.get(finding.rule) ?? "", known);
      const own = this.#byRule.get(finding.rule);
      if (own === undefined) this.#byRule.set(finding.rule, [named]);
      else own.push(named);
    });
  }

  /** Ids of the rules that a waiver names. */
  ruleIds({ rule, broad }: Waiver): readonly string[] {
    if (!broad) return this.#byRule.has(rule) ? [rule] : [];
    return [...this.#byRule.keys()].filter(toPattern(rule));
  }

  find(waiver: Waiver): Fitting {
    const fits = scopeTest(waiver);
    const named = this.ruleIds(waiver).flatMap((id) => (this.#byRule.get(id) ?? []).filter(fits));
    const { gpo, target } = waiver.scope;
    if (target !== null && !waiver.broad) {
      const ambiguous = this.#meant(waiver, named);
      if (ambiguous.length > 1) return { named: [], fits: [], ambiguous };
    }
    if (gpo === null) return { named, fits: named, ambiguous: [] };
    const own = named.filter(({ finding }) => finding.gpo?.toLowerCase() === gpo);
    const domains = isOneDomain(waiver) ? [] : [...new Set(own.map(({ finding }) => gpoDomain(finding)))];
    if (domains.length > 1) return { named: [], fits: [], ambiguous: domains };
    return { named, fits: own, ambiguous: [] };
  }

  /** What a target may be, also where only one of that name has a finding of the rule. */
  #meant({ scope }: Waiver, named: readonly Named[]): readonly string[] {
    const isDomain = domainTest(scope.domain, false);
    const isTarget = targetTest(scope.target, false);
    const others = this.#targets.filter((target) => {
      const { domain, targets } = namesOf(target.dn, target);
      return isDomain(domain) && targets.some(isTarget);
    });
    const dns = [...named.map(({ finding }) => finding.target ?? ""), ...others.map(({ dn }) => dn)];
    return [...new Map(dns.map((dn) => [dnKey(dn), dn])).values()];
  }
}

/** Default GPOs have the same GUID in every domain. */
function isOneDomain({ scope, broad }: Waiver): boolean {
  return broad || scope.domain !== null || scope.target !== null;
}

function gpoDomain({ chain }: Finding): string {
  return lower(chain.find(({ role }) => role === "winner")?.domain ?? "");
}

function toNamed(
  finding: Finding,
  index: number,
  settingName: string,
  known: ReadonlyMap<string, Judged["targets"][number]>,
): Named {
  const { target: dn, setting } = finding;
  const settings = [setting ?? "", settingName].filter((name) => name !== "").map(lower);
  if (dn === null) return { index, finding, domain: "", targets: [], settings };
  return { index, finding, settings, ...namesOf(dn, known.get(dn)) };
}

function namesOf(
  dn: string,
  target: Judged["targets"][number] | undefined,
): Pick<Named, "domain" | "targets"> {
  const domain = lower(target?.domain ?? domainOfDn(dn));
  const name = lower(target?.name ?? rdnValue(dn));
  return { domain, targets: [name, `${name}.${domain}`, dnKey(dn)] };
}

type Test = (name: string) => boolean;

function scopeTest({ scope, broad }: Waiver): (named: Named) => boolean {
  const { domain, target, setting } = scope;
  const isDomain = domainTest(domain, broad);
  const isTarget = targetTest(target, broad);
  const isSetting = setting === null ? null : nameTest(lower(setting), broad);
  return (named) =>
    isDomain(named.domain) &&
    (target === null || named.targets.some(isTarget)) &&
    (isSetting === null || named.settings.some(isSetting));
}

function nameTest(wanted: string, broad: boolean): Test {
  return broad ? toPattern(wanted) : (name) => name === wanted;
}

function domainTest(domain: string | null, broad: boolean): Test {
  if (domain === null) return () => true;
  const wanted = lower(domain).replace(/\.$/, "");
  // What has no domain is in none, whatever somebody wrote.
  return wanted === "" ? () => false : nameTest(wanted, broad);
}

function targetTest(target: string | null, broad: boolean): Test {
  if (target === null) return () => true;
  if (target.includes("=")) return nameTest(dnKey(target), broad);
  const wanted = lower(target).replace(/[$.]$/, "");
  const test = nameTest(wanted, broad);
  // A pattern for names must not find itself in a DN or in the name of the domain: *dc* is in all of them.
  const isShort = broad && wanted !== "*" && !wanted.includes(".");
  return (name) => !name.includes("=") && !(isShort && name.includes(".")) && test(name);
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** `*` stands for any characters, none too. Never a regular expression: a register must not make one run for ever. */
export function toPattern(pattern: string): (text: string) => boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    const end = text.length - last.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}
