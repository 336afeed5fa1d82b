import { joinPath } from "../naming.ts";
import type { Vfs, VfsEntry } from "../vfs.ts";
import { ReadError } from "../vfs.ts";
import type { ArchiveEntry, EntryRefusal } from "./archive.ts";
import { ArchiveFault } from "./archive.ts";

interface Folder {
  readonly kind: "folder";
  readonly children: Map<string, Node>;
}

interface Leaf {
  readonly kind: Exclude<VfsEntry["kind"], "folder">;
  readonly size: number;
  readonly refusal: EntryRefusal | null;
  readonly content: () => Uint8Array;
}

type Node = Folder | Leaf;

const twice: EntryRefusal = {
  code: "archive.duplicate",
  text: "the archive holds more than one entry of this name",
};

/** The entries of one archive as folders and files. */
export class EntryTree {
  readonly #root: Folder = newFolder();
  readonly #limit: number;
  #size = 0;

  /** @param limit How many files and folders there may be: short names in a row cost more memory than they take. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False: something of the same name is there already, so that nobody knows which one counts. Neither is read then. */
  add(names: readonly string[], entry: ArchiveEntry): boolean {
    const name = names.at(-1);
    if (name === undefined) return true;
    const parent = this.#folderAt(names.slice(0, -1));
    if (parent === null) return false;
    const known = parent.children.get(name);
    if (known === undefined) {
      this.#put(parent, name, entry.kind === "folder" ? newFolder() : leaf(entry, entry.kind));
      return true;
    }
    if (known.kind === "folder" && entry.kind === "folder") return true;
    parent.children.set(name, contested(known.kind === entry.kind ? entry.kind : "other"));
    return false;
  }

  /** Shows the tree below a path. */
  vfs(path: string): Vfs {
    const find = (wanted: string): Node | null => this.#find(path, wanted);
    return {
      list(folder) {
        const node = find(folder);
        if (node?.kind !== "folder") throw new ReadError("missing", "no such folder in the archive");
        return [...node.children]
          .map(([name, { kind }]): VfsEntry => ({ name, kind }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      },
      read(wanted, limit) {
        const node = find(wanted);
        if (node === null || node.kind === "folder")
          throw new ReadError("missing", "no such file in the archive");
        if (node.refusal !== null) throw new ReadError("failed", node.refusal.text);
        if (node.size > limit)
          throw new ReadError("too-large", `${node.size} bytes, and the limit is ${limit}`);
        return node.content();
      },
      kindOf: (wanted) => find(wanted)?.kind ?? "missing",
    };
  }

  #find(root: string, path: string): Node | null {
    if (path === root) return this.#root;
    const base = joinPath(root, "");
    if (!path.startsWith(base)) return null;
    let node: Node = this.#root;
    for (const name of path.slice(base.length).split("/")) {
      const next: Node | undefined = node.kind === "folder" ? node.children.get(name) : undefined;
      if (next === undefined) return null;
      node = next;
    }
    return node;
  }

  /** Null: a file stands where a folder should. */
  #folderAt(names: readonly string[]): Folder | null {
    let folder = this.#root;
    for (const name of names) {
      const known = folder.children.get(name);
      if (known !== undefined && known.kind !== "folder") {
        folder.children.set(name, contested("other"));
        return null;
      }
      const next = known ?? newFolder();
      if (known === undefined) this.#put(folder, name, next);
      folder = next;
    }
    return folder;
  }

  #put(folder: Folder, name: string, node: Node): void {
    if (++this.#size > this.#limit)
      throw new ArchiveFault("archive.too-large", `more than ${this.#limit} files and folders`);
    folder.children.set(name, node);
  }
}

function newFolder(): Folder {
  return { kind: "folder", children: new Map() };
}

function leaf({ size, refusal, content }: ArchiveEntry, kind: Leaf["kind"]): Leaf {
  return { kind, size, refusal, content };
}

function contested(kind: VfsEntry["kind"]): Leaf {
  return {
    kind: kind === "folder" ? "other" : kind,
    size: 0,
    refusal: twice,
    content: () => new Uint8Array(),
  };
}
