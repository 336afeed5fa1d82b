import type { Decision, Outcome, PossibleOutcome } from "../model/effective.ts";
import type { Expectation } from "../model/requirement.ts";

/** What an expectation says of one outcome; null where the outcome may be anything, so that both are possible. */
export function meets(expectation: Expectation, outcome: Outcome): boolean | null {
  if (outcome.kind === "anything") return null;
  if (outcome.kind === "absent") return false;
  switch (expectation.operator) {
    case "audit-at-least":
      return typeof outcome.value === "number" && (outcome.value & expectation.value) === expectation.value;
    case "dword-any-of":
      // A text "7" is no REG_DWORD 7: Windows reads the type it expects, or nothing.
      return (
        outcome.type === 4 && typeof outcome.value === "number" && expectation.values.includes(outcome.value)
      );
  }
}

/** The judgement of one requirement: undecided only where two ways to complete the knowledge differ. */
export type Judgement =
  | { readonly verdict: "pass" | "fail" }
  | { readonly verdict: "unknown"; readonly passes: PossibleOutcome; readonly fails: PossibleOutcome };

export function judge(expectation: Expectation, decision: Decision): Judgement {
  let passes: PossibleOutcome | null = null;
  let fails: PossibleOutcome | null = null;
  for (const possible of decision.outcomes) {
    const met = meets(expectation, possible.outcome);
    if (met !== false) passes ??= possible;
    if (met !== true) fails ??= possible;
  }
  if (passes !== null && fails !== null) return { verdict: "unknown", passes, fails };
  return { verdict: passes === null ? "fail" : "pass" };
}
