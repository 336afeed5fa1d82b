import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * SHA-256 over names and contents of files and folders below `base`. Content, not time: a checkout or a copy gives
 * every file a new time and changes nothing. A path that is not there counts as such.
 *
 * @param {string} base
 * @param {readonly string[]} paths
 * @param {(path: string) => boolean} accept
 */
export function fingerprint(base, paths, accept = () => true) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((each) => listFiles(base, each))) {
    if (!accept(path)) continue;
    const content = existsSync(join(base, path)) ? readFileSync(join(base, path)) : null;
    hash.update(`${path}\0${content === null ? "absent" : content.length}\0`);
    if (content !== null) hash.update(content);
  }
  return hash.digest("hex");
}

/** Files below a path, sorted, `/` as separator; a path that is no folder stands for itself. */
function listFiles(base, path) {
  const full = join(base, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => listFiles(base, `${path}/${name}`));
}

export const isGenerated = (path) => /\.gen\.[a-z.]+$/.test(path);
