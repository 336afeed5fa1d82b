/**
 * One thing that nobody can decide from here: whether an undecided GPO applies, whether Windows takes a doubtful file,
 * which of two contradicting rows counts, whether the lost part of a file holds a setting.
 */
export interface Choice {
  /** Ways it can go, described for people; the first is the one that `effective` prints. */
  readonly options: readonly [string, string, ...string[]];
}

/** One way to complete the missing knowledge: what each choice comes to. */
export interface World {
  pick(choice: Choice): number;
}

/** More combinations than this are not tried one by one; the caller then has to answer without them. */
const maxWorlds = 4096;

/** The world in which every choice goes the first way. */
export const baseWorld: World = { pick: () => 0 };

/** All combinations of the given choices, the base world first; null where there are too many. */
export function listWorlds(choices: readonly Choice[]): World[] | null {
  const count = choices.reduce((product, choice) => product * choice.options.length, 1);
  if (count > maxWorlds) return null;
  const worlds: World[] = [];
  for (let number = 0; number < count; number++) {
    const picks = new Map<Choice, number>();
    let rest = number;
    for (const choice of choices) {
      picks.set(choice, rest % choice.options.length);
      rest = Math.floor(rest / choice.options.length);
    }
    worlds.push({ pick: (choice) => picks.get(choice) ?? 0 });
  }
  return worlds;
}

/** Says what sets a world apart: the choices that go another way than in the base world, else how the base world goes. */
export function describeWorld(world: World, choices: readonly Choice[]): string {
  const changed = choices.filter((choice) => world.pick(choice) !== 0);
  const told = changed.length > 0 ? changed : choices.slice(0, 3);
  return told.map((choice) => choice.options[world.pick(choice)] ?? "").join(", and ");
}

/** Number of choices that go another way than in the base world. */
export function deviation(world: World, choices: readonly Choice[]): number {
  return choices.filter((choice) => world.pick(choice) !== 0).length;
}
