import { joinPath, PathNaming } from "./naming.ts";
import type { Vfs } from "./vfs.ts";
import { ReadError } from "./vfs.ts";

/** @param named Everything that the user named, in order: what lies in it goes by its place there. */
export function nameInputs(vfs: Vfs, root: string, named: readonly string[]): PathNaming {
  const naming = new PathNaming(root, (name) => exists(vfs, joinPath(root, name)));
  for (const path of named) naming.relative(path);
  return naming;
}

function exists(vfs: Vfs, path: string): boolean {
  try {
    return vfs.kindOf(path) !== "missing";
  } catch (error) {
    if (error instanceof ReadError) return false;
    throw error;
  }
}
