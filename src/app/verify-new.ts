import type { SourceFile } from "../model/location.ts";
import type { ScanResult } from "../model/result.ts";
import type { Archive } from "../sources/archive/archive.ts";
import { FileReader } from "../sources/file-reader.ts";
import { hashFile } from "../sources/hash-file.ts";
import type { SourceSpec } from "../sources/read-sources.ts";
import { readSources } from "../sources/read-sources.ts";
import type { ReportedPlaces } from "../sources/reported-places.ts";
import type { Vfs } from "../sources/vfs.ts";
import { ReadError } from "../sources/vfs.ts";
import type { Checked, VerifyRequest } from "./verify-request.ts";

interface FoundNew {
  readonly path: string;
  readonly difference: NonNullable<Checked>;
}

/**
 * What a scan would read today and the result does not have, and what nobody can look into any more. The sources are read
 * as a scan reads them, each in the role that it had: only so is it known which files count.
 */
export function findNew(
  vfs: Vfs,
  archives: ReadonlyMap<string, Archive>,
  places: ReportedPlaces,
  request: VerifyRequest,
): FoundNew[] {
  const { run, diagnostics } = request.saved.result;
  const known = new Set(run.inputs.map(({ path }) => path));
  const { spec, others } = sortGiven(vfs, places, request, known);
  const reader = new FileReader(vfs, places.naming);
  readSources(reader, { ...spec, as: request.as, archives });
  const files = new Map(reader.files.map((file) => [file.path, file]));
  const fresh = [...files.values()].filter(({ path }) => !known.has(path)).map(toNew);
  const read = new Set([...known, ...files.keys()]);
  const alone = others
    .filter((path) => !read.has(places.naming.relative(path)))
    .map((path) => lone(vfs, places, path));
  // What could not be read then either changes nothing.
  const told = new Set(diagnostics.map(({ code, path }) => `${code} ${path}`));
  const unread = reader.diagnostics.filter(
    ({ code, path }) =>
      (code === "file.unreadable" || code === "file.too-large") &&
      !known.has(path) &&
      !told.has(`${code} ${path}`),
  );
  const closed = new Map(
    unread.map(({ path, detail }) => [
      path,
      {
        path,
        difference: { state: "unreadable", found: null, text: detail === "" ? "it cannot be read" : detail },
      } as const,
    ]),
  );
  return [...fresh, ...alone, ...closed.values()];
}

function toNew({ path, size, sha256 }: SourceFile): FoundNew {
  return { path, difference: { state: "new", found: { size, sha256 }, text: null } };
}

/** A file that was given and that nothing in the result is. */
function lone(vfs: Vfs, places: ReportedPlaces, path: string): FoundNew {
  const name = places.naming.relative(path);
  try {
    return { path: name, difference: { state: "new", found: hashFile(vfs, path), text: null } };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { path: name, difference: { state: "unreadable", found: null, text: error.message } };
  }
}

interface Sorted {
  readonly spec: SourceSpec;
  /** Files that were given and have no role in the result. */
  readonly others: readonly string[];
}

function sortGiven(
  vfs: Vfs,
  places: ReportedPlaces,
  { saved, given }: VerifyRequest,
  known: ReadonlySet<string>,
): Sorted {
  const byRole: Record<ScanResult["run"]["sources"][number]["role"], string[]> = {
    policy: [],
    overlay: [],
    evidence: [],
  };
  const placed = new Set<string>();
  for (const { path, role } of saved.result.run.sources) {
    const place = places.find(path);
    if (place === null || kindOf(vfs, place) === "missing") continue;
    byRole[role].push(place);
    placed.add(place);
  }
  const rest = given.filter((path) => !placed.has(path) && !known.has(places.naming.relative(path)));
  const spec: SourceSpec = {
    paths: [...byRole.policy, ...rest],
    overlay: byRole.overlay,
    evidence: byRole.evidence.map((path) => ({ host: null, path })),
  };
  return { spec, others: rest.filter((path) => kindOf(vfs, path) === "file") };
}

function kindOf(vfs: Vfs, path: string): string {
  try {
    return vfs.kindOf(path);
  } catch (error) {
    // It is there, and whoever reads it says why it cannot be read.
    if (error instanceof ReadError) return "other";
    throw error;
  }
}
