import type { FileKind } from "../model/location.ts";

const always: ReadonlySet<FileKind> = new Set<FileKind>(["list of accounts", "LDIF", "gpolint snapshot"]);

/** Which files took part in a verdict. */
export class Mattered {
  readonly #places: ReadonlySet<string>;
  readonly #containers = new Set<string>();

  /** `places`: reported paths of the GPOs in some chain, and of evidence that was used. */
  constructor(places: ReadonlySet<string>) {
    this.#places = places;
    for (const place of places) for (const above of foldersAbove(place)) this.#containers.add(above);
  }

  has({ path, kind }: { readonly path: string; readonly kind: FileKind }): boolean {
    if (always.has(kind) || this.#places.has(path)) return true;
    // An archive is the folder above what it holds.
    if (kind === "archive") return this.#containers.has(path);
    for (const above of foldersAbove(path)) if (this.#places.has(above)) return true;
    return false;
  }
}

function* foldersAbove(path: string): Generator<string> {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    yield path.slice(0, end);
}
