import type { Doubt, PartKind, SettingKey, SettingValue, Write } from "../model/setting.ts";
import { userRightPrefix } from "../model/setting.ts";
import { valueText } from "../model/words.ts";
import type { Choice, World } from "./choices.ts";
import type { DeliveredPart, Participant } from "./participants.ts";
import type { Stage } from "./stages.ts";
import { readAt } from "./stages.ts";

/** One thing that one GPO does, or may do, to one setting. */
export interface Op {
  readonly participant: Participant;
  readonly kind: PartKind;
  /** Null: nothing that can be seen; it may set anything. */
  readonly write: Write | null;
  /** Each must go its effective way for the operation to take place. */
  readonly gates: readonly Gate[];
  /** Which of several values of a contradicting row counts. */
  readonly values: Choice | null;
}

export interface Gate {
  readonly choice: Choice;
  /** The option in which the operation takes place. */
  readonly on: number;
}

/** Where a setting stands after one extension has replayed all GPOs, weakest first. */
export type StageEnd =
  | { readonly kind: "none" }
  | {
      readonly kind: "value" | "soft";
      readonly value: SettingValue;
      readonly type: number | null;
      readonly op: Op;
    }
  | { readonly kind: "deleted" }
  | { readonly kind: "anything" };

/** Makes each choice once, however many settings and operations hang on it. */
export class ChoiceBook {
  readonly #choices = new Map<object, Choice>();

  get(cause: object, make: () => Choice): Choice {
    let choice = this.#choices.get(cause);
    if (choice === undefined) {
      choice = make();
      this.#choices.set(cause, choice);
    }
    return choice;
  }
}

/** What a group of participants does to settings, one part kind at a time. */
export class Replay {
  /** Weakest first: the order in which Windows processes them. */
  readonly #participants: readonly Participant[];
  readonly #book: ChoiceBook;

  constructor(strongestFirst: readonly Participant[], book: ChoiceBook) {
    this.#participants = strongestFirst.toReversed();
    this.#book = book;
  }

  /** All operations of one part kind on a setting, weakest first. */
  ops(stage: Stage): Op[] {
    const { kind, key } = stage;
    const ops: Op[] = [];
    for (const participant of this.#participants) {
      if (participant.opaque) {
        ops.push({ participant, kind, write: null, gates: gate(participant.gate, 1), values: null });
        continue;
      }
      const delivered = participant.parts.get(kind);
      if (delivered === undefined) continue;
      const own = outerGates(participant, delivered);
      for (const write of delivered.index.writesTo(key))
        ops.push(this.#op(participant, kind, readAt(stage, write), own));
      for (const open of delivered.part.open) {
        if (!key.startsWith(open.keyPrefix)) continue;
        const lost = this.#book.get(open, () => ({
          options: [
            `${delivered.part.paths.join(", ")} does not set it (${open.doubt.text})`,
            `${delivered.part.paths.join(", ")} sets it (${open.doubt.text})`,
          ],
        }));
        ops.push({ participant, kind, write: null, gates: [...own, { choice: lost, on: 1 }], values: null });
      }
    }
    return ops;
  }

  /** Gates of every participant that delivers a part kind, or may; an empty list stands for one that certainly does. */
  deliveries(kind: PartKind): (readonly Gate[])[] {
    return this.#participants.flatMap((participant) => {
      if (participant.opaque) return [gate(participant.gate, 1)];
      const delivered = participant.parts.get(kind);
      return delivered === undefined ? [] : [outerGates(participant, delivered)];
    });
  }

  /** Gates of every participant whose part of a kind is there but could not be read. */
  unreadable(kind: PartKind): (readonly Gate[])[] {
    return this.#participants.flatMap((participant) => {
      const delivered = participant.parts.get(kind);
      return delivered?.part.unreadable === true ? [outerGates(participant, delivered)] : [];
    });
  }

  #op(participant: Participant, kind: PartKind, write: Write, own: readonly Gate[]): Op {
    if (write.action === "unusable") {
      const counts = this.#book.get(write, () => ({
        options: [
          `the unusable row '${write.quote}' is ignored`,
          `the unusable row '${write.quote}' counts for something`,
        ],
      }));
      return { participant, kind, write: null, gates: [...own, { choice: counts, on: 1 }], values: null };
    }
    const gates = write.doubt === null ? own : [...own, this.#doubtGate(write.doubt)];
    return { participant, kind, write, gates, values: this.#valueChoice(write) };
  }

  #doubtGate(doubt: Doubt): Gate {
    return { choice: this.#doubtChoice(doubt), on: doubt.selective === true ? 1 : 0 };
  }

  #doubtChoice(doubt: Doubt): Choice {
    const takes = `Windows takes it although ${doubt.text}`;
    const leaves = `Windows does not take it because ${doubt.text}`;
    return this.#book.get(doubt, () => ({
      options: doubt.selective === true ? [leaves, takes] : [takes, leaves],
    }));
  }

  #valueChoice(write: Write): Choice | null {
    if (write.action !== "set" && write.action !== "set-if-absent") return null;
    const [first, ...rest] = write.alternatives;
    if (first === undefined) return null;
    return this.#book.get(write, () => ({
      options: [
        `the last of the contradicting rows counts (${shortText(write.key, write.value)})`,
        ...alternativeTexts(write.key, [first, ...rest]),
      ],
    }));
  }
}

function alternativeTexts(
  key: SettingKey,
  values: readonly [SettingValue, ...SettingValue[]],
): [string, ...string[]] {
  const text = (value: SettingValue): string =>
    `another of the contradicting rows counts (${shortText(key, value)})`;
  const [first, ...rest] = values;
  return [text(first), ...rest.map(text)];
}

function shortText(key: SettingKey, value: SettingValue): string {
  return key.startsWith(userRightPrefix) ? valueText(key, value) : String(value);
}

function gate(choice: Choice | null, on: number): Gate[] {
  return choice === null ? [] : [{ choice, on }];
}

/** A GPO that is applied but doubtful takes effect in the base world, an undecided one does not. */
function outerGates(participant: Participant, delivered: DeliveredPart): Gate[] {
  return [...gate(participant.gate, participant.state === "applied" ? 0 : 1), ...gate(delivered.gate, 0)];
}

export function isOn(gates: readonly Gate[], world: World): boolean {
  return gates.every(({ choice, on }) => world.pick(choice) === on);
}

/** Drops operations that can never show: all before the last one that certainly takes place and leaves no trace of them. */
export function pruneOps(ops: readonly Op[]): readonly Op[] {
  const last = ops.findLastIndex(
    (op) => op.write !== null && op.write.action !== "set-if-absent" && op.gates.length === 0,
  );
  return last <= 0 ? ops : ops.slice(last);
}

/** Replays the operations of one part kind in one world. */
export function replayStage(ops: readonly Op[], world: World): StageEnd {
  let end: StageEnd = { kind: "none" };
  for (const op of ops) if (isOn(op.gates, world)) end = step(end, op, world);
  return end;
}

function step(before: StageEnd, op: Op, world: World): StageEnd {
  const { write } = op;
  if (write === null) return { kind: "anything" };
  switch (write.action) {
    case "set":
      return { kind: "value", value: valueIn(write, op, world), type: write.type, op };
    case "set-if-absent":
      return before.kind === "none" || before.kind === "deleted"
        ? { kind: "soft", value: valueIn(write, op, world), type: write.type, op }
        : before;
    case "delete":
    case "delete-values":
    case "delete-keys":
      return { kind: "deleted" };
    case "unusable":
      return { kind: "anything" };
  }
}

type ValueWrite = Extract<Write, { readonly action: "set" | "set-if-absent" }>;

function valueIn(write: ValueWrite, op: Op, world: World): SettingValue {
  const pick = op.values === null ? 0 : world.pick(op.values);
  return pick === 0 ? write.value : (write.alternatives[pick - 1] ?? write.value);
}

/** The choices that the operations hang on, each once. */
export function choicesOf(ops: Iterable<Op>): Set<Choice> {
  const choices = new Set<Choice>();
  for (const op of ops) {
    for (const { choice } of op.gates) choices.add(choice);
    if (op.values !== null) choices.add(op.values);
  }
  return choices;
}
