/** Turns absolute paths into the ones that reports print: relative to the root of the run, `/` between names. */
export class PathNaming {
  readonly #root: string;
  readonly #isTaken: (name: string) => boolean;
  readonly #outside = new Map<string, string>();

  /**
   * @param root Absolute, `/` between names.
   * @param isTaken Whether something in the root has this name, so that nothing outside may go by it.
   */
  constructor(root: string, isTaken: (name: string) => boolean = () => false) {
    this.#root = root.endsWith("/") ? root : `${root}/`;
    this.#isTaken = isTaken;
  }

  /**
   * What lies outside the root goes by its own name, and what lies in a folder that was named before by its place in that
   * folder: a report holds no path of the machine that made it.
   */
  relative(path: string): string {
    if (path.startsWith(this.#root)) return path.slice(this.#root.length);
    if (`${path}/` === this.#root) return baseName(path);
    return this.#belowKnown(path) ?? this.#newName(path);
  }

  #belowKnown(path: string): string | null {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const known = this.#outside.get(path.slice(0, end));
      if (known !== undefined) return known + path.slice(end);
    }
    return null;
  }

  #newName(path: string): string {
    const own = baseName(path);
    const taken = new Set([baseName(this.#root.slice(0, -1)), ...this.#outside.values()]);
    let name = own;
    for (let number = 2; taken.has(name) || this.#isTaken(name); number++) name = `${number}/${own}`;
    this.#outside.set(path, name);
    return name;
  }
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}
