import { techniqueData } from "./attack-techniques.gen.ts";
import type { AuditSide, DataSource, RegistryGate, SubcategoryEvent } from "./audit-data.ts";
import { eventData } from "./audit-events.gen.ts";
import { auditSubcategoryKey, registryValueKey } from "./setting.ts";
import type { SettingKey } from "./setting.ts";

export type { AuditSide } from "./audit-data.ts";

/** 1 success, 2 failure, 3 both, as in an audit value. */
export type AuditHalf = 1 | 2 | 3;

/** An event as a requirement lists it. */
export interface RequiredEvent {
  readonly id: number;
  readonly log: string;
  /** False: written whatever the setting says. */
  readonly gated: boolean;
}

/** One way in which an event comes to be written: every gate must be open. */
export interface EventProducer {
  readonly log: string;
  readonly provider: string;
  readonly summary: string;
  readonly gates: readonly EventGate[];
  /** What must be so beside the settings, and is not visible in them. */
  readonly condition: string | null;
  /** False: no public source says for sure that these are the gates. */
  readonly verified: boolean;
  readonly note: string | null;
  readonly source: Pick<DataSource, "title" | "url"> | null;
}

export type EventGate =
  | { readonly kind: "audit"; readonly setting: SettingKey; readonly side: AuditSide }
  | { readonly kind: "registry"; readonly setting: SettingKey; readonly gate: RegistryGate }
  /** The log itself, which can be switched off. */
  | {
      readonly kind: "channel";
      readonly setting: SettingKey;
      readonly log: string;
      readonly enabledByDefault: boolean;
    };

export interface Technique {
  readonly id: string;
  /** How many public detection rules look for it. */
  readonly rules: number;
}

const securityProvider = "Microsoft-Windows-Security-Auditing";
const eventsBySubcategory = new Map(
  eventData.subcategories.map((entry) => [entry.subcategory, entry.events]),
);
const logs = new Map(eventData.logs.map(({ log, channel }) => [log, channel]));
const conditions = new Map(eventData.conditions.map(({ id, text }) => [id, text]));
const sources = new Map(eventData.sources.map((source) => [source.id, source]));
const techniques = new Map(techniqueData.subcategories.map((entry) => [entry.subcategory, entry.techniques]));

/**
 * Events that a half of a subcategory writes, by id. Where no document tells success from failure, an event counts for
 * both halves together and for neither alone.
 *
 * @param guid Lower case, no braces.
 */
export function eventsOf(guid: string, half: AuditHalf): readonly RequiredEvent[] {
  const own = (eventsBySubcategory.get(guid) ?? []).filter(({ on }) => isWrittenBy(on, half));
  // A subcategory that others need as well holds back their events too.
  const others = (half & 1) === 0 ? [] : dependents(guid);
  const found = new Map(
    [...own, ...others].map(({ id, gated }) => [id, { id, log: "Security", gated: gated ?? true }]),
  );
  return [...found.values()].sort((a, b) => a.id - b.id);
}

function dependents(guid: string): readonly SubcategoryEvent[] {
  return eventData.subcategories
    .flatMap(({ events }) => events)
    .filter(({ alsoNeeds }) => alsoNeeds?.includes(guid) === true);
}

function isWrittenBy(side: AuditSide, half: AuditHalf): boolean {
  return side === "undocumented" ? half === 3 : (sideBits[side] & half) !== 0;
}

/** The bits of an audit value that an event needs; both: one of them brings half of its records. */
export const sideBits = { success: 1, failure: 2, both: 3 } as const;

/** Which outcomes an event of a subcategory records; null where it is none of its events. */
export function sideOf(guid: string, id: number): AuditSide | null {
  const own = eventsBySubcategory.get(guid)?.find((event) => event.id === id);
  if (own !== undefined) return own.on;
  return dependents(guid).some((event) => event.id === id) ? "success" : null;
}

/** Techniques that public rules look for in the events of a subcategory, those with the most rules first. */
export function techniquesOf(guid: string): readonly Technique[] {
  return Object.entries(techniques.get(guid) ?? {}).map(([id, rules]) => ({ id, rules }));
}

/** What a registry value decides about an event; undefined: nothing. */
export function registryGateOf(setting: SettingKey, id: number): EventGate | undefined {
  return producersOf(id)
    .flatMap(({ gates }) => gates)
    .find((gate) => gate.kind !== "audit" && gate.setting === setting);
}

/** Every way in which Windows may come to write an event; empty: the event is not known. */
export function producersOf(id: number): readonly EventProducer[] {
  const audited = eventData.subcategories.flatMap(({ subcategory, events }) =>
    events.filter((event) => event.id === id).map((event) => auditedProducer(subcategory, event)),
  );
  const others = eventData.elsewhere
    .filter((event) => event.id === id)
    .map(({ gate, log, provider, summary, verified, note, source }): EventProducer => {
      const own: EventGate[] = gate === null ? [] : [{ kind: "registry", setting: gate.setting, gate }];
      const base = { log, provider, summary, condition: null, verified: verified ?? true };
      return {
        ...base,
        gates: [...own, ...channelGates(log)],
        note: note ?? null,
        source: sources.get(source) ?? null,
      };
    });
  const guesses = eventData.undocumented.filter((event) => event.id === id).map(guessedProducer);
  return [...audited, ...others, ...guesses];
}

function auditedProducer(guid: string, event: SubcategoryEvent): EventProducer {
  const { on, condition, gated, alsoNeeds = [] } = event;
  const gates: readonly EventGate[] =
    gated === false
      ? []
      : [
          { kind: "audit", setting: auditSubcategoryKey(guid), side: on },
          ...alsoNeeds.map((other): EventGate => ({
            kind: "audit",
            setting: auditSubcategoryKey(other),
            side: "success",
          })),
        ];
  return {
    log: "Security",
    provider: event.provider ?? securityProvider,
    summary: event.summary,
    gates,
    condition: condition === undefined ? null : (conditions.get(condition) ?? condition),
    verified: true,
    note: event.note ?? null,
    source: sources.get(event.source ?? "ms-audit-settings") ?? null,
  };
}

function guessedProducer({ subcategory, on }: (typeof eventData.undocumented)[number]): EventProducer {
  return {
    log: "Security",
    provider: securityProvider,
    summary: "no page of Microsoft names it",
    gates:
      subcategory === null
        ? []
        : [{ kind: "audit", setting: auditSubcategoryKey(subcategory), side: on ?? "undocumented" }],
    condition: null,
    verified: false,
    note: null,
    source: sources.get("manifest") ?? null,
  };
}

const channelKey = "software\\microsoft\\windows\\currentversion\\winevt\\channels";

function channelGates(log: string): readonly EventGate[] {
  const channel = logs.get(log) ?? null;
  if (channel === null) return [];
  const setting = registryValueKey(`${channelKey}\\${log}`, "enabled");
  return [{ kind: "channel", setting, log, enabledByDefault: channel.enabledByDefault }];
}

const knownIds = [
  ...new Set([
    ...eventData.subcategories.flatMap(({ events }) => events.map(({ id }) => id)),
    ...eventData.elsewhere.map(({ id }) => id),
    ...eventData.undocumented.map(({ id }) => id),
  ]),
].sort((a, b) => a - b);

export function isKnownEvent(id: number): boolean {
  return knownIds.includes(id);
}

/** The known events with the nearest numbers, in order of number. */
export function nearestEvents(id: number, count: number): readonly number[] {
  return [...knownIds]
    .sort((a, b) => Math.abs(a - id) - Math.abs(b - id) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
