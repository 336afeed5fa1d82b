import type { RunInput, ScanResult } from "../model/result.ts";
import type {
  VerifiedContent,
  VerifiedDifference,
  VerifiedState,
  VerifiedWhat,
  Verification,
} from "../model/verification.ts";
import { verifiedStates } from "../model/verification.ts";
import type { Archive } from "../sources/archive/archive.ts";
import { mountArchives } from "../sources/archive/mount-archives.ts";
import { openArchives } from "../sources/archive/open-archives.ts";
import { hashFile } from "../sources/hash-file.ts";
import { ReportedPlaces } from "../sources/reported-places.ts";
import type { Vfs } from "../sources/vfs.ts";
import { ReadError } from "../sources/vfs.ts";
import { findNew } from "./verify-new.ts";
import type { Checked, VerifyRequest } from "./verify-request.ts";

/** Reads again what a result was made from, and says what is not the same any more. Judges nothing. */
export async function verify(base: Vfs, request: VerifyRequest): Promise<Verification> {
  const { saved, root, given, version } = request;
  const { run } = saved.result;
  const places = new ReportedPlaces(base, root, given);
  const archives = await openArchives(archivePlaces(saved.result, places, given));
  const vfs = mountArchives(base, new Map([...archives].map(([path, archive]) => [path, archive.vfs])));
  const book = new Book();
  const files = { base, vfs, archives, places };
  for (const input of run.inputs) book.add("input", input.path, input, checkInput(files, input));
  for (const found of findNew(vfs, archives, places, request))
    book.add("input", found.path, null, found.difference);
  for (const pack of run.policies)
    book.add("policy", pack.name, { size: null, sha256: pack.sha256 }, request.checkPack(pack));
  for (const register of run.waivers)
    book.add(
      "waivers",
      register.path,
      { size: null, sha256: register.sha256 },
      request.checkRegister(register),
    );
  return {
    schemaVersion: "1.0",
    tool: { name: "gpolint", version },
    result: {
      path: saved.path,
      sha256: saved.sha256,
      toolVersion: run.tool.version,
      startTime: run.startTime,
    },
    ...book.summary(),
  };
}

/** Everything that may be an archive: what was given, and what the result says was one. */
function archivePlaces(
  { run }: ScanResult,
  places: ReportedPlaces,
  given: readonly string[],
): readonly string[] {
  const recorded = [
    ...run.inputs.filter(({ kind }) => kind === "archive"),
    ...run.sources.filter(({ archive }) => archive !== null),
  ];
  return [...given, ...recorded.flatMap(({ path }) => places.find(path) ?? [])];
}

class Book {
  readonly #same: Record<VerifiedWhat, number> = { input: 0, policy: 0, waivers: 0 };
  readonly #differences: VerifiedDifference[] = [];

  add(what: VerifiedWhat, path: string, recorded: VerifiedContent | null, checked: Checked): void {
    if (checked === null) this.#same[what]++;
    else {
      const content = recorded === null ? null : { size: recorded.size, sha256: recorded.sha256 };
      this.#differences.push({ what, path, recorded: content, ...checked });
    }
  }

  summary(): Pick<Verification, "same" | "counts" | "differences" | "exitCode"> {
    const counts: Record<VerifiedState, number> = { changed: 0, missing: 0, new: 0, unreadable: 0 };
    for (const { state } of this.#differences) counts[state]++;
    const differences = [...this.#differences].sort(
      (a, b) => verifiedStates.indexOf(a.state) - verifiedStates.indexOf(b.state),
    );
    // Without any input there is nothing that could be the same.
    const inputs = this.#same.input + differences.filter(({ what }) => what === "input").length;
    const unread = counts.unreadable > 0 || inputs === 0;
    return {
      same: this.#same,
      counts,
      differences,
      exitCode: unread ? 3 : differences.length > 0 ? 1 : 0,
    };
  }
}

interface Files {
  readonly base: Vfs;
  readonly vfs: Vfs;
  readonly archives: ReadonlyMap<string, Archive>;
  readonly places: ReportedPlaces;
}

function checkInput({ base, vfs, archives, places }: Files, input: RunInput): Checked {
  const path = places.find(input.path);
  const missing = { state: "missing", found: null, text: whereText(input) } as const;
  if (path === null) return missing;
  try {
    // An archive that was opened looks like a folder.
    const owner = archives.has(path) ? base : vfs;
    const kind = owner.kindOf(path);
    if (kind === "missing" || kind === "folder") return missing;
    if (kind !== "file")
      return { state: "unreadable", found: null, text: "it is neither a file nor a folder" };
    const found = hashFile(owner, path);
    if (found.size === input.size && found.sha256 === input.sha256) return null;
    return { state: "changed", found, text: null };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    if (error.code === "missing") return missing;
    return { state: "unreadable", found: null, text: error.message };
  }
}

function whereText({ kind }: RunInput): string | null {
  if (kind === "gpolint snapshot")
    return "if the scan read it with --ldap, nothing was kept: collect keeps a snapshot in a file";
  return kind === "LDIF" || kind === "list of accounts"
    ? "give it as a further PATH if it lies outside of the root"
    : null;
}
