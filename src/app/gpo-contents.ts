import type { Gpt, Inventory } from "../model/gpo.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { GpoContent } from "../model/result.ts";
import type { SettingKey, Write } from "../model/setting.ts";
import { valueText } from "../model/words.ts";

/** What each GPO contains of what the packs ask for: never what it would deliver. */
export function listGpoContents(
  inventory: Inventory,
  requirements: readonly SettingRequirement[],
): GpoContent[] {
  const names = gpcNames(inventory);
  return inventory.gpts.map((gpt) => ({
    guid: gpt.guid,
    domain: gpt.domainLabel,
    displayName: names.get(gpt.guid) ?? null,
    path: gpt.path,
    settings: listSettings(gpt, requirements),
  }));
}

/** Display names by GUID; a GUID that stands in several domains has none here. */
function gpcNames({ directory }: Inventory): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const gpc of directory?.gpcs.values() ?? [])
    names.set(gpc.guid, names.has(gpc.guid) ? null : gpc.displayName);
  return names;
}

function listSettings(gpt: Gpt, requirements: readonly SettingRequirement[]): GpoContent["settings"] {
  const writes = new Map<SettingKey, Write[]>();
  for (const part of gpt.parts) {
    for (const write of part.writes) {
      if (!("key" in write)) continue;
      const list = writes.get(write.key);
      if (list === undefined) writes.set(write.key, [write]);
      else list.push(write);
    }
  }
  return requirements.flatMap(({ id, setting, scale }) =>
    (writes.get(setting) ?? []).map((write) => ({
      rule: id,
      value: writeText(setting, write, scale),
      location: write.location,
    })),
  );
}

function writeText(key: SettingKey, write: Write, scale: Readonly<Record<string, string>>): string {
  switch (write.action) {
    case "set":
      return valueText(key, write.value, scale);
    case "set-if-absent":
      return `${valueText(key, write.value, scale)}, only where nothing is set yet`;
    case "unusable":
      return `nothing usable: ${write.quote}`;
    case "delete":
    case "delete-values":
    case "delete-keys":
      return "removes the value";
  }
}
