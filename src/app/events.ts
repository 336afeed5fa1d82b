import { anyOf, gateName, gateWrites, inRow, isOfControllers, judgeGate } from "../checks/event-gates.ts";
import type { EngineOptions, ResolvedTarget } from "../engine/engine.ts";
import { Engine } from "../engine/engine.ts";
import type { AuditSide, EventGate, EventProducer } from "../model/audit-events.ts";
import { producersOf, registryGateOf, techniquesOf } from "../model/audit-events.ts";
import type {
  EventNeed,
  EventResult,
  EventTarget,
  ProducerView,
  TargetProducer,
} from "../model/event-result.ts";
import { eventLogSizeKey } from "../model/event-logs.ts";
import type { Computer } from "../model/gpo.ts";
import type { PolicyPack, SettingRequirement } from "../model/requirement.ts";
import { isSetting } from "../model/requirement.ts";
import { auditSubcategoryPrefix } from "../model/setting.ts";
import { gpoText } from "../model/words.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import type { ProposeOptions } from "./apply-proposals.ts";
import { applyProposals } from "./apply-proposals.ts";

export interface EventsRequest {
  readonly computers: readonly Computer[];
  readonly engine: EngineOptions;
  readonly proposals: ProposeOptions;
}

/** What gates an event and which packs ask for it; `targets` says whether they will write it. */
export function describeEvent(
  id: number,
  packs: readonly PolicyPack[],
  targets: readonly EventTarget[] | null,
): EventResult {
  const producers = producersOf(id);
  const subcategories = new Set(producers.flatMap(({ gates }) => gates.flatMap(subcategoryOf)));
  return {
    schemaVersion: "1.0",
    event: id,
    producers: producers.map(toView),
    neededBy: packs.flatMap((pack) => needsOf(pack, id)),
    techniques: [...subcategories].flatMap((guid) => {
      const techniques = techniquesOf(guid);
      return techniques.length === 0 ? [] : [{ subcategory: guid, techniques }];
    }),
    targets,
  };
}

function subcategoryOf({ kind, setting }: EventGate): string[] {
  return kind === "audit" ? [setting.slice(auditSubcategoryPrefix.length)] : [];
}

function toView({ gates, ...rest }: EventProducer): ProducerView {
  return {
    ...rest,
    gates: gates.map((gate) => ({
      kind: gate.kind,
      setting: gate.setting,
      name: gateName(gate),
      opens: opensText(gate),
    })),
  };
}

const sideWords: Readonly<Record<AuditSide, string>> = {
  success: "success",
  failure: "failure",
  both: "success and failure, each for its own half",
  undocumented: "success or failure: no document says which",
};

function opensText(gate: EventGate): string {
  switch (gate.kind) {
    case "audit":
      return sideWords[gate.side];
    case "channel":
      return `1; by default the log is ${gate.enabledByDefault ? "on" : "off"}`;
    case "registry": {
      const { written, writtenBetween = [], partly, absent } = gate.gate;
      const all = writtenBetween.length > 0 ? writtenBetween.join(" to ") : written.join(" or ");
      const some = partly.length === 0 ? "" : `; for a part of it: ${partly.join(", ")}`;
      return `${all}${some}; without the value: ${absent}`;
    }
  }
}

function needsOf(pack: PolicyPack, id: number): EventNeed[] {
  return pack.requirements.flatMap((requirement) => {
    const event = requirement.events.find((item) => item.id === id);
    if (event === undefined || (isSetting(requirement) && forbids(requirement, id))) return [];
    const { title, severity, detections } = requirement;
    return {
      rule: requirement.id,
      policy: pack.name,
      title,
      severity,
      setting: isSetting(requirement) ? requirement.setting : null,
      gated: event.gated,
      detections,
    };
  });
}

/** A requirement that forbids what opens the gate of an event wants to be rid of it. */
function forbids({ expect, setting }: SettingRequirement, id: number): boolean {
  const gate = registryGateOf(setting, id);
  if (expect.operator !== "dword-none-of" || gate === undefined) return false;
  return expect.values.some((value) => gateWrites(gate, { kind: "value", value, type: 4 }) === "yes");
}

/** Whether each target will write the event; null without directory data. */
export function eventTargets(
  id: number,
  inputs: Inputs,
  { computers, engine, proposals }: EventsRequest,
): readonly EventTarget[] | null {
  const { inventory } = applyProposals(inputs, proposals);
  if (inventory.directory === null) return null;
  const resolver = new Engine(inventory, inventory.directory, engine);
  const producers = producersOf(id);
  return computers.map((computer) =>
    toTarget(resolver.resolve(computer, inputs.damagedDirectoryFiles), producers),
  );
}

function toTarget(target: ResolvedTarget, producers: readonly EventProducer[]): EventTarget {
  const { dn, name, site, gaps, hostless } = target.policy;
  const judged = hostless === null ? producers.map((producer) => judgeProducer(target, producer)) : [];
  const written = hostless === null ? anyOf(judged.map((own) => own.written)) : "no";
  return {
    dn,
    name,
    site,
    gaps: [...gaps.map(({ text }) => text), ...(written === "unknown" ? unreadGpos(target) : [])],
    written,
    notApplicable: hostless,
    producers: judged,
  };
}

/** GPOs that could not be read and may apply. A WMI filter was read, and nobody can evaluate it. */
function unreadGpos({ policy }: ResolvedTarget): string[] {
  const unread = policy.candidates.filter(
    ({ state, reason }) => state === "unknown" && reason !== "wmi-filter",
  );
  return unread.map((own) => `GPO ${gpoText(own)} of ${own.domain}: ${own.detail ?? "undecided"}`);
}

function judgeProducer(target: ResolvedTarget, producer: EventProducer): TargetProducer {
  const gates = producer.gates.map((gate) => judgeGate(gate, target.decide(gate.setting)));
  const byGates = inRow(gates.map(({ written }) => written));
  const doubt = doubtOf(producer, byGates, target.policy.role);
  return {
    log: producer.log,
    written: doubt === "" ? byGates : "unknown",
    because: doubt,
    gates,
    logSize: logSize(target, producer.log),
  };
}

/** Why the gates alone do not say whether the event is written. */
function doubtOf(
  producer: EventProducer,
  byGates: TargetProducer["written"],
  role: Computer["role"],
): string {
  const { verified, condition } = producer;
  if (!verified) return "no public source says for sure what gates it";
  if (role === "member" && byGates !== "no" && isOfControllers(producer))
    return "domain controllers write it, and this computer is none";
  return condition === null || byGates === "no" ? "" : `not visible in settings: ${condition}`;
}

function logSize(target: ResolvedTarget, log: string): number | null {
  const { outcomes } = target.decide(eventLogSizeKey(log));
  const sizes = outcomes.map(({ outcome }) =>
    outcome.kind === "value" && typeof outcome.value === "number" ? outcome.value : null,
  );
  const [first = null] = sizes;
  return sizes.every((size) => size === first) ? first : null;
}
