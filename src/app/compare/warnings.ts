import type { ComparisonWarning, ComparisonWarningCode } from "../../model/comparison.ts";
import { dnKey } from "../../model/dn.ts";
import type { Run, ScanResult } from "../../model/result.ts";

/** A result, and what warnings call it. */
export interface NamedResult {
  readonly name: string;
  /** Null where it has not been written yet. */
  readonly sha256: string | null;
  readonly result: ScanResult;
}

/** What makes two results less comparable, the gravest first. A difference in the input itself is what is compared. */
export function warningsOf(before: NamedResult, after: NamedResult): ComparisonWarning[] {
  const warnings: ComparisonWarning[] = [];
  const warn = (code: ComparisonWarningCode, text: string): void => void warnings.push({ code, text });
  if (before.sha256 === after.sha256) warn("same-file", `${before.name} and ${after.name} are the same file`);
  for (const { name, result } of [before, after]) {
    if (result.whatIf !== null)
      warn("what-if", `${name} shows how it would be with proposals, not how it was`);
    if (result.targets.length === 0 && result.findings.length > 0)
      warn("no-directory", `${name} was made without any computer: no verdict of it is about one`);
  }
  if (isLater(before.result.run, after.result.run))
    warn("order", `${before.name} was scanned after ${after.name}: the older result goes first`);
  for (const text of policyTexts(before, after)) warn("policy", text);
  const [was, is] = [before.result, after.result];
  if (was.run.tool.version !== is.run.tool.version)
    warn(
      "tool-version",
      `made by gpolint ${was.run.tool.version} and ${is.run.tool.version}: the way of judging may differ`,
    );
  for (const text of assumptionTexts(before, after)) warn("assumptions", text);
  const [kinds, kindsNow] = [was, is].map(policyKinds);
  if (kinds !== kindsNow && kinds !== "" && kindsNow !== "")
    warn("sources", `policy was read from ${kinds ?? ""} before, and from ${kindsNow ?? ""} now`);
  warnings.push(...targetWarnings(before, after));
  if (was.summary.exitCode === 3 || was.summary.counts.unknown > 0)
    warn("incomplete", `${before.name} is incomplete: what it did not decide and fails now counts as new`);
  for (const { name, result } of [before, after]) {
    const shared =
      result.findings.length - new Set(result.findings.map(({ fingerprint }) => fingerprint)).size;
    if (shared > 0)
      warn(
        "duplicates",
        `${name} has ${shared} ${shared === 1 ? "finding" : "findings"} that cannot be told from another`,
      );
  }
  return warnings;
}

function isLater(before: Run, after: Run): boolean {
  return (
    before.startTime !== null &&
    after.startTime !== null &&
    Date.parse(before.startTime) > Date.parse(after.startTime)
  );
}

function policyTexts(before: NamedResult, after: NamedResult): string[] {
  const old = new Map(before.result.run.policies.map((policy) => [policy.name, policy]));
  const now = new Map(after.result.run.policies.map((policy) => [policy.name, policy]));
  const texts: string[] = [];
  for (const [name, was] of old) {
    const is = now.get(name);
    if (is === undefined) texts.push(`policy pack '${name}' was asked in ${before.name} only`);
    else if (was.version !== is.version)
      texts.push(`policy pack '${name}' is another version: ${was.version} -> ${is.version}`);
    else if (was.sha256 !== is.sha256 || JSON.stringify(was.inherits) !== JSON.stringify(is.inherits))
      texts.push(`policy pack '${name}' ${is.version} has other content, under the same version`);
  }
  for (const name of now.keys())
    if (!old.has(name)) texts.push(`policy pack '${name}' was asked in ${after.name} only`);
  return texts;
}

function assumptionTexts(before: NamedResult, after: NamedResult): string[] {
  const [old, now] = [before, after].map(({ result }) => new Set(result.run.assumptions));
  const only = (mine: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): string =>
    [...(mine ?? [])].filter((item) => other?.has(item) === false).join(", ");
  return [
    { name: before.name, what: only(old, now) },
    { name: after.name, what: only(now, old) },
  ].flatMap(({ name, what }) => (what === "" ? [] : [`assumed by hand in ${name} only: ${what}`]));
}

function policyKinds({ run }: ScanResult): string {
  const kinds = run.sources.filter(({ role }) => role === "policy").flatMap((source) => source.kinds);
  return [...new Set(kinds)].sort().join(", ");
}

function targetWarnings(before: NamedResult, after: NamedResult): ComparisonWarning[] {
  const old = before.result.targets;
  const now = after.result.targets;
  const warnings: ComparisonWarning[] = [];
  for (const [mine, others, name] of [
    [old, now, before.name],
    [now, old, after.name],
  ] as const) {
    const domains = new Set(others.map(({ domain }) => domain));
    const alone = [...new Set(mine.map(({ domain }) => domain))].filter((domain) => !domains.has(domain));
    if (alone.length > 0 && others.length > 0)
      warnings.push({ code: "domains", text: `only in ${name}: domain ${some(alone)}` });
    const known = new Set(others.flatMap(identities));
    const strangers = mine.filter((target) => !identities(target).some((identity) => known.has(identity)));
    if (strangers.length > 0 && others.length > 0)
      warnings.push({
        code: "targets",
        text: `only in ${name}: ${some(strangers.map((target) => target.name))}`,
      });
  }
  const sids = new Map(old.map(({ dn, sid }) => [dnKey(dn), sid]));
  const unlike = now.filter(({ dn, sid }) => {
    const was = sids.get(dnKey(dn));
    return was !== undefined && was !== sid;
  });
  if (unlike.length > 0)
    warnings.push({
      code: "identity",
      text: `another SID than before, or none in one of the results: ${some(unlike.map(({ name }) => name))}; they are compared as other computers`,
    });
  return warnings;
}

function identities({ dn, sid }: ScanResult["targets"][number]): string[] {
  return sid === null ? [dnKey(dn)] : [sid, dnKey(dn)];
}

function some(names: readonly string[]): string {
  const most = 6;
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}
