import type { EngineOptions, ResolvedTarget } from "../../src/engine/engine.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { DomainSpec } from "./domain.ts";
import { makeDomain } from "./domain.ts";

export const noAssumptions: EngineOptions = { assumeNoSiteLinks: false, wmiFilters: new Map() };

/** Resolves the first computer of a domain. */
export function resolveFirst(spec: DomainSpec, options: Partial<EngineOptions> = {}): ResolvedTarget {
  const { inventory, directory } = makeDomain(spec);
  const [computer] = directory.computers;
  if (computer === undefined) throw new Error("the domain has no computer");
  return new Engine(inventory, directory, { ...noAssumptions, ...options }).resolve(computer);
}
