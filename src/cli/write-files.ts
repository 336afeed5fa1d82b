import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "./io.ts";

/** Writes a file aside and renames it, so that nobody ever sees half a report. Makes the folders above it. */
export function writeWhole(path: string, text: string): void {
  const aside = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(aside, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  try {
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): UsageError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new UsageError(`cannot write '${path}': ${reasons[code] ?? `writing failed (${code})`}`);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "access denied",
  EPERM: "access denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
};
