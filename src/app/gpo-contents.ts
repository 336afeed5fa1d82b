import { extensionOf } from "../engine/participants.ts";
import { rowsFor } from "../model/event-logs.ts";
import type { Directory, Gpt } from "../model/gpo.ts";
import type { Proposal } from "../model/proposal.ts";
import type { SettingRequirement } from "../model/requirement.ts";
import type { GpoContent } from "../model/result.ts";
import type { SettingKey, Write } from "../model/setting.ts";
import { valueText } from "../model/words.ts";

/** What each GPO contains of what the packs ask for: never what it would deliver. */
export function listGpoContents(
  gpos: readonly Proposal[],
  directory: Directory | null,
  requirements: readonly SettingRequirement[],
): GpoContent[] {
  const names = gpcNames(directory);
  return gpos.map((gpo) => ({
    guid: gpo.gpt.guid,
    domain: gpo.domain ?? gpo.gpt.domainLabel,
    displayName: gpo.displayName ?? names.get(gpo.gpt.guid) ?? null,
    path: gpo.gpt.path,
    source: gpo.source,
    asOf: gpo.asOf,
    linkedAsOf: linkedAsOf(gpo),
    notes: listNotes(gpo),
    settings: listSettings(gpo.gpt, requirements),
  }));
}

/** Display names by GUID; a GUID that stands in several domains has none here. */
function gpcNames(directory: Directory | null): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const gpc of directory?.gpcs.values() ?? [])
    names.set(gpc.guid, names.has(gpc.guid) ? null : gpc.displayName);
  return names;
}

function linkedAsOf({ links }: Proposal): readonly string[] {
  return (links ?? []).map(({ somPath, enabled, enforced }) => {
    const marks = [enabled === false ? "disabled" : "", enforced === true ? "enforced" : ""];
    const special = marks.filter((mark) => mark !== "").join(", ");
    return special === "" ? somPath : `${somPath} (${special})`;
  });
}

/** What holds wherever the GPO is linked. */
function listNotes({ facts, gpt }: Proposal): readonly string[] {
  if (facts === null) return [];
  const notes: string[] = [];
  if (typeof facts.flags === "number" && (facts.flags & 2) !== 0)
    notes.push("Its computer settings are disabled: no computer takes anything of it.");
  const { effective, damaged } = facts.extensions;
  for (const { kind } of gpt.parts) {
    if (damaged || effective.includes(extensionOf[kind])) continue;
    notes.push(
      `Its ${kind} is not delivered wherever it is linked: extension ${extensionOf[kind]} is not listed.`,
    );
  }
  return notes;
}

/** Every row of a GPT that a requirement asks about. */
export function listSettings(gpt: Gpt, requirements: readonly SettingRequirement[]): GpoContent["settings"] {
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
    rowsFor(setting, (key) => writes.get(key) ?? []).map((write) => ({
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
