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
import { FileReader } from "./file-reader.ts";
import { PathNaming } from "./naming.ts";
import type { ReadinessSpec, ReadReadiness } from "./read-readiness.ts";
import { readReadiness } from "./read-readiness.ts";
import { readSysvol } from "./sysvol.ts";
import type { Vfs } from "./vfs.ts";

export interface InputSpec {
  /** Absolute, `/` between names. */
  readonly paths: readonly string[];
  readonly directoryFiles: readonly string[];
  /** What reported paths are relative to. */
  readonly root: string;
  /** Left out where no policy pack asks about readiness. */
  readonly readiness?: ReadinessSpec;
}

/** Everything that was read, before any of it is put together. */
export interface Inputs {
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

/** Reads SYSVOL exports and directory files. Does not throw on what they hold. */
export function readInputs(vfs: Vfs, spec: InputSpec): Inputs {
  const reader = new FileReader(vfs, new PathNaming(spec.root));
  const gpts = spec.paths.flatMap((path) => readSysvol(reader, path));
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
    inventory: { gpts, directory },
    files: reader.files,
    diagnostics,
    damagedDirectoryFiles: damaged,
    uselessDirectoryFiles: useless,
    directoryNotes: notes,
    readiness,
  };
}
