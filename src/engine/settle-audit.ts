import { findAuditSubcategory } from "../model/audit-subcategories.ts";
import type { SettingKey } from "../model/setting.ts";
import { auditCategoryKey, auditSubcategoryPrefix, sceNoApplyLegacyKey } from "../model/setting.ts";
import type { World } from "./choices.ts";
import type { Replay } from "./replay.ts";
import { isOn } from "./replay.ts";
import type { Ending, Problem } from "./settle-registry.ts";
import { gateChoices, registryProblem, singlePartProblem } from "./settle-registry.ts";
import { templateStage } from "./stages.ts";

/** What an audit.csv leaves of a subcategory that none lists: Windows clears the policy before it applies the rows. */
const cleared: Ending = { outcome: { kind: "value", value: 0, type: null }, why: "", op: null };

/** Key of the legacy category whose value is stamped on a subcategory; null for a GUID that no list knows. */
export function legacyCategoryOf(key: SettingKey): SettingKey | null {
  const known = findAuditSubcategory(key.slice(auditSubcategoryPrefix.length));
  return known === undefined ? null : auditCategoryKey(known.category);
}

/**
 * An audit subcategory as the computer ends up auditing it. Three things meet: the rows of audit.csv, the clearing that
 * any audit.csv brings with it, and `[Event Audit]`, which SCENoApplyLegacyAuditPolicy switches off (MS-GPSB 3.2.5.6).
 */
export function auditProblem(replay: Replay, key: SettingKey): Problem {
  const category = legacyCategoryOf(key);
  const advanced = singlePartProblem(replay, { kind: "audit.csv", key, place: null });
  const legacy = category === null ? null : singlePartProblem(replay, templateStage(category));
  const hasLegacy = legacy !== null && legacy.ops.length > 0;
  // Without a legacy value the option that would silence it does not matter.
  const option = hasLegacy ? registryProblem(replay, sceNoApplyLegacyKey) : null;
  const certain = advanced.ops.some((op) => op.write !== null && op.gates.length === 0);
  const deliveries = certain ? [[]] : replay.deliveries("audit.csv");
  return {
    choices: new Set([
      ...advanced.choices,
      ...(legacy?.choices ?? []),
      ...(option?.choices ?? []),
      // Where one GPO certainly delivers, it does not matter who else does.
      ...(deliveries.some((gates) => gates.length === 0) ? [] : gateChoices(deliveries)),
    ]),
    solve(world) {
      const [row] = advanced.solve(world);
      const isRow = row.outcome.kind !== "absent";
      const delivered = isRow || deliveries.some((gates) => isOn(gates, world));
      const modern = !isRow && delivered ? cleared : row;
      const old = legacy?.solve(world)[0];
      if (old === undefined || old.outcome.kind === "absent" || option === null) return [modern];
      return mergeLegacy(modern, delivered, old, optionStates(option, world));
    },
  };
}

type OptionState = "on" | "off" | "unset" | "open";

function optionStates(option: Problem, world: World): Set<OptionState> {
  return new Set(
    option.solve(world).map(({ outcome }): OptionState => {
      if (outcome.kind === "absent") return "unset";
      if (outcome.kind === "anything" || outcome.type !== 4) return "open";
      if (outcome.value === 1) return "on";
      return outcome.value === 0 ? "off" : "open";
    }),
  );
}

function mergeLegacy(
  modern: Ending,
  delivered: boolean,
  old: Ending,
  states: ReadonlySet<OptionState>,
): [Ending, ...Ending[]] {
  // MS-GPAC 5.1 calls the mix inconsistent: the next security refresh may overwrite what audit.csv has set.
  const mixed = because(
    old,
    "[Event Audit] is not switched off, and a later security refresh may stamp it over audit.csv",
  );
  const unset = because(
    old,
    "no GPO sets SCENoApplyLegacyAuditPolicy, and whether [Event Audit] counts then is not documented for certain",
  );
  const endings: Ending[] = [];
  for (const state of states) {
    if (state === "on") endings.push(modern);
    else if (delivered) endings.push(modern, mixed);
    else if (state === "off") endings.push(old);
    else endings.push(modern, unset);
  }
  const [first, ...rest] = endings;
  return [first ?? modern, ...rest];
}

function because(ending: Ending, why: string): Ending {
  return { ...ending, why };
}
