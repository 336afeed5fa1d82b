import { describe, expect, it } from "vitest";
import { listBundledPacks, loadBundledPolicy } from "../../src/app/load-policy.ts";
import { evaluateReadiness } from "../../src/checks/readiness/evaluate-readiness.ts";
import { isReadiness, isSetting } from "../../src/model/requirement.ts";
import type {
  PolicyPack,
  ReadinessRequirement,
  Requirement,
  SettingRequirement,
} from "../../src/model/requirement.ts";
import type { SettingKey, SettingValue } from "../../src/model/setting.ts";
import { cases } from "../checks/readiness/cases.ts";
import { ace, domain, head, input, sacl, secured } from "../checks/readiness/input.ts";
import { sampleValues } from "../util/expectation-values.ts";
import type { GpoRow } from "../util/gpo-files.ts";
import { waysToWrite } from "../util/gpo-files.ts";
import type { OneComputer } from "../util/one-computer.ts";
import { readOneComputer, scanNamed } from "../util/one-computer.ts";

/** For every requirement of every bundled pack a GPO that meets it and GPOs that do not, made from the pack itself. */
const packs = listBundledPacks().map((name): PolicyPack => {
  const loaded = loadBundledPolicy(name);
  if (!loaded.ok) throw new Error(`${name}: ${loaded.problem}`);
  return loaded.pack;
});

function computerFor({ appliesTo: { roles, operatingSystems } }: Requirement): OneComputer {
  const [role = "dc"] = roles;
  return { role, operatingSystem: `Windows Server ${operatingSystems[0] ?? "2022"} Standard` };
}

/** Requirements that are asked of the same computers. */
function askedWith(pack: PolicyPack, { appliesTo }: Requirement): readonly SettingRequirement[] {
  const asked = JSON.stringify(appliesTo);
  return pack.requirements
    .filter(isSetting)
    .filter((requirement) => JSON.stringify(requirement.appliesTo) === asked);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A value of each setting that meets all that is asked of it. */
function goodValues(requirements: readonly SettingRequirement[]): ReadonlyMap<SettingKey, SettingValue> {
  const byKey = groupBy(requirements, ({ setting }) => setting);
  return new Map(
    [...byKey].map(([key, own]) => {
      const [first = [], ...others] = own.map(({ expect: wanted }) => sampleValues(wanted).good);
      const same = (a: SettingValue) => (b: SettingValue) => JSON.stringify(a) === JSON.stringify(b);
      const value = first.find((each) => others.every((list) => list.some(same(each))));
      if (value === undefined) throw new Error(`no sample value meets all that is asked of ${key}`);
      return [key, value];
    }),
  );
}

function rowsOf(values: ReadonlyMap<SettingKey, SettingValue>, without?: SettingKey): readonly GpoRow[] {
  return [...values]
    .filter(([key]) => key !== without)
    .flatMap(([key, value]) => waysToWrite(key, value).slice(0, 1));
}

function verdicts(pack: PolicyPack, computer: OneComputer, rows: readonly GpoRow[]): Map<string, string> {
  const inputs = readOneComputer(computer, rows);
  expect(inputs.diagnostics).toEqual([]);
  const { findings } = scanNamed(inputs, pack);
  return new Map(findings.map(({ rule, verdict }) => [rule, verdict]));
}

const unrelated: GpoRow = { file: "GptTmpl.inf", section: "Registry Values", text: "MACHINE\\A\\X=4,1" };

describe.each(packs.filter((pack) => pack.requirements.some(isSetting)))("pack $name", (pack) => {
  const requirements = pack.requirements.filter(isSetting);

  it.each(requirements.map((requirement) => [requirement.id, requirement] as const))(
    "%s",
    (id, requirement) => {
      const { setting } = requirement;
      const computer = computerFor(requirement);
      const asked = askedWith(pack, requirement);
      const others = goodValues(asked);
      const rest = rowsOf(others, setting);
      const { good, bad } = sampleValues(requirement.expect);

      for (const value of good) {
        for (const way of waysToWrite(setting, value)) {
          expect([value, verdicts(pack, computer, [...rest, way]).get(id)]).toEqual([value, "pass"]);
        }
      }
      for (const value of bad) {
        for (const way of waysToWrite(setting, value)) {
          const found = verdicts(pack, computer, [...rest, way]);
          expect([value, found.get(id)]).toEqual([value, "fail"]);
          // No other setting is to blame.
          const failed = asked.filter((other) => found.get(other.id) !== "pass");
          expect(new Set(failed.map((other) => other.setting))).toEqual(new Set([setting]));
        }
      }
    },
  );

  it("passes where a GPO meets all of it, and follows whenNotConfigured where none sets anything", () => {
    for (const asked of groupBy(requirements, ({ appliesTo }) => JSON.stringify(appliesTo)).values()) {
      const [first] = asked;
      if (first === undefined) continue;
      const met = verdicts(pack, computerFor(first), rowsOf(goodValues(asked)));
      expect(asked.filter(({ id }) => met.get(id) !== "pass").map(({ id }) => id)).toEqual([]);
      const absent = verdicts(pack, computerFor(first), [unrelated]);
      expect(asked.map(({ id }) => [id, absent.get(id)])).toEqual(
        asked.map(({ id, whenNotConfigured }) => [id, whenNotConfigured]),
      );
    }
  });
});

const checks = packs.flatMap(({ requirements }) => requirements.filter(isReadiness));

/** A SACL made from what is asked of a class; other checks have their cases by hand. */
function madeCases(
  requirement: ReadinessRequirement,
): readonly (readonly [string, ReturnType<typeof input>])[] {
  if (requirement.check !== "object-auditing") return [];
  const { mask, classGuid } = requirement.parameters;
  const audited = (changes: Parameters<typeof ace>[0]) =>
    input({ domains: [domain({ head: secured(head, sacl(ace(changes))) })] });
  return [
    ["pass", audited({ mask, inheritedObjectType: classGuid })],
    ["fail", audited({ mask: mask & (mask - 1), inheritedObjectType: classGuid })],
    ["fail", audited({ mask, inheritedObjectType: "00000000-0000-4000-8000-000000000001" })],
  ];
}

describe("readiness has a case that passes and one that fails:", () => {
  it.each(checks.map((check) => [check.id, check] as const))("%s", (_, requirement) => {
    const name = requirement.id.slice(requirement.id.indexOf(".") + 1);
    const byHand = cases.flatMap(([rule, verdict, , given]) =>
      rule === name ? [[verdict, given] as const] : [],
    );
    const all = [...byHand, ...madeCases(requirement)];
    for (const [verdict, given] of all) {
      expect(evaluateReadiness(requirement, given, (text) => text).map((each) => each.verdict)).toEqual([
        verdict,
      ]);
    }
    expect(all.map(([verdict]) => verdict)).toEqual(expect.arrayContaining(["pass", "fail"]));
  });
});

it("every requirement of every pack is one or the other", () => {
  const all = packs.flatMap(({ requirements }) => requirements);
  expect(all.filter(isSetting).length + checks.length).toBe(all.length);
  expect(packs.length).toBeGreaterThan(10);
});
