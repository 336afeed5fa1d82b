import { loadPack } from "../checks/load-pack.ts";
import type { PolicyPack } from "../model/requirement.ts";
import { readBundledPack, readPackFile } from "../sources/pack-files.ts";
import { ReadError } from "../sources/vfs.ts";

export type LoadedPolicy =
  | { readonly ok: true; readonly pack: PolicyPack }
  /** One phrase that says what is wrong. */
  | { readonly ok: false; readonly problem: string };

/** Loads a policy pack that ships with this package, by name. */
export function loadBundledPolicy(name: string): LoadedPolicy {
  return load(() => readBundledPack(name));
}

/** Loads a policy pack from a JSON file; `path` is absolute. */
export function loadPolicyFile(path: string): LoadedPolicy {
  return load(() => readPackFile(path));
}

function load(read: () => { readonly text: string; readonly sha256: string }): LoadedPolicy {
  try {
    const { text, sha256 } = read();
    const loaded = loadPack(text, sha256);
    return loaded.ok ? loaded : { ok: false, problem: `it is invalid: ${loaded.errors.join("; ")}` };
  } catch (error) {
    if (error instanceof ReadError) return { ok: false, problem: error.message };
    throw error;
  }
}
