import type { Decision, Outcome, PossibleOutcome } from "../model/effective.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { Verdict } from "../model/result.ts";
import type { Reading } from "./measured-file.ts";
import { differ, endText, isEnd, openPoint } from "./measured-reading.ts";

type MeasuredVerdict = Exclude<Verdict, "waived">;

/** One verdict that is possible, and how the missing knowledge must turn out for it. */
interface Way {
  readonly verdict: Exclude<MeasuredVerdict, "unknown">;
  readonly text: string;
}

export interface Comparison {
  readonly verdict: MeasuredVerdict;
  /** For `unknown`: two ways that give different verdicts. */
  readonly ways: readonly string[];
}

/** Holds what was measured against every possible end: undecided only where two ways to complete the knowledge differ. */
export function compareWithEnds(
  requirement: SettingRequirement,
  decision: Decision,
  readings: readonly Reading[],
): Comparison {
  const ways = new Map<Way["verdict"], string>();
  for (const possible of decision.outcomes) {
    for (const { verdict, text } of waysAt(requirement, possible, readings)) {
      if (!ways.has(verdict)) ways.set(verdict, text);
    }
  }
  const [first, ...others] = [...ways].sort(([a], [b]) => wayOrder.indexOf(a) - wayOrder.indexOf(b));
  if (first !== undefined && others.length === 0) return { verdict: first[0], ways: [] };
  const two = first === undefined ? [] : [first, ...others].slice(0, 2);
  return { verdict: "unknown", ways: two.map(([verdict, text]) => `${verdict}: ${text}`) };
}

const wayOrder: readonly Way["verdict"][] = ["pass", "fail", "not-applicable"];

function waysAt(
  requirement: SettingRequirement,
  { outcome, because }: PossibleOutcome,
  readings: readonly Reading[],
): readonly Way[] {
  const condition = because === "" ? "" : ` if ${because}`;
  const way = (verdict: Way["verdict"], text: string): Way => ({ verdict, text: `${text}${condition}` });
  switch (outcome.kind) {
    case "absent":
      return [way("not-applicable", "no GPO gives it a value")];
    case "anything":
      return anythingWays(requirement, readings).map(([verdict, text]) => way(verdict, text));
    case "value":
      return valueWays(requirement, outcome, readings).map(([verdict, text]) => way(verdict, text));
  }
}

type PlainWay = readonly [verdict: Way["verdict"], text: string];

function valueWays(
  requirement: SettingRequirement,
  end: Extract<Outcome, { readonly kind: "value" }>,
  readings: readonly Reading[],
): readonly PlainWay[] {
  const ends = `Group Policy configures ${endText(requirement, end)}`;
  const found = readings.map((reading) => isEnd(requirement.setting, reading, end));
  if (found.includes(false)) return [["fail", ends]];
  if (found.every((same) => same === true)) return [["pass", ends]];
  const { same, other } = readings.some(({ outcome }) => outcome === null)
    ? {
        same: "a measurement that can be used shows the same",
        other: "a measurement that can be used shows something else",
      }
    : openPoint(requirement.setting);
  return [
    ["pass", `${ends}, and ${same}`],
    ["fail", `${ends}, and ${other}`],
  ];
}

/** A GPO that cannot be seen may write what was measured, something else, or nothing that stays. */
function anythingWays({ setting }: SettingRequirement, readings: readonly Reading[]): readonly PlainWay[] {
  const other: PlainWay = ["fail", "Group Policy configures something else than was measured"];
  const conflict = readings.some((a, at) => readings.slice(at + 1).some((b) => differ(setting, a, b)));
  if (conflict) return [other];
  const none = readings.some(({ outcome }) => outcome?.kind === "absent");
  return [
    none
      ? ["not-applicable", "no GPO gives it a value"]
      : ["pass", "Group Policy configures what was measured"],
    other,
  ];
}
