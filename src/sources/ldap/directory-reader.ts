import type { SnapshotObject, SnapshotValue } from "../../formats/snapshot/write-snapshot.ts";
import type { CollectedObjects } from "./collected-objects.ts";
import type { SearchSpec } from "./connection.ts";
import { SdFlagsControl } from "./controls.ts";
import type { ReadObject } from "./entry-object.ts";
import { completeRanges, entryObject } from "./entry-object.ts";
import { filters } from "./read-plan.ts";
import type { LdapSession, SearchOutcome } from "./session.ts";

/** Told what is being read, and how many objects there are so far. */
export type Progress = (what: string, count: number) => void;

/** Reads objects whole, ranges included, and keeps account of them. */
export class DirectoryReader {
  readonly collected: CollectedObjects;
  readonly #session: LdapSession;
  readonly #progress: Progress;

  constructor(session: LdapSession, collected: CollectedObjects, progress: Progress) {
    this.#session = session;
    this.collected = collected;
    this.#progress = progress;
  }

  /** Objects of a search that everything rests on; an early end of it is a problem of the whole snapshot. */
  async need(what: string, spec: SearchSpec): Promise<readonly SnapshotObject[]> {
    const { found, failure } = await this.look(what, spec);
    if (failure !== null) this.collected.fail(what, failure.message);
    for (const object of found) this.collected.add(object);
    return found;
  }

  /** One object that may be absent or hidden without harm; null where it is. */
  async tryObject(
    what: string,
    base: string,
    attributes: readonly string[],
    controls: SearchSpec["controls"] = [],
  ): Promise<SnapshotObject | null> {
    const spec: SearchSpec = { base, scope: "base", filter: filters.any, attributes, controls };
    const { found, failure } = await this.look(what, spec);
    const [object] = found;
    if (object === undefined)
      this.collected.leaveOut(
        what,
        failure?.message ?? "there is no such object, or the account may not see it",
      );
    return object ?? null;
  }

  /** Objects of a search that are only looked at, with what ended it early. */
  async look(what: string, spec: SearchSpec): Promise<SearchOutcome<ReadObject>> {
    this.#progress(what, this.collected.count);
    const wanted = new Set(spec.attributes.map((name) => name.toLowerCase()));
    const outcome = await this.#session.search(what, spec, (entry) => entryObject(entry, wanted));
    for (const object of outcome.found) await completeRanges(this.#session, object);
    return outcome;
  }
}

/** Control for the wanted parts of descriptors. */
export function descriptorParts(flags: number): readonly [SdFlagsControl] {
  return [new SdFlagsControl(flags)];
}

/** The first value as text. */
export function textOf(object: SnapshotObject | undefined, name: string): string | null {
  const value = object?.attributes.get(name)?.[0];
  return typeof value === "string" ? value : null;
}

/** All values as bytes. */
export function bytesOf(object: SnapshotObject | undefined, name: string): readonly Uint8Array[] {
  return (object?.attributes.get(name) ?? []).map(toBytes);
}

function toBytes(value: SnapshotValue): Uint8Array {
  return typeof value === "string" ? new TextEncoder().encode(value) : Buffer.from(value.base64, "base64");
}
