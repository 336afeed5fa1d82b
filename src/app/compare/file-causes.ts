import type { RunInput } from "../../model/result.ts";
import type { GpoId, GpoIndex } from "./gpo-index.ts";

/** Files of one GPO that differ between two results, as sentences; `only`: no others than these. */
export function fileCauses(
  id: GpoId,
  name: string,
  { before, after, only }: { before: GpoIndex; after: GpoIndex; only: ReadonlySet<string> | null },
): string[] {
  const [old, now] = [before.files(id), after.files(id)];
  // A GPO whose files were read in one of the results only: links and folders tell that.
  if (old.size === 0 || now.size === 0) return [];
  const paths = [...new Set([...now.keys(), ...old.keys()])].sort();
  return paths
    .filter((path) => only === null || only.has(path))
    .flatMap((path) => {
      const text = changeOf(old.get(path), now.get(path));
      return text === null ? [] : [`GPO ${name}: ${text}`];
    });
}

function changeOf(old: RunInput | undefined, now: RunInput | undefined): string | null {
  if (old === undefined)
    return now === undefined ? null : `${fileName(now)} was added (sha256 ${short(now)})`;
  if (now === undefined) return `${fileName(old)} is gone (its sha256 was ${short(old)})`;
  if (old.sha256 === now.sha256) return null;
  return `${fileName(now)} changed (sha256 ${short(old)} -> ${short(now)})`;
}

function fileName({ path }: RunInput): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Enough to find it in the list of inputs, which has all of it. */
function short({ sha256 }: RunInput): string {
  return `${sha256.slice(0, 12)}..`;
}
