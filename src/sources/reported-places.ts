import { nameInputs } from "./name-inputs.ts";
import type { PathNaming } from "./naming.ts";
import { baseName, joinPath } from "./naming.ts";
import type { Vfs } from "./vfs.ts";

/**
 * Where the files of a saved result are now. What was given is named as a scan names it, so that a reported path leads back:
 * to what lies below the root, and else into what was given.
 */
export class ReportedPlaces {
  readonly naming: PathNaming;
  readonly #root: string;
  readonly #outside = new Map<string, string>();
  readonly #givenRoot: boolean;

  /** @param given Absolute, in the order in which the scan was given them. */
  constructor(vfs: Vfs, root: string, given: readonly string[]) {
    this.naming = nameInputs(vfs, root, given);
    this.#root = root;
    this.#givenRoot = given.includes(root);
    const prefix = root.endsWith("/") ? root : `${root}/`;
    for (const path of given)
      if (path !== root && !path.startsWith(prefix)) this.#outside.set(this.naming.relative(path), path);
  }

  /** Absolute path of what a result reports under a path; nothing says that it is there. Null: it cannot be anywhere. */
  find(reported: string): string | null {
    // A result is a file like any other: it must not lead out of what was given.
    if (reported === "" || reported.split("/").some((part) => part === "" || part === "." || part === ".."))
      return null;
    for (let end = reported.length; end > 0; end = reported.lastIndexOf("/", end - 1)) {
      const known = this.#outside.get(reported.slice(0, end));
      if (known !== undefined) return known + reported.slice(end);
    }
    if (this.#givenRoot && reported === baseName(this.#root)) return this.#root;
    return joinPath(this.#root, reported);
  }
}
