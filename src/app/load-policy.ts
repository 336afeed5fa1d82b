import { loadPack } from "../checks/packs/load-pack.ts";
import { suggestion } from "../checks/files/nearest.ts";
import type { FileProblem, TextFile } from "../checks/files/problem.ts";
import { problemText } from "../checks/files/problem.ts";
import type { FoundPack } from "../checks/packs/resolve-pack.ts";
import type { PolicyPack } from "../model/requirement.ts";
import { listBundledPacks, readBundledPack, readExtendedPack, readPackFile } from "../sources/pack-files.ts";
import { ReadError } from "../sources/vfs.ts";

export type { FileProblem };
export { listBundledPacks, problemText };

export type LoadedPolicy =
  | { readonly ok: true; readonly pack: PolicyPack; readonly testCount: number }
  | {
      readonly ok: false;
      /** One phrase that says what is wrong. */
      readonly problem: string;
      /** Each mistake with its place; empty where the file could not be read at all. */
      readonly problems: readonly FileProblem[];
    };

/** Loads a policy pack that ships with this package, by name. */
export function loadBundledPolicy(name: string): LoadedPolicy {
  const loaded = load(() => readBundledPack(name));
  if (loaded.ok || loaded.problems.length > 0) return loaded;
  return { ...loaded, problem: loaded.problem + suggestion(name, listBundledPacks()) };
}

/** Loads a policy pack from a JSON or YAML file; `path` is absolute, `shown` is what messages call it. */
export function loadPolicyFile(path: string, shown: string = path): LoadedPolicy {
  return load(() => readPackFile(path, shown));
}

function load(read: () => TextFile): LoadedPolicy {
  let source: TextFile;
  try {
    source = read();
  } catch (error) {
    if (error instanceof ReadError) return { ok: false, problem: error.message, problems: [] };
    throw error;
  }
  const loaded = loadPack(source, findExtended);
  if (loaded.ok) return loaded;
  const { problems } = loaded;
  return { ok: false, problem: `it is invalid: ${problems.map(problemText).join("; ")}`, problems };
}

function findExtended(reference: string, from: TextFile): FoundPack {
  try {
    return { ok: true, source: readExtendedPack(reference, from) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { ok: false, problem: error.message, names: listBundledPacks() };
  }
}
