import type { AppliesTo, PolicyPack, SettingRequirement } from "../../model/requirement.ts";
import { isReadiness, isSetting } from "../../model/requirement.ts";
import type { PackComparison, PackRelation, PackRow } from "../../model/pack-comparison.ts";
import type { SettingKey } from "../../model/setting.ts";
import { settingName } from "../../model/setting-names.ts";
import { isSatisfiable, isWithin } from "./permitted.ts";

/** What two packs ask of each setting, and whether one computer can meet both. */
export function comparePacks(a: PolicyPack, b: PolicyPack): PackComparison {
  const [ofA, ofB] = [bySetting(a), bySetting(b)];
  const keys = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const rows = keys.flatMap((key) => compareSetting(key, ofA.get(key) ?? [], ofB.get(key) ?? []));
  const name = ({ name: own, version, title }: PolicyPack) => ({ name: own, version, title });
  return { a: name(a), b: name(b), rows: [...rows, ...compareChecks(a, b)] };
}

/** One sentence for each setting on which two of the packs cannot both be met, in the order of the packs. */
export function listConflicts(packs: readonly PolicyPack[]): readonly string[] {
  return packs.flatMap((a, index) =>
    packs.slice(index + 1).flatMap((b) =>
      comparePacks(a, b)
        .rows.filter(({ relation }) => relation === "conflict")
        .map((row) => `Policies '${a.name}' and '${b.name}' cannot both be satisfied: ${conflictText(row)}.`),
    ),
  );
}

function conflictText({ settingName: name, a, b }: PackRow): string {
  const side = (rules: PackRow["a"]): string =>
    rules.map(({ id, expected }) => `${expected} for ${id}`).join(" and ");
  return `'${name}' would have to be ${side(a)}, and ${side(b)}`;
}

function bySetting({ requirements }: PolicyPack): ReadonlyMap<SettingKey, SettingRequirement[]> {
  const groups = new Map<SettingKey, SettingRequirement[]>();
  for (const requirement of requirements.filter(isSetting)) {
    const group = groups.get(requirement.setting);
    if (group === undefined) groups.set(requirement.setting, [requirement]);
    else group.push(requirement);
  }
  return groups;
}

function compareSetting(
  key: SettingKey,
  ofA: readonly SettingRequirement[],
  ofB: readonly SettingRequirement[],
): readonly PackRow[] {
  const meet = (one: SettingRequirement, others: readonly SettingRequirement[]): boolean =>
    others.some((other) => mayMeet(one.appliesTo, other.appliesTo));
  const [a, b] = [ofA.filter((own) => meet(own, ofB)), ofB.filter((own) => meet(own, ofA))];
  const [onlyA, onlyB] = [ofA.filter((own) => !a.includes(own)), ofB.filter((own) => !b.includes(own))];
  return [
    ...(a.length > 0 && b.length > 0 ? [toRow(key, relationOf(a, b), a, b)] : []),
    ...(onlyA.length > 0 ? [toRow(key, "only-a", onlyA, [])] : []),
    ...(onlyB.length > 0 ? [toRow(key, "only-b", [], onlyB)] : []),
  ];
}

function relationOf(a: readonly SettingRequirement[], b: readonly SettingRequirement[]): PackRelation {
  if (!isSatisfiable([...a, ...b])) return "conflict";
  const [aIsEnough, bIsEnough] = [isWithin(a, b), isWithin(b, a)];
  if (aIsEnough && bIsEnough) return "same";
  if (aIsEnough) return "a-stricter";
  return bIsEnough ? "b-stricter" : "both";
}

function toRow(
  key: SettingKey,
  relation: PackRelation,
  a: readonly SettingRequirement[],
  b: readonly SettingRequirement[],
): PackRow {
  const name = [...a, ...b][0]?.settingName ?? settingName(key);
  return { setting: key, settingName: name, relation, a: a.map(toRule), b: b.map(toRule) };
}

function toRule({ id, expectText, severity }: PolicyPack["requirements"][number]): PackRow["a"][number] {
  return { id, expected: expectText, severity };
}

/** Whether there can be a computer that both are asked of. Only two years surely name different systems. */
function mayMeet(one: AppliesTo, other: AppliesTo): boolean {
  if (!one.roles.some((role) => other.roles.includes(role))) return false;
  const [own, others] = [one.operatingSystems, other.operatingSystems];
  if (own.length === 0 || others.length === 0) return true;
  const isYear = (text: string): boolean => /^\d{4}$/.test(text);
  return own.some((a) => others.some((b) => a === b || !isYear(a) || !isYear(b)));
}

/** Checks of the directory: the same question with the same parameters, or another one. */
function compareChecks(a: PolicyPack, b: PolicyPack): readonly PackRow[] {
  const [ofA, ofB] = [a, b].map(({ requirements }) => requirements.filter(isReadiness));
  const asked = (requirement: PolicyPack["requirements"][number]): string =>
    isReadiness(requirement)
      ? JSON.stringify([requirement.check, "parameters" in requirement ? requirement.parameters : null])
      : "";
  const row = (relation: PackRelation, left: typeof ofA = [], right: typeof ofB = []): PackRow => {
    const name = [...left, ...right][0]?.title ?? "";
    return { setting: null, settingName: name, relation, a: left.map(toRule), b: right.map(toRule) };
  };
  const both = (ofA ?? []).flatMap((left) => {
    const right = (ofB ?? []).find((own) => asked(own) === asked(left));
    return right === undefined ? [row("only-a", [left])] : [row("same", [left], [right])];
  });
  const known = new Set((ofA ?? []).map(asked));
  const rest = (ofB ?? []).filter((own) => !known.has(asked(own)));
  return [...both, ...rest.map((right) => row("only-b", [], [right]))];
}
