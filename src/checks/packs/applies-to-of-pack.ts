import type { AppliesTo } from "../../model/requirement.ts";
import type { AppliesToInFile } from "./pack-file.ts";
import type { Draft, ResolvedPack } from "./resolved-pack.ts";
import type { Shaped } from "./shape.ts";

/** For whom a requirement is; where nobody says, for every domain controller. */
export function completeAppliesTo(...layers: readonly (AppliesToInFile | undefined)[]): AppliesTo {
  const { roles = ["dc", "rodc"], operatingSystems = [] }: AppliesToInFile = Object.assign({}, ...layers);
  return { roles, operatingSystems };
}

export function askedOf({ appliesTo, fields }: Pick<Draft, "appliesTo" | "fields">): AppliesTo {
  return completeAppliesTo(appliesTo, fields.appliesTo);
}

/** What a file says itself; nothing where that cannot be read. */
export function ownAppliesTo({ file, isSound }: Shaped): AppliesToInFile {
  return (isSound(["appliesTo"]) ? file.appliesTo : undefined) ?? {};
}

/**
 * For whom the requirements of a file are that it does not inherit: what the nearest pack says, field by field. Where the
 * packs that it extends differ, none of them can speak for it.
 */
export function inheritAppliesTo(parents: readonly ResolvedPack[], shaped: Shaped): AppliesToInFile {
  const [first, ...others] = parents.map(({ appliesTo }) => appliesTo);
  const isOne = others.every(
    (other) => JSON.stringify(completeAppliesTo(other)) === JSON.stringify(completeAppliesTo(first)),
  );
  return { ...(isOne ? first : {}), ...ownAppliesTo(shaped) };
}

/** One requirement in the place of two that ask the same: of all computers that either of them asks. */
export function askBoth(one: Draft, other: Draft): Draft {
  const [a, b] = [askedOf(one), askedOf(other)];
  if (JSON.stringify(a) === JSON.stringify(b)) return one;
  const isAny = a.operatingSystems.length === 0 || b.operatingSystems.length === 0;
  const appliesTo = {
    roles: [...new Set([...a.roles, ...b.roles])],
    operatingSystems: isAny ? [] : [...new Set([...a.operatingSystems, ...b.operatingSystems])],
  };
  return { ...one, appliesTo, fields: { ...one.fields, appliesTo } };
}
