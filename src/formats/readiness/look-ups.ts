import type { SnapshotHeader } from "../snapshot/snapshot-header.ts";

/** What one snapshot was asked for by name. */
export interface LookUp {
  /** Path of the snapshot, as its records carry it. */
  readonly path: string;
  readonly domains: ReadonlySet<string>;
  /** sAMAccountNames without `$`, in lower case. */
  readonly names: ReadonlySet<string>;
  /** In lower case. */
  readonly principalNames: ReadonlySet<string>;
  /** Whether an attribute that is not there is not set: from others than administrators it may be hidden. */
  readonly showsAll: boolean;
}

/** A look-up that met a problem may have failed itself, so nothing counts as asked for. */
export function lookUpOf(path: string, header: SnapshotHeader): LookUp {
  const { names, principalNames } = header.lookedUp;
  const failed = header.problems.length > 0;
  return {
    path,
    domains: new Set(header.domains.map(({ name }) => name.toLowerCase())),
    names: new Set(failed ? [] : names),
    principalNames: new Set(failed ? [] : principalNames.map((name) => name.toLowerCase())),
    showsAll: header.collected.account === "administrator",
  };
}

/** Whether each of these domains, and there is one, was asked for what `wanted` looks for. */
export function everyDomainAsked(
  domains: readonly string[],
  lookUps: readonly LookUp[],
  wanted: (lookUp: LookUp) => boolean,
): boolean {
  const asked = lookUps.filter(wanted);
  return domains.length > 0 && domains.every((name) => asked.some((lookUp) => lookUp.domains.has(name)));
}
