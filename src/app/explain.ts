import { buildChain } from "../checks/chain.ts";
import type { EngineOptions } from "../engine/engine.ts";
import { Engine } from "../engine/engine.ts";
import type { Explanation } from "../model/effective-result.ts";
import type { Computer } from "../model/gpo.ts";
import { settingName } from "../model/setting-names.ts";
import type { SettingKey } from "../model/setting.ts";
import { legacyText, outcomeText } from "../model/words.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import type { ProposeOptions } from "./apply-proposals.ts";
import { applyProposals } from "./apply-proposals.ts";

export interface ExplainRequest {
  readonly computer: Computer;
  readonly key: SettingKey;
  readonly engine: EngineOptions;
  readonly proposals: ProposeOptions;
}

/**
 * Why a setting has the value it has on one computer: every candidate GPO in order, and what becomes of each. Null without
 * directory data.
 */
export function explain(
  inputs: Inputs,
  { computer, key, engine, proposals }: ExplainRequest,
): Explanation | null {
  const { inventory } = applyProposals(inputs, proposals);
  if (inventory.directory === null) return null;
  const target = new Engine(inventory, inventory.directory, engine).resolve(
    computer,
    inputs.damagedDirectoryFiles,
  );
  const { policy } = target;
  const decision = target.decide(key);
  const [base] = decision.outcomes;
  const certain = decision.outcomes.length === 1;
  const doubts = certain ? decision.doubts.map(({ text }) => text) : [];
  return {
    schemaVersion: "1.0",
    target: {
      dn: policy.dn,
      name: policy.name,
      site: policy.site,
      gaps: policy.gaps.map(({ text }) => text),
    },
    setting: { key, name: settingName(key) },
    value: certain && base.outcome.kind === "value" ? base.outcome.value : null,
    certainty: certain ? "known" : "unknown",
    outcomes: decision.outcomes.map(({ outcome, because }) => ({ text: outcomeText(key, outcome), because })),
    chain: buildChain(policy.candidates, decision, {}),
    notes: [legacyText(decision.legacy), ...decision.notes, ...doubts, ...policy.notes].filter(
      (note) => note !== null,
    ),
  };
}
