import type { Expectation } from "../../src/model/requirement.ts";
import type { SettingValue } from "../../src/model/setting.ts";

/** Values that meet an expectation and values that do not, made from what it says and not from how it is judged. */
export interface SampleValues {
  readonly good: readonly [SettingValue, ...SettingValue[]];
  /** Each misses it in another way; a number in the place of a text has the wrong registry type too, and the other way round. */
  readonly bad: readonly [SettingValue, ...SettingValue[]];
}

/** Held by nobody's wish: the group Guests. */
const stranger = "S-1-5-32-546";

const atLeast: Readonly<Record<1 | 2 | 3, SampleValues>> = {
  1: { good: [1, 3], bad: [0, 2] },
  2: { good: [2, 3], bad: [0, 1] },
  3: { good: [3], bad: [0, 1, 2] },
};
const exactly: Readonly<Record<0 | 1 | 2 | 3, SampleValues>> = {
  0: { good: [0], bad: [1, 2, 3] },
  1: { good: [1], bad: [0, 2, 3] },
  2: { good: [2], bad: [0, 1, 3] },
  3: { good: [3], bad: [0, 1, 2] },
};

export function sampleValues(expectation: Expectation): SampleValues {
  switch (expectation.operator) {
    case "audit-at-least":
      return atLeast[expectation.value];
    case "audit-exactly":
      return exactly[expectation.value];
    case "dword-any-of": {
      const good = some(expectation.values);
      return { good, bad: [Math.max(...good) + 1, String(good[0])] };
    }
    case "dword-none-of": {
      const bad = some(expectation.values);
      const other = Math.max(...bad) + 1;
      return { good: [other], bad: [...bad, String(other)] };
    }
    case "dword-between": {
      const { minimum, maximum } = expectation;
      return { good: [minimum, maximum], bad: [maximum + 1, minimum - 1, String(minimum)] };
    }
    case "dword-all-bits":
      return { good: [expectation.value, 0xffff_ffff], bad: [0, String(expectation.value)] };
    case "text-any-of": {
      const good = some(expectation.values);
      return { good: [...good, good[0].toUpperCase()], bad: ["", `${good[0]}x`, 1] };
    }
    case "text-contains": {
      const [first, ...others] = some(expectation.values);
      return {
        good: [`<${[first, ...others].join("> <")}>`],
        bad: ["", others.join(" "), first.slice(1), 1],
      };
    }
    case "right-includes": {
      const wanted = some(expectation.values);
      return { good: [wanted, [...wanted, stranger]], bad: [[], [...wanted.slice(1), stranger]] };
    }
    case "right-only": {
      const { values } = expectation;
      return { good: [values, values.slice(1)], bad: [[stranger], [...values, stranger]] };
    }
    case "log-size-at-least":
      return { good: [expectation.value, expectation.value + 64], bad: [expectation.value - 1] };
  }
}

function some<T>(values: readonly T[]): readonly [T, ...T[]] {
  const [first, ...others] = values;
  if (first === undefined) throw new Error("an expectation without values");
  return [first, ...others];
}
