import type { Decision, PossibleOutcome, TargetGap, Writer } from "../model/effective.ts";
import type { Doubt, SettingKey } from "../model/setting.ts";
import {
  auditCategoryPrefix,
  auditSubcategoryPrefix,
  eventLogSizePrefix,
  sceNoApplyLegacyKey,
} from "../model/setting.ts";
import type { Choice, World } from "./choices.ts";
import { baseWorld, describeWorld, deviation, listWorlds } from "./choices.ts";
import type { Participant } from "./participants.ts";
import type { Replay } from "./replay.ts";
import { auditProblem, legacyCategoryOf } from "./settle-audit.ts";
import { logSizeProblem } from "./settle-log-size.ts";
import type { Ending, Problem } from "./settle-registry.ts";
import { registryProblem, singlePartProblem } from "./settle-registry.ts";
import { stagesOf } from "./stages.ts";
import type { OwnedWriter } from "./writers.ts";
import { listUndelivered, listWriters, writerOf, writesValue } from "./writers.ts";

/** The setting by itself, legacy and advanced audit apart: what `effective` prints. */
export function plainProblem(replay: Replay, key: SettingKey): Problem {
  if (key.startsWith(eventLogSizePrefix)) return logSizeProblem(replay, key);
  const [stage, ...more] = stagesOf(key);
  return stage !== undefined && more.length === 0
    ? singlePartProblem(replay, stage)
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
  const problem = isAudit ? auditProblem(replay, key) : plainProblem(replay, key);
  const outcomes = listOutcomes(problem, gaps);
  const stages = stagesOf(key);
  const own = listWriters(strongestFirst, stages);
  const category = isAudit ? legacyCategoryOf(key) : null;
  const legacy = category === null ? [] : listWriters(strongestFirst, stagesOf(category));
  const base = problem.solve(baseWorld)[0];
  const winner = base.op === null ? null : writerOf(base.op);
  const writers = [...own, ...legacy].map(({ writer }) => writer);
  const legacyState = legacy.some(isAppliedValue) ? stateOfLegacy(replay) : null;
  return {
    key,
    outcomes,
    winner,
    via: viaOf(base),
    writers: winner === null ? writers : winnerFirst(writers, winner),
    undelivered: listUndelivered(strongestFirst, stages),
    legacy: viaOf(base) === "legacy" ? "counts" : legacyState,
    doubts: collectDoubts(winner, outcomes),
    notes: isAudit ? auditNotes(own) : [],
  };
}

/** A GPO may write a log size in two places: the row that decides stands first of its rows. */
function winnerFirst(writers: readonly Writer[], winner: Writer): readonly Writer[] {
  const at = writers.findIndex(({ location }) => location === winner.location);
  const first = writers.findIndex(({ guid, domain }) => guid === winner.guid && domain === winner.domain);
  const [deciding] = writers.slice(at, at + 1);
  return at <= first || deciding === undefined
    ? writers
    : writers.toSpliced(at, 1).toSpliced(first, 0, deciding);
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
