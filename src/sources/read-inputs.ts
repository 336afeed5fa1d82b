import { buildDirectory } from "../formats/directory/build-directory.ts";
import type { DirectoryRecord } from "../formats/directory/record.ts";
import { parseLdif } from "../formats/ldif/parse-ldif.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Directory, Inventory } from "../model/gpo.ts";
import { limits } from "../model/limits.ts";
import type { SourceFile } from "../model/location.ts";
import { FileReader } from "./file-reader.ts";
import { PathNaming } from "./naming.ts";
import { readSysvol } from "./sysvol.ts";
import type { Vfs } from "./vfs.ts";

export interface InputSpec {
  /** Absolute, `/` between names. */
  readonly paths: readonly string[];
  readonly directoryFiles: readonly string[];
  /** What reported paths are relative to. */
  readonly root: string;
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
}

/** Reads SYSVOL exports and directory files. Does not throw on what they hold. */
export function readInputs(vfs: Vfs, spec: InputSpec): Inputs {
  const reader = new FileReader(vfs, new PathNaming(spec.root));
  const gpts = spec.paths.flatMap((path) => readSysvol(reader, path));
  const exports: (readonly DirectoryRecord[])[] = [];
  const damaged: string[] = [];
  const useless: string[] = [];
  for (const path of spec.directoryFiles) {
    const read = reader.read(path, "LDIF", parseLdif, limits.directoryFileBytes);
    const name = reader.naming.relative(path);
    if (read === null || read.parsed.records.length === 0) useless.push(name);
    else if (read.parsed.damaged) damaged.push(name);
    if (read !== null && read.parsed.records.length > 0) exports.push(read.parsed.records);
  }
  let directory: Directory | null = null;
  const diagnostics = reader.diagnostics;
  if (exports.length > 0) {
    const built = buildDirectory(...exports);
    directory = built.directory;
    diagnostics.push(...built.diagnostics);
  }
  return {
    inventory: { gpts, directory },
    files: reader.files,
    diagnostics,
    damagedDirectoryFiles: damaged,
    uselessDirectoryFiles: useless,
  };
}
