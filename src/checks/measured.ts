import type { Decision, TargetPolicy } from "../model/effective.ts";
import type { Evidence } from "../model/evidence.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { Finding, ResultRule } from "../model/result.ts";
import type { FindingMeasured } from "../model/what-if.ts";
import type { HashText } from "./evaluate.ts";
import { fingerprint } from "./evaluate.ts";
import type { Judged } from "./judge.ts";
import { meets, neededType } from "./judge.ts";
import { likelyCauses } from "./measured-causes.ts";
import { compareWithEnds } from "./measured-ends.ts";
import type { Told } from "./measured-message.ts";
import { expected, expectedText, fixText, messageText } from "./measured-message.ts";
import type { Reading } from "./measured-file.ts";
import { isEnd, listReadings, readingText } from "./measured-reading.ts";

/** What is held against each other for one setting of one target. */
export interface MeasuredContext {
  readonly requirement: SettingRequirement;
  readonly policy: Pick<TargetPolicy, "name" | "domain" | "sid">;
  readonly decision: Decision;
  /** Evidence of this target. */
  readonly evidence: readonly Evidence[];
  readonly hash: HashText;
}

/** What the evidence of a target says of a setting: one row for each file that speaks of it. */
export function measureSetting(
  requirement: SettingRequirement,
  decision: Decision,
  evidence: readonly Evidence[],
): readonly FindingMeasured[] {
  return listReadings(evidence, requirement.setting).map((reading) => toRow(requirement, decision, reading));
}

function toRow(requirement: SettingRequirement, decision: Decision, reading: Reading): FindingMeasured {
  const { kind, outcome, location, quote } = reading;
  const verdict = verdictOf(requirement, reading);
  const agrees = agreement(reading, decision);
  const exceeds =
    verdict === "pass" && decision.outcomes.every((end) => meets(requirement, end.outcome) === false);
  return {
    kind,
    value: outcome?.kind === "value" ? outcome.value : null,
    text: readingText(requirement, reading),
    verdict,
    agrees,
    location,
    quote,
    causes: agrees === false ? likelyCauses(reading, decision, exceeds) : [],
  };
}

function verdictOf(judged: Judged, { outcome }: Reading): FindingMeasured["verdict"] {
  if (outcome === null) return "unknown";
  if (outcome.kind === "value" && outcome.type === null && neededType(judged.expect) !== null) {
    // The value would do; whether it has the type that Windows expects the file does not tell.
    const type = judged.expect.operator.startsWith("dword-") ? 4 : 1;
    return meets(judged, { ...outcome, type }) === true ? "unknown" : "fail";
  }
  const met = meets(judged, outcome);
  return met === null ? "unknown" : met ? "pass" : "fail";
}

/** Certain only where every possible end says the same; an end that leaves the setting to others agrees with anything. */
function agreement(reading: Reading, { key, outcomes }: Decision): boolean | null {
  const [first, ...others] = outcomes.map(({ outcome }) => isEnd(key, reading, outcome));
  return others.every((same) => same === first) ? (first ?? null) : null;
}

/** The question whether a computer has what Group Policy configures, as a rule beside the one that asks for the value. */
export function measuredRule(rule: ResultRule): ResultRule {
  const { settingName } = rule;
  return {
    ...rule,
    id: measuredId(rule.id),
    title: `Measured: ${settingName} is what Group Policy configures`,
    expected,
    rationale: `Where a computer has another value than Group Policy configures, no change to a GPO is sure to reach it. ${rule.rationale}`,
    remediation:
      "Run gpupdate /force on the computer and measure again. If it differs still, gpresult /h there names the GPO that wins; without one, look for local policy or a program that sets the value.",
    notes: null,
  };
}

function measuredId(rule: string): string {
  return `${rule}/measured`;
}

/**
 * Whether a target has what Group Policy configures, as a finding of its own.
 *
 * @param main The finding of the requirement itself, with what was measured.
 * @returns Null where nothing was measured, and where nothing can be asked of the target.
 */
export function measuredFinding(main: Finding, context: MeasuredContext): Finding | null {
  if (main.measured.length === 0 || main.verdict === "not-applicable") return null;
  const { requirement, policy, decision, evidence, hash } = context;
  const readings = listReadings(evidence, requirement.setting);
  const compared = compareWithEnds(requirement, decision, readings);
  const pairs = readings.map((reading): Pair => ({ reading, row: toRow(requirement, decision, reading) }));
  // What is not decided may well be what the computer has: that this does not meet the requirement is certain.
  const missed = main.verdict === "unknown" && pairs.some(({ row }) => row.verdict === "fail");
  const verdict = missed ? "fail" : compared.verdict;
  const shown = choose(pairs, verdict);
  if (shown === undefined) return null;
  const told = { requirement, policy, decision, verdict, ...shown };
  const id = measuredId(requirement.id);
  return {
    ...main,
    fingerprint: fingerprint({ ...requirement, id }, policy.domain, policy.sid ?? policy.name, hash),
    rule: id,
    verdict,
    expected: expectedText(told),
    actual: shown.row.value,
    actualText: shown.row.text,
    location: shown.row.location,
    quote: shown.row.quote,
    ways: verdict === "unknown" ? compared.ways : [],
    message: messageText(told),
    fix: verdict === "fail" ? fixText(told) : null,
    before: null,
    loss: null,
  };
}

type Pair = Pick<Told, "reading" | "row">;

/** The file to show: the one that the verdict rests on. */
function choose(pairs: readonly Pair[], verdict: Finding["verdict"]): Pair | undefined {
  const usable = pairs.find(({ reading }) => reading.outcome !== null);
  switch (verdict) {
    case "fail":
      return (
        pairs.find(({ row }) => row.agrees === false) ??
        pairs.find(({ row }) => row.verdict === "fail") ??
        usable
      );
    case "unknown":
      return pairs.find(({ reading }) => reading.outcome === null) ?? usable;
    case "pass":
    case "not-applicable":
    case "waived":
      return usable ?? pairs[0];
  }
}
