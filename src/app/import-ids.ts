import type { SettingKey } from "../model/setting.ts";
import { registryValuePrefix, userRightPrefix } from "../model/setting.ts";
import { settingName } from "../model/setting-names.ts";
import { sha256 } from "../sources/file-reader.ts";

/** What a pack allows. */
const longest = 64;

/** Heads of registry keys that say nothing. */
const commonHeads =
  /^(?:software\\policies\\microsoft\\windows nt|software\\policies\\microsoft\\windows|software\\policies\\microsoft|software\\microsoft\\windows nt\\currentversion|software\\microsoft\\windows\\currentversion|software\\policies|software|system\\currentcontrolset\\control|system\\currentcontrolset\\services|system\\currentcontrolset)\\(?=.)/;

/** Small letters, digits and hyphens; empty where the text has nothing of that. */
export function kebab(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/**
 * Gives ids from the names of settings. The same setting gets the same id in every import, whatever stands beside it; only
 * where two settings read alike the second one carries a piece of the hash of its key.
 */
export class ImportIds {
  readonly #taken = new Set<string>();

  /** @param suffix For a setting that two requirements ask about. */
  next(key: SettingKey, suffix: string): string {
    const room = longest - suffix.length;
    const name = kebab(plainName(key)) || "setting";
    const short = name.length <= room ? name : `${endOf(name, room - 7)}-${mark(key)}`;
    const free = this.#taken.has(short + suffix) ? `${short.slice(0, room - 7)}-${mark(key)}` : short;
    this.#taken.add(free + suffix);
    return free + suffix;
  }
}

/** The last whole words: of a registry path the end says most. */
function endOf(name: string, length: number): string {
  const end = name.slice(-length);
  return end.replace(/^[^-]*-/, "") || end;
}

function plainName(key: SettingKey): string {
  if (key.startsWith(userRightPrefix)) return settingName(key);
  const machine = `${registryValuePrefix}machine\\`;
  if (!key.startsWith(machine)) return settingName(key);
  const path = key.slice(machine.length);
  return path.endsWith("\\") ? `${path.replace(commonHeads, "")}default` : path.replace(commonHeads, "");
}

function mark(key: SettingKey): string {
  return sha256(key).slice(0, 6);
}
