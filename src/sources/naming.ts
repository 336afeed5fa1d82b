/** Turns absolute paths into the ones that reports print: relative to the root of the run, `/` between names. */
export class PathNaming {
  readonly #root: string;
  readonly #outside = new Map<string, string>();

  /** `root`: absolute, `/` between names. */
  constructor(root: string) {
    this.#root = root.endsWith("/") ? root : `${root}/`;
  }

  /** Files outside the root go by their own name: a report holds no path of the machine that made it. */
  relative(path: string): string {
    if (path.startsWith(this.#root)) return path.slice(this.#root.length);
    if (`${path}/` === this.#root) return baseName(path);
    const known = this.#outside.get(path);
    if (known !== undefined) return known;
    const taken = new Set(this.#outside.values());
    let name = baseName(path);
    for (let number = 2; taken.has(name); number++) name = `${number}/${baseName(path)}`;
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
