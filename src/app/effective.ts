import type { EngineOptions, ResolvedTarget } from "../engine/engine.ts";
import { Engine } from "../engine/engine.ts";
import type { EffectiveResult, EffectiveTarget } from "../model/effective-result.ts";
import type { LinkReason, LinkState } from "../model/effective.ts";
import type { Computer } from "../model/gpo.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import type { ProposeOptions } from "./apply-proposals.ts";
import { applyProposals } from "./apply-proposals.ts";

export type { EngineOptions };

export interface EffectiveRequest {
  readonly computers: readonly Computer[];
  readonly engine: EngineOptions;
  /** Where GPOs without a link are judged, proposals among them. */
  readonly proposals: ProposeOptions;
}

/** RSoP of every target, and whether something that it needs could not be read. */
export function effective(
  inputs: Inputs,
  request: EffectiveRequest,
): { readonly result: EffectiveResult; readonly incomplete: boolean } {
  const { damagedDirectoryFiles } = inputs;
  const { inventory, placements } = applyProposals(inputs, request.proposals);
  const { directory } = inventory;
  if (directory === null) return { result: { schemaVersion: "1.0", targets: [] }, incomplete: true };
  const engine = new Engine(inventory, directory, request.engine);
  const resolved = request.computers.map((computer) => engine.resolve(computer, damagedDirectoryFiles));
  const incomplete =
    resolved.length === 0 ||
    inventory.gpts.length === 0 ||
    inputs.uselessDirectoryFiles.length > 0 ||
    inputs.lostSources.length > 0 ||
    placements.some(({ state }) => state === "unplaced") ||
    resolved.some(({ policy }) => policy.gaps.length > 0 || policy.candidates.some(isUnread));
  return { result: { schemaVersion: "1.0", targets: resolved.map(toTarget) }, incomplete };
}

/** A WMI filter was read and cannot be evaluated; the others could not be read. */
function isUnread({
  state,
  reason,
}: {
  readonly state: LinkState;
  readonly reason: LinkReason | null;
}): boolean {
  return state === "unknown" && reason !== "wmi-filter";
}

function toTarget(target: ResolvedTarget): EffectiveTarget {
  const { policy } = target;
  return {
    dn: policy.dn,
    name: policy.name,
    site: policy.site,
    gaps: policy.gaps.map(({ text }) => text),
    gpos: policy.candidates.map((candidate) => ({
      guid: candidate.guid,
      domain: candidate.domain,
      name: candidate.displayName,
      som: candidate.som,
      linkOrder: candidate.linkOrder,
      enforced: candidate.enforced,
      state: candidate.state,
      reason: candidate.reason,
      detail: candidate.detail ?? candidate.doubt?.text ?? null,
    })),
    settings: target.settings().map(({ key, value, certainty, gpo, losers, doubts }) => ({
      key,
      value,
      certainty,
      gpo,
      losers,
      doubts: doubts.map(({ text }) => text),
    })),
  };
}
