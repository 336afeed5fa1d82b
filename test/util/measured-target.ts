import { evaluate } from "../../src/checks/evaluate.ts";
import { measuredFinding, measureSetting } from "../../src/checks/measured.ts";
import type { ResolvedTarget } from "../../src/engine/engine.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Gpc } from "../../src/model/gpo.ts";
import type { SettingRequirement } from "../../src/model/requirement.ts";
import type { Finding } from "../../src/model/result.ts";
import type { FindingMeasured } from "../../src/model/what-if.ts";
import type { GptPart } from "../../src/model/setting.ts";
import { sha256 } from "../../src/sources/file-reader.ts";
import { dcOu, domainDn, gpc, gpt, link, siteDn, som } from "./domain.ts";
import { resolveFirst } from "./engine.ts";

export interface Gpo {
  readonly parts: readonly GptPart[];
  readonly gpc?: Partial<Gpc>;
}

/** DC1 with GPOs of its OU; the first is the strongest. */
export function dc1(...gpos: readonly Gpo[]): ResolvedTarget {
  return resolveFirst({
    soms: [
      som(siteDn, "site", []),
      som(domainDn, "domain", []),
      som(dcOu, "ou", gpos.map((_, index) => link(index + 1)).reverse()),
    ],
    gpcs: gpos.map((own, index) => gpc(index + 1, own.gpc ?? {})),
    gpts: gpos.map((own, index) => gpt(index + 1, own.parts)),
  });
}

export interface Compared {
  readonly main: Finding;
  readonly measured: readonly FindingMeasured[];
  readonly own: Finding | null;
}

/** What a scan makes of the evidence of a target. */
export function compare(
  requirement: SettingRequirement,
  target: ResolvedTarget,
  evidence: readonly Evidence[],
): Compared {
  const decision = target.decide(requirement.setting);
  const measured = measureSetting(requirement, decision, evidence);
  const main: Finding = {
    ...evaluate(requirement, target.policy, decision, ["delivered"], sha256),
    measured,
  };
  const context = { requirement, policy: target.policy, decision, evidence, hash: sha256 };
  return { main, measured, own: measuredFinding(main, context) };
}
