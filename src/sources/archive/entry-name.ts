import { ArchiveFault } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";

export interface EntryPlace {
  /** Names from the root of the archive down; none for the root itself. */
  readonly names: readonly string[];
  /** True where the name ends like that of a folder. */
  readonly folder: boolean;
  readonly backslashes: boolean;
}

/**
 * Where an entry stands. Some programs for Windows write backslashes, which APPNOTE.TXT 4.4.17 forbids. A name that leads
 * out of the archive is no accident: an archive that holds one is refused.
 */
export function placeEntry(name: string, limits: ArchiveLimits): EntryPlace {
  if (name.length > limits.nameLength)
    throw new ArchiveFault("archive.too-large", `a name of ${name.length} characters: ${quoteName(name)}`);
  const backslashes = name.includes("\\");
  const path = name.replaceAll("\\", "/");
  const names = path.split("/").filter((part) => part !== "" && part !== ".");
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) {
    throw new ArchiveFault("archive.traversal", `${quoteName(name)} is an absolute path`);
  }
  if (names.includes("..")) {
    throw new ArchiveFault("archive.traversal", `${quoteName(name)} climbs with ..`);
  }
  return { names, folder: path.endsWith("/"), backslashes };
}

const quoteLength = 80;

/** A name for a one-line message: the end of a long one says more than its start. */
export function quoteName(name: string): string {
  return name.length > quoteLength ? `...${name.slice(-quoteLength)}` : name;
}
