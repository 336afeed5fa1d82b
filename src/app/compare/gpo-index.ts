import type { Candidate } from "../../model/effective.ts";
import type { Guid } from "../../model/gpo.ts";
import type { Finding, ResultTarget, RunInput, ScanResult } from "../../model/result.ts";
import { gpoText } from "../../model/words.ts";

export interface GpoId {
  readonly guid: Guid;
  readonly domain: string;
}

/** The default GUIDs repeat in every domain. */
export function gpoKey({ guid, domain }: GpoId): string {
  return `${guid} ${domain}`;
}

/** What a result says of its GPOs, by GPO. */
export class GpoIndex {
  readonly #targets: ReadonlyMap<string, ResultTarget>;
  readonly #candidates = new Map<string, Candidate>();
  readonly #inputs: readonly RunInput[];
  readonly #files = new Map<string, ReadonlyMap<string, RunInput>>();
  readonly #folders = new Set<string>();

  constructor(result: ScanResult) {
    this.#targets = new Map(result.targets.map((target) => [target.dn, target]));
    this.#inputs = result.run.inputs;
    for (const { gpos } of result.targets)
      for (const candidate of gpos)
        if (!this.has(candidate)) this.#candidates.set(gpoKey(candidate), candidate);
    for (const { guid, domain } of result.gpos)
      this.#folders.add(domain === null ? guid : gpoKey({ guid, domain }));
  }

  has(id: GpoId): boolean {
    return this.#candidates.has(gpoKey(id));
  }

  target({ target }: Finding): ResultTarget | null {
    return target === null ? null : (this.#targets.get(target) ?? null);
  }

  candidate(id: GpoId): Candidate | null {
    return this.#candidates.get(gpoKey(id)) ?? null;
  }

  /** Null where no target has it in its chain. */
  name(id: GpoId): string | null {
    const candidate = this.candidate(id);
    return candidate === null ? null : gpoText(candidate);
  }

  /** Whether its folder, backup or report was read. */
  hasFolder(id: GpoId): boolean {
    return this.#folders.has(gpoKey(id)) || this.#folders.has(id.guid);
  }

  /** Files of a GPO by their path inside it, lower case: where the export stands does not matter. */
  files(id: GpoId): ReadonlyMap<string, RunInput> {
    const folder = this.candidate(id)?.gptPath ?? null;
    if (folder === null) return new Map();
    const known = this.#files.get(folder);
    if (known !== undefined) return known;
    const files = new Map(
      this.#inputs
        .filter(({ path }) => path === folder || path.startsWith(`${folder}/`))
        .map((input) => [pathInside(folder, input.path), input]),
    );
    this.#files.set(folder, files);
    return files;
  }

  /** Where a path stands inside the GPO; nothing where it is no file of it. */
  inside(id: GpoId, path: string): readonly string[] {
    const folder = this.candidate(id)?.gptPath ?? null;
    const isInside = folder !== null && (path === folder || path.startsWith(`${folder}/`));
    return isInside ? [pathInside(folder, path)] : [];
  }
}

/** A backup holds the folder of the GPO two levels down. */
function pathInside(folder: string, path: string): string {
  return path
    .slice(folder.length + 1)
    .toLowerCase()
    .replace(/^domainsysvol\/gpo\//, "");
}
