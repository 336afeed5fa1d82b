import type { Expectation, SettingRequirement } from "../../model/requirement.ts";

/** What decides which values meet a requirement. */
export type Rule = Pick<SettingRequirement, "expect" | "whenNotConfigured">;

/** The values that meet several expectations of one setting at once. */
type Permitted =
  | { readonly kind: "audit"; readonly values: readonly number[] }
  | NumberSet
  | { readonly kind: "text"; readonly anyOf: readonly string[] | null; readonly contains: readonly string[] }
  | { readonly kind: "right"; readonly least: readonly string[]; readonly most: readonly string[] | null }
  /** Expectations of different kinds of values: no value meets them. */
  | { readonly kind: "nothing" };

/** Numbers within bounds, with these bits set and those clear, out of a list if there is one, and none of the excluded. */
interface NumberSet {
  readonly kind: "number";
  readonly low: number;
  readonly high: number;
  readonly set: number;
  readonly clear: number;
  readonly anyOf: readonly number[] | null;
  readonly noneOf: readonly number[];
}

const allNumbers = {
  kind: "number",
  low: 0,
  high: 0xffffffff,
  set: 0,
  clear: 0,
  anyOf: null,
  noneOf: [],
} as const;

/** Whether some state of the setting, "not configured" among them, meets all rules. */
export function isSatisfiable(rules: readonly Rule[]): boolean {
  return allowsAbsence(rules) || !isEmpty(permittedBy(rules));
}

/** Whether every state that meets the first rules meets the others too. */
export function isWithin(rules: readonly Rule[], others: readonly Rule[]): boolean {
  if (allowsAbsence(rules) && !allowsAbsence(others)) return false;
  const permitted = permittedBy(rules);
  return isEmpty(permitted) || others.every((other) => isPart(permitted, permittedBy([other])));
}

function allowsAbsence(rules: readonly Rule[]): boolean {
  return rules.every(({ whenNotConfigured }) => whenNotConfigured === "pass");
}

function permittedBy(rules: readonly Rule[]): Permitted {
  const sets = rules.map(({ expect }) => toSet(expect));
  return sets.reduce((one, other) => intersect(one, other));
}

function toSet(expect: Expectation): Permitted {
  switch (expect.operator) {
    case "audit-at-least":
      return {
        kind: "audit",
        values: [0, 1, 2, 3].filter((value) => (value & expect.value) === expect.value),
      };
    case "audit-exactly":
      return { kind: "audit", values: [expect.value] };
    case "dword-any-of":
      return { ...allNumbers, anyOf: expect.values };
    case "dword-none-of":
      return { ...allNumbers, noneOf: expect.values };
    case "dword-between":
      return { ...allNumbers, low: expect.minimum, high: expect.maximum };
    case "dword-all-bits":
      return { ...allNumbers, set: expect.value };
    case "log-size-at-least":
      return { ...allNumbers, low: expect.value };
    case "text-any-of":
      return { kind: "text", anyOf: expect.values.map(lower), contains: [] };
    case "text-contains":
      return { kind: "text", anyOf: null, contains: expect.values.map(lower) };
    case "right-includes":
      return { kind: "right", least: expect.values, most: null };
    case "right-only":
      return { kind: "right", least: [], most: expect.values };
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}

function intersect(one: Permitted, other: Permitted): Permitted {
  if (one.kind === "audit" && other.kind === "audit")
    return { kind: "audit", values: one.values.filter((value) => other.values.includes(value)) };
  if (one.kind === "number" && other.kind === "number") {
    return {
      kind: "number",
      low: Math.max(one.low, other.low),
      high: Math.min(one.high, other.high),
      set: (one.set | other.set) >>> 0,
      clear: (one.clear | other.clear) >>> 0,
      anyOf: common(one.anyOf, other.anyOf),
      noneOf: [...one.noneOf, ...other.noneOf],
    };
  }
  if (one.kind === "text" && other.kind === "text")
    return {
      kind: "text",
      anyOf: common(one.anyOf, other.anyOf),
      contains: [...one.contains, ...other.contains],
    };
  if (one.kind === "right" && other.kind === "right")
    return { kind: "right", least: [...one.least, ...other.least], most: common(one.most, other.most) };
  return { kind: "nothing" };
}

/** Null stands for all there are. */
function common<T>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((item) => other.includes(item));
}

function isEmpty(set: Permitted): boolean {
  switch (set.kind) {
    case "audit":
      return set.values.length === 0;
    case "number":
      return firstNumber(set) === null;
    case "text":
      return set.anyOf !== null && !set.anyOf.some((text) => containsAll(text, set.contains));
    case "right": {
      const { least, most } = set;
      return most !== null && least.some((sid) => !most.includes(sid));
    }
    case "nothing":
      return true;
  }
}

function containsAll(text: string, pieces: readonly string[]): boolean {
  return pieces.every((piece) => text.includes(piece));
}

/** Whether all of a set that is not empty meets one more expectation. */
function isPart(set: Permitted, other: Permitted): boolean {
  if (set.kind === "audit" && other.kind === "audit")
    return set.values.every((value) => other.values.includes(value));
  if (set.kind === "number" && other.kind === "number") return isPartOfNumbers(set, other);
  if (set.kind === "text" && other.kind === "text") return isPartOfTexts(set, other);
  if (set.kind === "right" && other.kind === "right") {
    const { most } = other;
    const isBelow = most === null || (set.most !== null && set.most.every((sid) => most.includes(sid)));
    return isBelow && other.least.every((sid) => set.least.includes(sid));
  }
  return false;
}

/** Each way to miss the other expectation must be impossible. */
function isPartOfNumbers(set: NumberSet, other: NumberSet): boolean {
  const misses: NumberSet[] = [
    ...(other.low > 0 ? [{ ...set, high: Math.min(set.high, other.low - 1) }] : []),
    { ...set, low: Math.max(set.low, other.high + 1) },
    ...(other.anyOf === null ? [] : [{ ...set, noneOf: [...set.noneOf, ...other.anyOf] }]),
    ...other.noneOf.map((value) => ({ ...set, anyOf: common(set.anyOf, [value]) })),
    ...bitsOf(other.set).map((bit) => ({ ...set, clear: (set.clear | bit) >>> 0 })),
  ];
  return misses.every((miss) => firstNumber(miss) === null);
}

function isPartOfTexts(
  set: Extract<Permitted, { kind: "text" }>,
  other: Extract<Permitted, { kind: "text" }>,
): boolean {
  const { anyOf } = other;
  if (set.anyOf === null) {
    // Only texts that surely are in the set count: every text with the pieces of the set has the pieces in those.
    return anyOf === null && other.contains.every((piece) => set.contains.some((own) => own.includes(piece)));
  }
  return set.anyOf
    .filter((text) => containsAll(text, set.contains))
    .every((text) => containsAll(text, other.contains) && (anyOf === null || anyOf.includes(text)));
}

function bitsOf(mask: number): readonly number[] {
  return Array.from({ length: 32 }, (_, place) => (1 << place) >>> 0).filter((bit) => (mask & bit) !== 0);
}

/** The least number of a set; null where it is empty. */
function firstNumber({ low, high, set, clear, anyOf, noneOf }: NumberSet): number | null {
  const fits = (value: number): boolean =>
    value >= low && value <= high && hasBits(value, set, clear) && !noneOf.includes(value);
  if (anyOf !== null) return anyOf.find(fits) ?? null;
  const excluded = new Set(noneOf);
  let value = nextWithBits(low, set, clear);
  while (value !== null && value <= high && excluded.has(value)) value = nextWithBits(value + 1, set, clear);
  return value === null || value > high ? null : value;
}

function hasBits(value: number, set: number, clear: number): boolean {
  return (value & set) >>> 0 === set && (value & clear) === 0;
}

/** The least number from `from` on with these bits set and those clear; null where there is none of 32 bits. */
function nextWithBits(from: number, set: number, clear: number): number | null {
  if (from > 0xffffffff || (set & clear) !== 0) return null;
  if (hasBits(from, set, clear)) return from;
  // A greater number has the same high bits, then a 1 where `from` has a 0, then the least that is allowed.
  let best: number | null = null;
  for (const bit of bitsOf(~from >>> 0)) {
    const below = bit - 1;
    const value = ((from & ~below & ~bit) | bit | (set & below)) >>> 0;
    if (hasBits(value, set, clear) && (best === null || value < best)) best = value;
  }
  return best;
}
