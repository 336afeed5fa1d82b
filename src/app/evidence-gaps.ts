import type { Evidence, EvidenceKind } from "../model/evidence.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { SettingKey } from "../model/setting.ts";
import {
  auditCategoryPrefix,
  auditSubcategoryPrefix,
  eventLogSizePrefix,
  registryValuePrefix,
  userRightPrefix,
} from "../model/setting.ts";
import type { LostSource } from "../model/source.ts";

/** What each kind of evidence can speak of, as prefixes of setting keys. */
const scopes: Readonly<Record<EvidenceKind, readonly string[]>> = {
  "auditpol csv": [auditSubcategoryPrefix],
  "registry export": [registryValuePrefix, eventLogSizePrefix],
  "security template": [auditCategoryPrefix, registryValuePrefix, userRightPrefix, eventLogSizePrefix],
  "RSoP report": [
    auditSubcategoryPrefix,
    auditCategoryPrefix,
    registryValuePrefix,
    userRightPrefix,
    eventLogSizePrefix,
  ],
};

/**
 * Evidence of which a part is lost, with settings that are asked for and that it may have held there: without a word about
 * them it would look as if nobody had measured them.
 */
export function lostEvidence(
  evidence: Iterable<readonly Evidence[]>,
  requirements: readonly SettingRequirement[],
): readonly LostSource[] {
  const keys = new Set(requirements.map(({ setting }) => setting));
  return [...evidence].flat().flatMap((item) => {
    const count = [...keys].filter((key) => mayBeLost(item, key)).length;
    if (count === 0) return [];
    const settings = count === 1 ? "a setting that is" : `${count} settings that are`;
    const text = `not all of it can be used, and ${settings} asked for may stand in the rest`;
    return [{ code: "evidence-unusable" as const, path: item.file.path, text }];
  });
}

function mayBeLost({ state }: Evidence, key: SettingKey): boolean {
  const { kind, complete, settings, listedKeys } = state;
  if (kind === null || complete || settings.has(key)) return false;
  if (listedKeys.has(key.slice(0, key.lastIndexOf("\\") + 1))) return false;
  return scopes[kind].some((prefix) => key.startsWith(prefix));
}
