import type { Outcome } from "../model/effective.ts";
import type { SettingKey } from "../model/setting.ts";
import type { Choice, World } from "./choices.ts";
import type { Gate, Op, Replay, StageEnd } from "./replay.ts";
import { choicesOf, isOn, pruneOps, replayStage } from "./replay.ts";
import type { Stage } from "./stages.ts";
import { registryStages } from "./stages.ts";

/** An end that a setting can come to in one world, and what leaves it open there; `why` is empty where nothing does. */
export interface Ending {
  readonly outcome: Outcome;
  readonly why: string;
  /** The operation that leaves the value there; null where none does. */
  readonly op: Op | null;
}

/** How one setting is worked out: the choices it hangs on, and its ends in a world that settles them. */
export interface Problem {
  readonly choices: ReadonlySet<Choice>;
  /** At least one; the first is the one that `effective` prints. */
  solve(world: World): readonly [Ending, ...Ending[]];
}

const anything: Outcome = { kind: "anything" };
const absent: Outcome = { kind: "absent" };

/**
 * A registry value: registry.pol, GptTmpl.inf and Registry.xml are replayed one after the other, each over all GPOs
 * (MS-GPOL 3.2.5.1.10). Between full passes Windows may run one extension alone, so where two of them end differently,
 * either may be what stands on the computer at a given time.
 */
export function registryProblem(replay: Replay, key: SettingKey): Problem {
  return stagedProblem(replay, registryStages(key, null));
}

const extensionsDiffer = "two extensions write it differently, and either may have run last";

/** A place in the registry that several stages write; `differ` says what it means where they do not agree. */
export function stagedProblem(
  replay: Replay,
  staged: readonly Stage[],
  differ: string = extensionsDiffer,
): Problem {
  const stages = staged.map((stage) => pruneOps(replay.ops(stage)));
  const poison = stages.length === 0 ? [] : replay.unreadable("registry.pol");
  return {
    choices: new Set([...choicesOf(stages.flat()), ...gateChoices(poison)]),
    solve(world) {
      const ends = stages.map((ops) => replayStage(ops, world));
      const [first, ...rest] = combine(ends, differ);
      if (!poison.some((gates) => isOn(gates, world))) return [first, ...rest];
      // MS-GPREG 3.2.5.1.2: one registry.pol that cannot be read aborts the whole pass.
      return [first, ...rest, cannotTell("a registry.pol that cannot be read stops the whole registry pass")];
    },
  };
}

function combine(ends: readonly StageEnd[], differ: string): [Ending, ...Ending[]] {
  let last: StageEnd = { kind: "none" };
  const hard: StageEnd[] = [];
  for (const end of ends) {
    if (end.kind === "none") continue;
    if (end.kind === "soft") {
      if (last.kind === "none" || last.kind === "deleted") last = end;
      continue;
    }
    hard.push(end);
    last = end;
  }
  const main = toEnding(last);
  if (last.kind === "soft") {
    return [main, cannotTell("it is written only where no value is there yet")];
  }
  const others = hard.slice(0, -1).map((end) => toEnding(end, differ));
  return [main, ...others];
}

function cannotTell(why: string): Ending {
  return { outcome: anything, why, op: null };
}

function toEnding(end: StageEnd, why = ""): Ending {
  return { outcome: toOutcome(end), why, op: end.kind === "value" || end.kind === "soft" ? end.op : null };
}

function toOutcome(end: StageEnd): Outcome {
  switch (end.kind) {
    case "value":
    case "soft":
      return { kind: "value", value: end.value, type: end.type };
    case "anything":
      return anything;
    case "none":
    case "deleted":
      return absent;
  }
}

/** A setting that only one part kind writes: an audit subcategory, a legacy category, a user right. */
export function singlePartProblem(replay: Replay, stage: Stage): Problem & { readonly ops: readonly Op[] } {
  const ops = pruneOps(replay.ops(stage));
  return { ops, choices: choicesOf(ops), solve: (world) => [toEnding(replayStage(ops, world))] };
}

export function gateChoices(lists: readonly (readonly Gate[])[]): Choice[] {
  return lists.flat().map((gate) => gate.choice);
}
