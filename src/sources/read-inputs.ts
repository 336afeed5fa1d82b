import { buildDirectory } from "../formats/directory/build-directory.ts";
import type { DirectoryRecord } from "../formats/directory/record.ts";
import { directoryNotes } from "../formats/snapshot/directory-notes.ts";
import type { LookUp } from "../formats/readiness/look-ups.ts";
import { lookUpOf } from "../formats/readiness/look-ups.ts";
import { parseDirectoryFile } from "../formats/snapshot/parse-directory-file.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Directory, Inventory } from "../model/gpo.ts";
import { limits } from "../model/limits.ts";
import type { SourceFile } from "../model/location.ts";
import { mountArchives } from "./archive/mount-archives.ts";
import { FileReader } from "./file-reader.ts";
import { nameInputs } from "./name-inputs.ts";
import type { ReadinessSpec, ReadReadiness } from "./read-readiness.ts";
import { readReadiness } from "./read-readiness.ts";
import type { ReadSources, SourceSpec } from "./read-sources.ts";
import { readSources } from "./read-sources.ts";
import type { Vfs } from "./vfs.ts";

export interface InputSpec extends SourceSpec {
  readonly directoryFiles: readonly string[];
  /** What reported paths are relative to. */
  readonly root: string;
  /** Left out where no policy pack asks about readiness. */
  readonly readiness?: ReadinessSpec;
}

/** Everything that was read, before any of it is put together. */
export interface Inputs extends ReadSources {
  /** The GPOs that were given, and the directory. */
  readonly inventory: Inventory;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Directory files of which a part is lost: any object may be missing. Their reported paths. */
  readonly damagedDirectoryFiles: readonly string[];
  /** Directory files that hold no directory data at all. Their reported paths. */
  readonly uselessDirectoryFiles: readonly string[];
  /** What every report must say about how the directory was read; one sentence each. */
  readonly directoryNotes: readonly string[];
  /** Null where readiness was not asked for. */
  readonly readiness: ReadReadiness | null;
}

/** Reads sources of GPOs, evidence and directory files. Does not throw on what they hold. */
export function readInputs(base: Vfs, spec: InputSpec): Inputs {
  const archives = new Map([...(spec.archives ?? [])].map(([path, archive]) => [path, archive.vfs]));
  const vfs = mountArchives(base, archives);
  const evidence = (spec.evidence ?? []).map(({ path }) => path);
  const named = [...spec.paths, ...(spec.overlay ?? []), ...evidence];
  const reader = new FileReader(vfs, nameInputs(vfs, spec.root, named));
  const sources = readSources(reader, spec);
  const exports: (readonly DirectoryRecord[])[] = [];
  const damaged: string[] = [];
  const useless: string[] = [];
  const notes: string[] = [];
  const lookUps: LookUp[] = [];
  let mayHideObjects = false;
  for (const path of spec.directoryFiles) {
    const read = reader.read(path, "LDIF", parseDirectoryFile, limits.directoryFileBytes);
    const name = reader.naming.relative(path);
    const header = read?.parsed.header ?? null;
    if (header !== null) {
      notes.push(...directoryNotes(name, header));
      const record = read?.parsed.records[0];
      if (record !== undefined) lookUps.push(lookUpOf(record.location.path, header));
      mayHideObjects ||= header.collected.account === "limited";
    }
    if (read === null || read.parsed.records.length === 0) useless.push(name);
    else if (read.parsed.damaged) damaged.push(name);
    if (read !== null && read.parsed.records.length > 0) exports.push(read.parsed.records);
  }
  let directory: Directory | null = null;
  const diagnostics = reader.diagnostics;
  if (exports.length > 0) {
    const built = buildDirectory(...exports);
    directory = { ...built.directory, mayHideObjects };
    diagnostics.push(...built.diagnostics);
  }
  const readiness =
    spec.readiness === undefined ? null : readReadiness(reader, exports, spec.readiness, lookUps);
  return {
    ...sources,
    inventory: { gpts: sources.given.map(({ gpt }) => gpt), directory },
    files: reader.files,
    diagnostics,
    damagedDirectoryFiles: damaged,
    uselessDirectoryFiles: useless,
    directoryNotes: notes,
    readiness,
  };
}
