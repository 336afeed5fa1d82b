import { eventsOf, registryGateOf, sideBits, sideOf, techniquesOf } from "../model/audit-events.ts";
import type { Outcome } from "../model/effective.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { FindingLoss, Verdict } from "../model/result.ts";
import { auditSubcategoryPrefix } from "../model/setting.ts";
import { gateWrites } from "./event-gates.ts";

/** Techniques named at most; the most looked for come first. */
const maxTechniques = 10;

/** How much of an event is written. */
type Share = "all" | "some" | "none";

/**
 * What is lost where a requirement fails: the events that it asks for and that its setting holds back in every way in
 * which it may end.
 *
 * @param outcomes Every possible end of the setting.
 * @returns Null where nothing is lost for certain, or the verdict is no failure.
 */
export function lossOf(
  requirement: Pick<SettingRequirement, "setting" | "expect" | "events" | "detections" | "mappings">,
  verdict: Verdict,
  outcomes: readonly Outcome[],
): FindingLoss | null {
  if (verdict !== "fail" || outcomes.length === 0) return null;
  const lost = requirement.events
    .filter(({ gated }) => gated)
    .map(({ id }) => ({ id, share: bestShare(requirement, id, outcomes) }))
    .filter(({ share }) => share !== "all");
  if (lost.length === 0) return null;
  const partly = lost.flatMap(({ id, share }) => (share === "some" ? [id] : []));
  return {
    events: lost.map(({ id }) => id),
    partly,
    detections: requirement.detections,
    techniques: partly.length > 0 ? [] : lostTechniques(requirement, outcomes),
    certain: outcomes.every(({ kind }) => kind === "value"),
  };
}

const order: readonly Share[] = ["none", "some", "all"];

/** Of all ways in which the setting may end, the one that writes most: no more than what is lost in each is lost. */
function bestShare(
  requirement: Pick<SettingRequirement, "setting" | "expect">,
  id: number,
  outcomes: readonly Outcome[],
): Share {
  const shares = outcomes.map((outcome) => shareOf(requirement, id, outcome));
  return shares.reduce((best, share) => (order.indexOf(share) > order.indexOf(best) ? share : best));
}

function shareOf(
  { setting, expect }: Pick<SettingRequirement, "setting" | "expect">,
  id: number,
  outcome: Outcome,
): Share {
  if (outcome.kind === "anything") return "all";
  if (setting.startsWith(auditSubcategoryPrefix)) {
    const wanted =
      expect.operator === "audit-at-least" || expect.operator === "audit-exactly" ? expect.value : 0;
    return auditShare(setting.slice(auditSubcategoryPrefix.length), id, wanted, outcome);
  }
  return registryShare(setting, id, outcome);
}

/** Only the sides that are asked for count: what nobody asks for is not lost. */
function auditShare(guid: string, id: number, wanted: number, outcome: Outcome): Share {
  const side = sideOf(guid, id);
  if (side === null) return "all";
  const actual = auditBits(outcome);
  if (side === "undocumented") return actual === 0 && wanted !== 0 ? "none" : "all";
  const bits = sideBits[side];
  if ((bits & wanted & ~actual) === 0) return "all";
  return (bits & actual) === 0 ? "none" : "some";
}

function auditBits(outcome: Outcome): number {
  return outcome.kind === "value" && typeof outcome.value === "number" ? outcome.value & 3 : 0;
}

const shares = { yes: "all", partly: "some", no: "none", unknown: "all" } as const;

function registryShare(setting: string, id: number, outcome: Outcome): Share {
  const gate = registryGateOf(setting, id);
  if (gate === undefined) return "all";
  if (gate.kind === "registry" && outcome.kind === "absent")
    return gate.gate.absent === "off" ? "none" : "some";
  return shares[gateWrites(gate, outcome)];
}

/** Where the setting still lets some through, rules find something to read: no technique is lost for sure. */
function lostTechniques(
  { setting, mappings }: Pick<SettingRequirement, "setting" | "mappings">,
  outcomes: readonly Outcome[],
): readonly string[] {
  if (!setting.startsWith(auditSubcategoryPrefix)) return mappings.attack.slice(0, maxTechniques);
  const guid = setting.slice(auditSubcategoryPrefix.length);
  if (outcomes.some((outcome) => writesAny(guid, outcome))) return [];
  const own = mappings.attack.length > 0 ? mappings.attack : techniquesOf(guid).map((item) => item.id);
  return own.slice(0, maxTechniques);
}

function writesAny(guid: string, outcome: Outcome): boolean {
  if (outcome.kind === "anything") return true;
  const actual = auditBits(outcome);
  if (actual === 3) return true;
  return (actual === 1 || actual === 2) && eventsOf(guid, actual).some(({ gated }) => gated);
}
