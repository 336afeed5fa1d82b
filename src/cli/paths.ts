import { existsSync } from "node:fs";
import { resolve, sep } from "node:path";
import { fsVfs } from "../sources/fs-vfs.ts";
import { ReadError } from "../sources/vfs.ts";
import { UsageError } from "./io.ts";

/** Absolute path with `/` between names, of a path as typed: UNC paths and backslashes are fine everywhere. */
export function toAbsolute(cwd: string, path: string): string {
  const direct = slashes(resolve(cwd, path));
  // A backslash is a legal character of a POSIX name; only where no such file exists it was meant as a separator.
  if (sep === "/" && path.includes("\\") && !existsSync(direct))
    return slashes(resolve(cwd, path.replaceAll("\\", "/")));
  return direct;
}

function slashes(path: string): string {
  return sep === "\\" ? path.replaceAll("\\", "/") : path;
}

/** Refuses a path that does not exist, or that is not of the wanted kind. */
export function requirePath(
  path: string,
  typed: string,
  wanted: "folder" | "file" | "any",
  what: string,
): void {
  let kind: string;
  try {
    kind = fsVfs.kindOf(path);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    throw new UsageError(`cannot read ${what} '${typed}': ${error.message}`);
  }
  if (kind === "missing") throw new UsageError(`cannot read ${what} '${typed}': no such file or folder`);
  // A pipe or device has no end to read to, and may never have a beginning.
  const isOther = kind !== "file" && kind !== "folder";
  if (isOther || (wanted !== "any" && kind !== wanted)) {
    const is = isOther ? "neither a file nor a folder" : `a ${kind}`;
    const needed = wanted === "any" ? "a file or folder" : `a ${wanted}`;
    throw new UsageError(`cannot read ${what} '${typed}': it is ${is}, and ${needed} is needed`);
  }
}

/** What reported paths are relative to: `--root`, else the git root around the first path, else that path. */
export function findRoot(paths: readonly string[], root: string | null): string {
  if (root !== null) return root;
  const first = paths[0] ?? "/";
  for (let folder = first; folder.includes("/"); folder = folder.slice(0, folder.lastIndexOf("/"))) {
    if (existsSync(`${folder}/.git`)) return folder;
  }
  return fsVfs.kindOf(first) === "file" ? first.slice(0, first.lastIndexOf("/")) : first;
}
