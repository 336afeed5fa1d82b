import type { EffectiveSetting, TargetGap } from "../model/effective.ts";
import type { Doubt, PartKind, SettingKey } from "../model/setting.ts";
import { eventLogPrefix, partKinds, userRightPrefix } from "../model/setting.ts";
import { baseWorld } from "./choices.ts";
import { listOutcomes, plainProblem } from "./decide.ts";
import type { Participant } from "./participants.ts";
import type { Replay } from "./replay.ts";
import type { Ending } from "./settle-registry.ts";
import { stagesOf } from "./stages.ts";
import type { OwnedWriter } from "./writers.ts";
import { listWriters, writerOf, writesValue } from "./writers.ts";

/**
 * Every audit setting and registry value that an applied GPO defines, by key: legacy and advanced audit stand apart,
 * unmerged. User rights and sizes of logs are worked out for whoever asks for them.
 */
export function listSettings(
  replay: Replay,
  strongestFirst: readonly Participant[],
  gaps: readonly TargetGap[],
): EffectiveSetting[] {
  const keys = new Set<SettingKey>();
  for (const participant of strongestFirst) {
    if (participant.state !== "applied") continue;
    for (const kind of partKinds) addKeys(participant, kind, keys);
  }
  const settings: EffectiveSetting[] = [];
  for (const key of keys) {
    const setting = effectiveSetting(replay, strongestFirst, key, gaps);
    if (setting !== null) settings.push(setting);
  }
  return settings.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function addKeys(participant: Participant, kind: PartKind, keys: Set<SettingKey>): void {
  for (const key of participant.parts.get(kind)?.index.keys() ?? [])
    if (!key.startsWith(userRightPrefix) && !key.startsWith(eventLogPrefix)) keys.add(key);
}

/** One setting as it ends up; null where no applied GPO gives it a value in the end. */
export function effectiveSetting(
  replay: Replay,
  strongestFirst: readonly Participant[],
  key: SettingKey,
  gaps: readonly TargetGap[],
): EffectiveSetting | null {
  const problem = plainProblem(replay, key);
  const all = listWriters(strongestFirst, stagesOf(key));
  const values = all.filter((item) => item.participant.state === "applied" && writesValue(item));
  const shown =
    decided(problem.solve(baseWorld)[0]) ?? values.find(({ writer }) => writer.doubt?.selective === true);
  if (shown === undefined || shown.writer.value === null) return null;
  const losers = new Set(
    values.filter(({ writer }) => writer.doubt?.selective !== true).map((item) => item.participant),
  );
  losers.delete(shown.participant);
  const outcomes = listOutcomes(problem, gaps);
  // A doubt about the row itself counts even where a weaker one says the same; one about the GPO only if the value hangs on it.
  const doubts: Doubt[] = shown.rowDoubt === null ? [] : [shown.rowDoubt];
  for (const { because } of outcomes.slice(1)) doubts.push({ code: "undecided", text: because });
  return {
    key,
    value: shown.writer.value,
    certainty: doubts.length === 0 ? "known" : "unknown",
    doubts,
    gpo: shown.participant.guid,
    losers: [...losers].map((participant) => participant.guid),
    winner: shown.writer,
    writers: all.map(({ writer }) => writer),
  };
}

/** The row that leaves a value there in the base world. */
function decided({ op, outcome }: Ending): OwnedWriter | undefined {
  const writer = op === null ? null : writerOf(op);
  if (op === null || writer === null || outcome.kind !== "value") return undefined;
  return {
    participant: op.participant,
    writer: { ...writer, value: outcome.value },
    rowDoubt: op.write?.doubt ?? null,
  };
}
