import { loadBundledPolicy, loadPolicyFile } from "../app/load-policy.ts";
import type { LoadedPolicy } from "../app/load-policy.ts";
import type { PolicyPack } from "../model/requirement.ts";
import type { CliIo } from "./io.ts";
import { UsageError } from "./io.ts";
import { toAbsolute } from "./paths.ts";

/** Loads the policy packs named by `--policy`: a bundled name, or the path of a JSON or YAML file. */
export function loadPacks(io: CliIo, names: readonly string[]): PolicyPack[] {
  const packs = [...new Set(names)].map((name) => requirePack(io, name));
  const twice = packs.find((pack, index) => packs.findIndex((other) => other.name === pack.name) !== index);
  if (twice !== undefined) throw new UsageError(`two policy packs are named '${twice.name}'`);
  return packs;
}

/** One pack, or a mistake of the caller. */
export function requirePack(io: CliIo, name: string): PolicyPack {
  const loaded = loadOne(io, name);
  if (loaded.ok) return loaded.pack;
  throw new UsageError(`cannot use policy pack '${name}': ${loaded.problem}`);
}

/** What has a dot or a slash is a file. */
export function loadOne(io: CliIo, name: string): LoadedPolicy {
  return /[\\/.]/.test(name) ? loadPolicyFile(toAbsolute(io.cwd, name), name) : loadBundledPolicy(name);
}
