import { inheritAppliesTo } from "./applies-to-of-pack.ts";
import { inherit } from "./inherit.ts";
import { suggestion } from "../files/nearest.ts";
import { ownRequirements } from "./own-requirements.ts";
import type { ParameterValue } from "./pack-file.ts";
import type { FileProblem, TextFile } from "../files/problem.ts";
import { shown } from "../files/problem.ts";
import { readPositioned } from "../files/positioned.ts";
import type { Positioned } from "../files/positioned.ts";
import type { Parameters } from "./read-expectation.ts";
import type { Family, ResolvedPack } from "./resolved-pack.ts";
import { findContradictions } from "./contradictions.ts";
import { runSelfTests } from "./self-test.ts";
import type { Shaped } from "./shape.ts";
import { checkShape } from "./shape.ts";

/** Finds the pack that another one extends: a bundled name, or a file. */
export type ReadPack = (reference: string, from: TextFile) => FoundPack;

export type FoundPack =
  | { readonly ok: true; readonly source: TextFile }
  /** What is wrong, as a clause, and the names that there are. */
  | { readonly ok: false; readonly problem: string; readonly names: readonly string[] };

const maxLevels = 8;
const maxFiles = 40;

/** Reads a pack and what it extends, and collects every problem of every file on the way. */
export class PackResolver {
  readonly problems: FileProblem[] = [];
  readonly #read: ReadPack;
  readonly #resolved = new Map<string, ResolvedPack | null>();

  constructor(read: ReadPack) {
    this.#read = read;
  }

  /** Null where the file is not readable as data at all. `trail`: the ids of the packs that led here. */
  resolve(source: TextFile, trail: readonly string[] = []): ResolvedPack | null {
    const before = this.#resolved.get(source.id);
    if (before !== undefined) return before;
    const data = readPositioned(source, "policy pack");
    if (!data.ok) this.problems.push(...data.problems);
    const pack = data.ok ? this.#resolveData(data.document, [...trail, source.id]) : null;
    this.#resolved.set(source.id, pack);
    return pack;
  }

  #resolveData(document: Positioned, trail: readonly string[]): ResolvedPack {
    const shaped = checkShape(document);
    this.problems.push(...shaped.problems);
    const family = this.#family(shaped, trail);
    const { parents } = family;
    const parameters = this.#parameters(shaped, family);
    const inherited = inherit(shaped, family, parameters);
    const appliesTo = inheritAppliesTo(parents, shaped);
    const own = ownRequirements(shaped, { inherited: inherited.drafts, parameters, family, appliesTo });
    const drafts = new Map([...inherited.drafts, ...own.drafts]);
    this.problems.push(...inherited.problems, ...own.problems);
    if (drafts.size === 0 && own.problems.length + inherited.problems.length + shaped.problems.length === 0)
      this.problems.push(document.problem([], "found no requirement, expected one at least"));
    const tests = runSelfTests(shaped, drafts);
    this.problems.push(...findContradictions(document, drafts), ...tests.problems);
    const ancestors = new Set(parents.flatMap((parent) => [parent, ...parent.ancestors]));
    return {
      source: document.source,
      file: shaped.file,
      drafts,
      parameters,
      appliesTo,
      ancestors: [...ancestors],
      testCount: tests.count,
    };
  }

  #family(shaped: Shaped, trail: readonly string[]): Family {
    const { document, file, isSound, isReadable } = shaped;
    if (file.extends === undefined) return { parents: [], isWhole: true };
    if (!isReadable(["extends"])) return { parents: [], isWhole: false };
    const named =
      typeof file.extends === "string"
        ? [{ reference: file.extends, path: ["extends"] }]
        : file.extends
            .map((reference, index) => ({ reference, path: ["extends", index] }))
            .filter(({ path }) => isSound(path));
    const parents = named.map(({ reference, path }) => {
      const found = this.#read(reference, document.source);
      if (!found.ok) {
        const text = `found ${shown(reference)} in 'extends': ${found.problem}${suggestion(reference, found.names)}`;
        this.problems.push(document.problem(path, text));
        return null;
      }
      const fault = this.#fault(found.source, trail);
      if (fault !== null) {
        this.problems.push(document.problem(path, fault));
        return null;
      }
      return this.resolve(found.source, trail);
    });
    const found = parents.filter((parent) => parent !== null);
    return { parents: found, isWhole: isSound(["extends"]) && found.length === parents.length };
  }

  #fault(source: TextFile, trail: readonly string[]): string | null {
    if (trail.includes(source.id))
      return `found '${source.file}', which extends this pack itself, expected no circle`;
    if (trail.length >= maxLevels)
      return `found more than ${maxLevels} packs that extend each other, expected fewer`;
    if (this.#resolved.size >= maxFiles && !this.#resolved.has(source.id))
      return `found more than ${maxFiles} packs, expected fewer`;
    return null;
  }

  /** Inherited parameters, with the values that this pack sets, and its own. */
  #parameters({ document, file, isReadable, isSound }: Shaped, { parents, isWhole }: Family): Parameters {
    const inherited = new Map<string, ParameterValue>();
    const split = new Set<string>();
    for (const [name, value] of parents.flatMap(({ parameters }) => [...parameters])) {
      if (inherited.has(name) && JSON.stringify(inherited.get(name)) !== JSON.stringify(value))
        split.add(name);
      inherited.set(name, value);
    }
    const all = new Map(inherited);
    const set = isReadable(["set"]) ? Object.entries(file.set ?? {}) : [];
    for (const [name, value] of set) {
      const before = inherited.get(name);
      const path = ["set", name];
      if (!isSound(path)) continue;
      split.delete(name);
      if (before === undefined) {
        if (!isWhole) continue;
        const text = `found ${shown(name)} in 'set', expected an inherited parameter${suggestion(name, inherited.keys())}`;
        this.problems.push(document.problem(path, text, "name"));
      } else if (kindOf(before) === kindOf(value)) all.set(name, value);
      else {
        const text = `found ${kindOf(value)} for the parameter '${name}', expected ${kindOf(before)}, as it is inherited`;
        this.problems.push(document.problem(path, text));
      }
    }
    for (const name of split) {
      const text = `found two values of the parameter '${name}' in what is extended, expected one in 'set'`;
      this.problems.push(document.problem(["extends"], text, "name"));
    }
    const own = isReadable(["parameters"]) ? Object.entries(file.parameters ?? {}) : [];
    for (const [name, parameter] of own) {
      const path = ["parameters", name];
      if (!isSound(path)) continue;
      if (inherited.has(name)) {
        const text = `found the parameter '${name}' again, which is inherited, expected its value in 'set'`;
        this.problems.push(document.problem(path, text, "name"));
      } else all.set(name, parameter.value);
    }
    return all;
  }
}

function kindOf(value: ParameterValue): string {
  return typeof value === "number" ? "a number" : typeof value === "string" ? "text" : "a list";
}
