import type { Candidate, Decision, Writer } from "../model/effective.ts";
import type { ChainStep } from "../model/result.ts";
import type { SettingKey } from "../model/setting.ts";
import { auditCategoryPrefix, auditSubcategoryPrefix } from "../model/setting.ts";
import { valueText } from "../model/words.ts";

/** Words for the numbers of a registry value: {"0": "Disable"}. */
type Scale = Readonly<Record<string, string>>;

/** Every link in the scope of a target, strongest first, as one setting sees it. */
export function buildChain(candidates: readonly Candidate[], decision: Decision, scale: Scale): ChainStep[] {
  const told = new Set<string>();
  return candidates.map((candidate) => {
    const id = `${candidate.guid} ${candidate.domain}`;
    // A second link to a GPO adds nothing: it counts where its strongest live link stands.
    const repeated = candidate.state !== "excluded" && told.has(id);
    if (candidate.state !== "excluded") told.add(id);
    return toStep(candidate, decision, scale, repeated);
  });
}

function toStep(candidate: Candidate, decision: Decision, scale: Scale, repeated: boolean): ChainStep {
  const base = {
    guid: candidate.guid,
    domain: candidate.domain,
    displayName: candidate.displayName,
    som: candidate.som,
    enforced: candidate.enforced,
    state: candidate.state,
    reason: candidate.reason,
  };
  const silent = { value: null, location: candidate.linkLocation, quote: null };
  if (candidate.state === "excluded") {
    return {
      ...base,
      ...silent,
      role: "excluded",
      text: `does not apply: ${candidate.detail ?? candidate.reason ?? ""}`,
    };
  }
  if (repeated)
    return {
      ...base,
      ...silent,
      role: "silent",
      text: "linked again here: it counts at its stronger link above",
    };
  const writer = decision.writers.find(
    (item) => item.guid === candidate.guid && item.domain === candidate.domain,
  );
  const doubt = candidate.detail ?? candidate.doubt?.text ?? null;
  const dead = decision.undelivered.find(
    (item) => item.guid === candidate.guid && item.domain === candidate.domain,
  );
  if (writer === undefined && dead !== undefined) {
    const value = writerValue(dead, decision.key, scale);
    const text = `lists ${value}, but its ${dead.kind} is not delivered: the GPO does not list the extension that reads it`;
    return { ...base, role: "silent", value, location: dead.location, quote: dead.quote, text };
  }
  if (writer === undefined) {
    const text =
      candidate.state === "unknown" ? `may apply (${doubt ?? ""}), ${unseen(candidate)}` : "does not set it";
    return {
      ...base,
      ...silent,
      role: candidate.state === "unknown" && isUnseen(candidate) ? "may-win" : "silent",
      text,
    };
  }
  const value = writerValue(writer, decision.key, scale);
  const own = { value, location: writer.location, quote: writer.quote };
  if (candidate.state === "unknown") {
    return { ...base, ...own, role: "may-win", text: `sets ${value} if it applies: ${doubt ?? ""}` };
  }
  const wins = decision.winner !== null && decision.winner.location === writer.location;
  const unsure = writer.doubt === null ? "" : `, but ${writer.doubt.text}`;
  if (wins) {
    const how =
      decision.outcomes.length === 1 ? "and wins" : "and is ahead of the others, as far as can be seen";
    return { ...base, ...own, role: "winner", text: `sets ${value} ${how}${unsure}` };
  }
  if (writer.action === "delete") return { ...base, ...own, role: "loser", text: "removes the value" };
  return { ...base, ...own, role: "loser", text: `sets ${value} ${whyLost(writer, decision)}${unsure}` };
}

function whyLost(writer: Writer, { key, legacy }: Decision): string {
  if (writer.kind !== "GptTmpl.inf" || !key.startsWith(auditSubcategoryPrefix))
    return "and loses to a stronger one";
  if (legacy === "silenced") return "which Windows ignores: SCENoApplyLegacyAuditPolicy is 1";
  return legacy === "open"
    ? "which may or may not count: SCENoApplyLegacyAuditPolicy does not settle it"
    : "and loses to a stronger one";
}

function isUnseen(candidate: Candidate): boolean {
  return candidate.reason === "missing";
}

function unseen(candidate: Candidate): string {
  return isUnseen(candidate) ? "and what it sets cannot be seen" : "but does not set it";
}

function writerValue(writer: Writer, key: SettingKey, scale: Scale): string {
  if (writer.value === null)
    return writer.action === "delete" ? "nothing (it removes the value)" : "something unusable";
  if (writer.kind === "GptTmpl.inf" && key.startsWith(auditSubcategoryPrefix)) {
    return `${valueText(auditCategoryPrefix, writer.value)} for the whole legacy category`;
  }
  return valueText(key, writer.value, scale);
}
