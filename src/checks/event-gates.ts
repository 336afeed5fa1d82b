import type { AuditSide, EventGate, EventProducer } from "../model/audit-events.ts";
import { sideBits } from "../model/audit-events.ts";
import { findAuditSubcategory } from "../model/audit-subcategories.ts";
import type { Decision, Outcome } from "../model/effective.ts";
import type { TargetGate, Written } from "../model/event-result.ts";
import { settingName } from "../model/setting-names.ts";
import { auditSubcategoryKey, auditSubcategoryPrefix } from "../model/setting.ts";
import { legacyText, outcomeText } from "../model/words.ts";

/** Kerberos Authentication Service and Kerberos Service Ticket Operations: the KDC runs on domain controllers alone. */
const kdcSubcategories = new Set(
  ["0cce9242", "0cce9240"].map((head) => auditSubcategoryKey(`${head}-69ae-11d9-bed3-505054503030`)),
);

/** Whether the service that writes the event runs on domain controllers: the directory, the KDC, Netlogon's NTLM pass-through. */
export function isOfControllers({ gates, provider }: EventProducer): boolean {
  if (provider === "Microsoft-Windows-Security-Netlogon") return true;
  return gates.some(({ kind, setting }) => {
    if (kind !== "audit") return false;
    const guid = setting.slice(auditSubcategoryPrefix.length);
    return kdcSubcategories.has(setting) || findAuditSubcategory(guid)?.category === "AuditDSAccess";
  });
}

/** A gate for people: as the Group Policy editor calls it, where it does. */
export function gateName(gate: EventGate): string {
  switch (gate.kind) {
    case "audit":
      return settingName(gate.setting);
    case "registry":
      return gate.gate.name;
    case "channel":
      return `log ${gate.log}: enabled`;
  }
}

/** What one end of the setting of a gate does to the event. */
export function gateWrites(gate: EventGate, outcome: Outcome): Written {
  // A log is on unless somebody switches it off; for the rest, nothing configured leaves it to what is not visible.
  if (outcome.kind === "absent") return gate.kind === "channel" && gate.enabledByDefault ? "yes" : "unknown";
  if (outcome.kind === "anything") return "unknown";
  if (gate.kind === "audit") {
    return typeof outcome.value === "number" ? auditWrites(gate.side, outcome.value) : "unknown";
  }
  const number = outcome.type === 4 && typeof outcome.value === "number" ? outcome.value : null;
  if (gate.kind === "channel") return number === null ? "unknown" : channelWrites(number);
  // Windows does not take a value of another type for such an option.
  return number === null ? "no" : registryWrites(gate.gate, number);
}

function auditWrites(side: AuditSide, value: number): Written {
  if ((value & 3) === 0) return "no";
  if ((value & 3) === 3) return "yes";
  if (side === "undocumented") return "unknown";
  const open = sideBits[side] & value;
  if (open === 0) return "no";
  return open === sideBits[side] ? "yes" : "partly";
}

function channelWrites(value: number): Written {
  if (value === 1) return "yes";
  return value === 0 ? "no" : "unknown";
}

function registryWrites(
  {
    written,
    writtenBetween: [first, last] = [],
    partly,
    off,
  }: Extract<EventGate, { kind: "registry" }>["gate"],
  value: number,
): Written {
  if (written.includes(value)) return "yes";
  if (first !== undefined && last !== undefined && value >= first && value <= last) return "yes";
  if (partly.includes(value)) return "partly";
  return off.includes(value) ? "no" : "unknown";
}

/** A gate as it ends on a target: known only where every possible end says the same. */
export function judgeGate(gate: EventGate, decision: Decision): TargetGate {
  const { winner, outcomes } = decision;
  const [base, ...others] = outcomes;
  const certain = others.length === 0;
  return {
    setting: gate.setting,
    name: gateName(gate),
    written: allOf(outcomes.map(({ outcome }) => gateWrites(gate, outcome))),
    value: certain && base.outcome.kind === "value" ? base.outcome.value : null,
    valueText: certain ? outcomeText(gate.setting, base.outcome) : "not decided",
    gpo: winner?.guid ?? null,
    gpoName: winner?.displayName ?? null,
    location: winner?.location ?? null,
    quote: winner?.quote ?? null,
    reasons: reasons(gate, decision),
  };
}

function reasons(gate: EventGate, { outcomes, winner, via, legacy, notes }: Decision): string[] {
  const [base, ...others] = outcomes;
  const ways =
    others.length === 0
      ? []
      : outcomes.map(
          ({ outcome, because }) =>
            `it may end as ${outcomeText(gate.setting, outcome)}${because === "" ? "" : ` if ${because}`}`,
        );
  const own = [...ways];
  if (base.outcome.kind === "absent") own.push(absentText(gate));
  if (base.outcome.kind === "value" && gateWrites(gate, base.outcome) === "unknown")
    own.push("no public source says what Windows writes with this value");
  if (base.outcome.kind === "value" && gate.kind === "registry" && base.outcome.type !== 4)
    own.push("the value has another type than REG_DWORD, so Windows does not take it for this option");
  if (via === "cleared")
    own.push("some GPO delivers audit.csv, which clears every subcategory that none of them lists");
  if (via === "legacy") own.push("[Event Audit] sets its whole category");
  // An ignored category is worth a word only where nothing else sets the subcategory.
  const category = legacy === "silenced" && winner !== null ? null : legacyText(legacy);
  return [...own, category, ...notes].filter((text) => text !== null);
}

function absentText(gate: EventGate): string {
  const unseen = "what stands on the computer itself is not visible from here";
  switch (gate.kind) {
    case "audit":
      return `no GPO configures it, and ${unseen}`;
    case "registry":
      return `no GPO configures it (without the value: ${gate.gate.absent}), and ${unseen}`;
    case "channel":
      return `no GPO configures it (by default the log is ${gate.enabledByDefault ? "on" : "off"}), and ${unseen}`;
  }
}

/** Gates that must all be open, or ends of which any may come true: what is sure in spite of that. */
function allOf(parts: readonly Written[]): Written {
  const [first] = parts;
  if (first === undefined) return "yes";
  if (parts.every((part) => part === first)) return first;
  return parts.every((part) => part === "yes" || part === "partly") ? "partly" : "unknown";
}

/** Gates in a row: one that is shut is enough. */
export function inRow(gates: readonly Written[]): Written {
  return gates.includes("no") ? "no" : allOf(gates);
}

/** Several ways to write one event, each for acts of its own. */
export function anyOf(producers: readonly Written[]): Written {
  const [first] = producers;
  if (first === undefined) return "unknown";
  if (producers.every((written) => written === first)) return first;
  if (producers.some((written) => written === "yes" || written === "partly")) return "partly";
  return "unknown";
}
