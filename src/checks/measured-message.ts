import type { Decision, TargetPolicy } from "../model/effective.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { Verdict } from "../model/result.ts";
import type { FindingMeasured } from "../model/what-if.ts";
import { gpoText } from "../model/words.ts";
import { legacyCause } from "./measured-causes.ts";
import type { Reading } from "./measured-file.ts";
import { endText, openPoint } from "./measured-reading.ts";

/** What the words about one comparison are made of. */
export interface Told {
  readonly requirement: SettingRequirement;
  readonly policy: Pick<TargetPolicy, "name">;
  readonly decision: Decision;
  readonly verdict: Verdict;
  /** The file that the verdict rests on, as a reading and as a row of the result. */
  readonly reading: Reading;
  readonly row: FindingMeasured;
}

export const expected = "what Group Policy configures";

/** The expectation in words, with the value where it is certain. */
export function expectedText({ requirement, decision }: Told): string {
  const certain = certainEnd(requirement, decision);
  return certain === null ? expected : `${expected}: ${certain}`;
}

export function messageText(told: Told): string {
  const { verdict, row } = told;
  const parts = [headline(told)];
  if (verdict === "fail" && row.causes.length > 0) {
    parts.push(`Likely causes, the likeliest first: ${row.causes.join("; ")}.`);
  }
  if (verdict !== "fail" && row.kind === "RSoP report") {
    parts.push(
      "A gpresult report shows what policy was applied when it was made, not what stands there now.",
    );
  }
  return parts.join(" ").replace(/[{}]/g, "");
}

function headline(told: Told): string {
  const { requirement, decision, verdict, reading } = told;
  const seen = seenText(told);
  switch (verdict) {
    case "pass":
      return `${seen}, as Group Policy configures it${byText(decision)}.`;
    case "fail":
      return failText(told, seen);
    case "not-applicable":
    case "waived":
      return `${seen}, and no GPO gives it a value to compare with.`;
    case "unknown": {
      if (reading.outcome === null) return `${seen}.`;
      const certain = certainEnd(requirement, decision);
      // Where the end is certain, what may differ is no more than the type, or who a name is.
      const open =
        certain === null
          ? `it may end as ${endsText(requirement, decision)}`
          : openPoint(requirement.setting).why;
      return `${seen}, and whether Group Policy configures that is not decided: ${open}.`;
    }
  }
}

function failText({ requirement, decision, row }: Told, seen: string): string {
  if (row.agrees === false) {
    return `${seen}, but Group Policy configures ${endsText(requirement, decision)}${byText(decision)}.`;
  }
  return row.verdict === "fail"
    ? `${seen}, expected ${requirement.expectText}, and what Group Policy configures is not decided.`
    : `${seen}, and another file shows something else: not both can be what Group Policy configures.`;
}

function seenText({ requirement, policy, reading, row }: Told): string {
  const name = `'${requirement.settingName}'`;
  const where = `on '${policy.name}'`;
  const subject =
    row.kind === "RSoP report" ? `${name} as gpresult shows it ${where}` : `${name} measured ${where}`;
  return reading.outcome === null ? `${subject} ${row.text}` : `${subject} is ${row.text}`;
}

function certainEnd(requirement: SettingRequirement, { outcomes }: Decision): string | null {
  const [{ outcome }] = outcomes;
  return outcomes.length === 1 && outcome.kind === "value" ? endText(requirement, outcome) : null;
}

function endsText(requirement: SettingRequirement, { outcomes }: Decision): string {
  return outcomes.map(({ outcome }) => endText(requirement, outcome)).join(" or ");
}

/** Who makes it so; empty where that is not certain. */
function byText({ outcomes, winner, via }: Decision): string {
  if (outcomes.length > 1) return "";
  if (via === "cleared") return " (an audit.csv clears what no GPO lists)";
  if (winner === null) return "";
  return ` (${via === "legacy" ? "[Event Audit] in " : ""}GPO ${gpoText(winner)})`;
}

/** What to do about a computer that differs. */
export function fixText({ requirement, policy, decision, reading, row }: Told): string {
  const steps: string[] = [];
  if (row.agrees === false && decision.via !== "legacy" && row.kind !== "RSoP report") {
    if (legacyCause(reading, decision) !== null) {
      steps.push(
        "Set SCENoApplyLegacyAuditPolicy to 1 in a GPO that applies to this computer (the security option that forces audit subcategory settings).",
      );
    }
  } else if (row.agrees !== false) {
    const place = "In a GPO that applies to this computer and that no stronger one overrides";
    steps.push(requirement.remediation.replace("In the winning GPO", place));
  }
  steps.push(
    `Run gpupdate /force on '${policy.name}' and measure again; if it differs still, gpresult /h there names the GPO that wins, and where none does, local policy or a program sets it.`,
  );
  return steps.join(" ");
}
