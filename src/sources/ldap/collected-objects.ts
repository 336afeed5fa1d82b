import type { Remark } from "../../formats/snapshot/snapshot-header.ts";
import type { SnapshotObject } from "../../formats/snapshot/write-snapshot.ts";
import { dnKey } from "../../model/dn.ts";

/** What was read so far, each object once, and what could not be. */
export class CollectedObjects {
  readonly #objects = new Map<string, SnapshotObject>();
  readonly #notCollected = new Map<string, Remark>();
  readonly #problems = new Map<string, Remark>();

  /** Two searches may each bring a part of one object. */
  add(object: SnapshotObject): void {
    const key = dnKey(object.dn);
    const known = this.#objects.get(key);
    const { dn, attributes, partial } = object;
    this.#objects.set(key, {
      dn: known?.dn ?? dn,
      attributes: new Map([...(known?.attributes ?? []), ...attributes]),
      partial: new Set([...(known?.partial ?? []), ...partial]),
    });
  }

  get objects(): Iterable<SnapshotObject> {
    return this.#objects.values();
  }

  get count(): number {
    return this.#objects.size;
  }

  leaveOut(what: string, why: string): void {
    this.#notCollected.set(`${what}\n${why}`, { what, why });
  }

  /** For what should be there: whatever rests on it cannot be decided any more. */
  fail(what: string, why: string): void {
    this.#problems.set(`${what}\n${why}`, { what, why });
  }

  get notCollected(): readonly Remark[] {
    return sorted(this.#notCollected);
  }

  get problems(): readonly Remark[] {
    return sorted(this.#problems);
  }
}

function sorted(remarks: ReadonlyMap<string, Remark>): readonly Remark[] {
  return [...remarks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, remark]) => remark);
}
