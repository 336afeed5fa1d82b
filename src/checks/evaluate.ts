import type { Decision, PossibleOutcome, TargetPolicy } from "../model/effective.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { Finding, Verdict } from "../model/result.ts";
import { gpoText, legacyText, outcomeText } from "../model/words.ts";
import { buildChain } from "./chain.ts";
import type { Judgement } from "./judge.ts";
import { hasNeededType, judge, neededType } from "./judge.ts";
import { lossOf } from "./loss.ts";

/** SHA-256 of a text, lower-case hex: injected, so that checks stay free of node:crypto. */
export type HashText = (text: string) => string;

/** Judges one requirement on one target. */
export function evaluate(
  requirement: SettingRequirement,
  policy: TargetPolicy,
  decision: Decision,
  assumptions: readonly string[],
  hash: HashText,
): Finding {
  if (policy.hostless !== null) return notApplicable(requirement, policy, policy.hostless, hash);
  const judgement = judge(requirement, decision);
  const { winner } = decision;
  const [base] = decision.outcomes;
  const isKnown = judgement.verdict !== "unknown";
  const actual = isKnown && base.outcome.kind === "value" ? base.outcome.value : null;
  const winnerName = winner === null ? null : gpoText(winner);
  return {
    fingerprint: fingerprint(requirement, policy.domain, policy.sid ?? policy.name, hash),
    rule: requirement.id,
    verdict: judgement.verdict,
    severity: requirement.severity,
    target: policy.dn,
    setting: requirement.setting,
    expected: requirement.expectText,
    actual,
    actualText: isKnown ? outcomeText(requirement.setting, base.outcome, requirement.scale) : "unknown",
    gpo: winner?.guid ?? null,
    gpoName: winner?.displayName ?? null,
    location: winner?.location ?? null,
    quote: winner?.quote ?? null,
    assumptions,
    chain: buildChain(policy.candidates, decision, requirement.scale),
    ways: listWays(judgement, requirement),
    message: message(requirement, policy, decision, judgement.verdict, winnerName),
    fix: judgement.verdict === "fail" ? fixText(requirement, decision, winnerName) : null,
    before: null,
    baseline: null,
    measured: [],
    loss: lossOf(
      requirement,
      judgement.verdict,
      decision.outcomes.map(({ outcome }) => outcome),
    ),
    waiver: null,
  };
}

/** A requirement where no directory data says which computers there are. */
export function undirected(requirement: SettingRequirement, hash: HashText): Finding {
  return {
    ...emptyFinding(requirement, null),
    fingerprint: fingerprint(requirement, "", "", hash),
    verdict: "unknown",
    actualText: "unknown",
    ways: [
      "pass: the GPOs that apply to a domain controller set it",
      "fail: they do not, or a stronger one sets it otherwise",
    ],
    message: `${requirement.title}: unknown. Without directory data nobody can know which GPO applies to which domain controller.`,
  };
}

/** A requirement that is not asked of a computer, or of one that is none. */
export function notApplicable(
  requirement: SettingRequirement,
  policy: TargetPolicy,
  why: string,
  hash: HashText,
): Finding {
  return {
    ...emptyFinding(requirement, policy.dn),
    fingerprint: fingerprint(requirement, policy.domain, policy.sid ?? policy.name, hash),
    verdict: "not-applicable",
    actualText: "not applicable",
    message: `${requirement.title}: not applicable to '${policy.name}'. ${capital(why)}.`,
  };
}

function emptyFinding(
  requirement: SettingRequirement,
  target: string | null,
): Omit<Finding, "fingerprint" | "verdict" | "actualText" | "message"> {
  return {
    rule: requirement.id,
    severity: requirement.severity,
    target,
    setting: requirement.setting,
    expected: requirement.expectText,
    actual: null,
    gpo: null,
    gpoName: null,
    location: null,
    quote: null,
    assumptions: [],
    chain: [],
    ways: [],
    fix: null,
    before: null,
    baseline: null,
    measured: [],
    loss: null,
    waiver: null,
  };
}

/** Public contract: rule, domain, target SID and setting key; no path, line, GPO or version. */
export function fingerprint(
  requirement: Pick<SettingRequirement, "id" | "setting">,
  domain: string,
  target: string,
  hash: HashText,
): string {
  return hash([requirement.id, domain, target, requirement.setting].join("\n"));
}

function listWays(judgement: Judgement, requirement: SettingRequirement): string[] {
  if (judgement.verdict !== "unknown") return [];
  const way = (verdict: "pass" | "fail", possible: PossibleOutcome): string => {
    const end =
      possible.outcome.kind === "anything"
        ? anyEnd(verdict, requirement)
        : outcomeText(requirement.setting, possible.outcome, requirement.scale);
    return `${verdict}: it ends as ${end}${possible.because === "" ? "" : ` if ${possible.because}`}`;
  };
  return [way("pass", judgement.passes), way("fail", judgement.fails)];
}

function anyEnd(verdict: "pass" | "fail", requirement: SettingRequirement): string {
  return verdict === "pass" ? requirement.expectText : `something other than ${requirement.expectText}`;
}

function message(
  requirement: SettingRequirement,
  policy: TargetPolicy,
  decision: Decision,
  verdict: Verdict,
  winner: string | null,
): string {
  const [base, ...others] = decision.outcomes;
  const parts = [
    headline(
      requirement,
      policy,
      verdict,
      outcomeText(requirement.setting, base.outcome, requirement.scale),
      winner,
      decision.via,
    ),
  ];
  if (verdict === "unknown") {
    const reason = others.find(({ because }) => because !== "")?.because ?? base.because;
    parts.push(`It ends otherwise if ${reason}.`);
  }
  const type = neededType(requirement.expect);
  if (
    verdict === "fail" &&
    type !== null &&
    base.outcome.kind === "value" &&
    base.outcome.type !== null &&
    !hasNeededType(requirement.expect, base.outcome)
  ) {
    parts.push(`The value has another type than ${type}, so Windows does not take it for this option.`);
  }
  const [dead] = decision.undelivered;
  if (verdict === "fail" && dead !== undefined) {
    parts.push(
      `GPO ${gpoText(dead)} lists it, but its ${dead.kind} is not delivered: the extension that reads it is not listed.`,
    );
  }
  if (verdict === "fail" && decision.via === "nothing") {
    parts.push("What stands in the computer's local policy is not visible from here.");
  }
  if (verdict === "fail" && decision.via === "cleared") {
    parts.push("Some GPO delivers audit.csv, which clears every subcategory that none of them lists.");
  }
  // A silenced value is worth a word only where nothing else sets the subcategory: there people expect it to count.
  const silenced = decision.legacy === "silenced" && decision.winner !== null;
  const legacy = verdict === "pass" || silenced ? null : legacyText(decision.legacy);
  if (legacy !== null) parts.push(`${legacy}.`);
  for (const note of decision.notes) parts.push(`${capital(note)}.`);
  if (verdict !== "pass" && requirement.notes !== null) parts.push(requirement.notes);
  return parts.join(" ").replace(/[{}]/g, "");
}

function headline(
  requirement: SettingRequirement,
  policy: TargetPolicy,
  verdict: Verdict,
  actual: string,
  winner: string | null,
  via: Decision["via"],
): string {
  const where = `on '${policy.name}'`;
  const name = `'${requirement.settingName}'`;
  if (verdict === "unknown") return `${name} is not decided ${where}: expected ${requirement.expectText}.`;
  const by =
    winner === null ? "" : via === "legacy" ? ` by [Event Audit] in GPO ${winner}` : ` by GPO ${winner}`;
  if (verdict === "pass")
    return `${name} is ${actual} ${where}, ${by === "" ? "and no GPO sets it otherwise" : `set${by}`}.`;
  return `${name} is ${actual} ${where}, expected ${requirement.expectText}${by === "" ? "" : `; set${by}`}.`;
}

function fixText(requirement: SettingRequirement, decision: Decision, winner: string | null): string {
  if (winner !== null && decision.via === "setting") {
    return requirement.remediation.replace("In the winning GPO", `In GPO ${winner}`);
  }
  const place = "In a GPO that applies to this computer and that no stronger one overrides";
  return requirement.remediation.replace("In the winning GPO", place);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
