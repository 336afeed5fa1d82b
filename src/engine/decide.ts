import type { Decision, PossibleOutcome, TargetGap, Writer } from "../model/effective.ts";
import type { Doubt, PartKind, SettingKey } from "../model/setting.ts";
import { auditCategoryPrefix, auditSubcategoryPrefix, sceNoApplyLegacyKey } from "../model/setting.ts";
import type { Choice, World } from "./choices.ts";
import { baseWorld, describeWorld, deviation, listWorlds } from "./choices.ts";
import type { Participant } from "./participants.ts";
import type { Replay } from "./replay.ts";
import { registryKinds } from "./replay.ts";
import { auditProblem, legacyCategoryOf } from "./settle-audit.ts";
import type { Ending, Problem } from "./settle-registry.ts";
import { registryProblem, singlePartProblem } from "./settle-registry.ts";
import type { OwnedWriter } from "./writers.ts";
import { listUndelivered, listWriters, writerOf, writesValue } from "./writers.ts";

/** The part kinds that can write a key. */
export function kindsOf(key: SettingKey): readonly PartKind[] {
  if (key.startsWith(auditSubcategoryPrefix)) return ["audit.csv"];
  return key.startsWith(auditCategoryPrefix) ? ["GptTmpl.inf"] : registryKinds;
}

/** The setting by itself, legacy and advanced audit apart: what `effective` prints. */
export function plainProblem(replay: Replay, key: SettingKey): Problem {
  const [kind, ...more] = kindsOf(key);
  return kind !== undefined && more.length === 0
    ? singlePartProblem(replay, kind, key)
    : registryProblem(replay, key);
}

/** How a setting ends on a target, with every way in which that may be otherwise. */
export function decide(
  replay: Replay,
  strongestFirst: readonly Participant[],
  key: SettingKey,
  gaps: readonly TargetGap[],
): Decision {
  const isAudit = key.startsWith(auditSubcategoryPrefix);
  const problem = isAudit ? auditProblem(replay, key) : registryProblem(replay, key);
  const outcomes = listOutcomes(problem, gaps);
  const own = listWriters(strongestFirst, kindsOf(key), key);
  const category = isAudit ? legacyCategoryOf(key) : null;
  const legacy = category === null ? [] : listWriters(strongestFirst, ["GptTmpl.inf"], category);
  const base = problem.solve(baseWorld)[0];
  const winner = base.op === null ? null : writerOf(base.op);
  const writers = [...own, ...legacy];
  const legacyState = legacy.some(isAppliedValue) ? stateOfLegacy(replay) : null;
  return {
    key,
    outcomes,
    winner,
    via: viaOf(base),
    writers: writers.map(({ writer }) => writer),
    undelivered: listUndelivered(strongestFirst, kindsOf(key), key),
    legacy: viaOf(base) === "legacy" ? "counts" : legacyState,
    doubts: collectDoubts(winner, outcomes),
    notes: isAudit ? auditNotes(own) : [],
  };
}

const anything: Ending = { outcome: { kind: "anything" }, why: "", op: null };

/** Every end in every world, each once, with the least far-fetched way to it. */
export function listOutcomes(
  problem: Problem,
  gaps: readonly TargetGap[],
): readonly [PossibleOutcome, ...PossibleOutcome[]] {
  const choices = [...problem.choices];
  const found = new Map<string, { readonly item: PossibleOutcome; readonly distance: number }>();
  const add = (ending: Ending, because: string, distance: number): void => {
    const id = JSON.stringify(ending.outcome);
    const before = found.get(id);
    if (before === undefined || distance < before.distance) {
      found.set(id, { item: { outcome: ending.outcome, because }, distance });
    }
  };
  const base = problem.solve(baseWorld);
  for (const world of listWorlds(choices) ?? [baseWorld]) {
    for (const ending of problem.solve(world)) {
      add(
        ending,
        explainWay(world, choices, ending.why),
        deviation(world, choices) + (ending.why === "" ? 0 : 0.5),
      );
    }
  }
  if (listWorlds(choices) === null) {
    add(anything, `${choices.length} things are undecided, too many to try them all`, 1);
  }
  for (const gap of gaps) {
    add(anything, `${gap.text}, and a GPO linked there may set it`, 1);
  }
  const first = found.get(JSON.stringify(base[0].outcome))?.item ?? { outcome: base[0].outcome, because: "" };
  const others = [...found.values()].map(({ item }) => item).filter((item) => item !== first);
  return [first, ...others];
}

function explainWay(world: World, choices: readonly Choice[], why: string): string {
  return [describeWorld(world, choices), why].filter((text) => text !== "").join(", and ");
}

function viaOf({ op, outcome }: Ending): Decision["via"] {
  if (op === null) return outcome.kind === "value" ? "cleared" : "nothing";
  return op.write?.action === "set" && op.write.key.startsWith(auditCategoryPrefix) ? "legacy" : "setting";
}

function collectDoubts(winner: Writer | null, outcomes: readonly PossibleOutcome[]): Doubt[] {
  const doubts: Doubt[] = [];
  if (winner !== null && winner.doubt !== null) doubts.push(winner.doubt);
  for (const { because } of outcomes.slice(1))
    if (because !== "") doubts.push({ code: "undecided", text: because });
  return doubts;
}

function isAppliedValue(item: OwnedWriter): boolean {
  return item.participant.state === "applied" && writesValue(item);
}

/** MS-GPSB 3.2.5.6: with the option at 1 the security extension leaves `[Event Audit]` alone. */
function stateOfLegacy(replay: Replay): "silenced" | "open" {
  const ends = registryProblem(replay, sceNoApplyLegacyKey).solve(baseWorld);
  return ends.every(({ outcome }) => outcome.kind === "value" && outcome.value === 1) ? "silenced" : "open";
}

function auditNotes(own: readonly OwnedWriter[]): string[] {
  const [first, ...weaker] = own.filter(isAppliedValue);
  if (first?.writer.value !== 0 || weaker.every(({ writer }) => writer.value === 0)) return [];
  // MS-GPAC 2.2.1.3.1 reads 0 as "unchanged", the editor writes it for "No Auditing": never a pass either way.
  return ["a row with value 0 beats a weaker GPO that audits: Microsoft's editor writes 0 for 'No Auditing'"];
}
