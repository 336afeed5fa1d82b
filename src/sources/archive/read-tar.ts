import type { TarHeader } from "modern-tar";
import { unpackTar } from "modern-tar";
import type { VfsEntry } from "../vfs.ts";
import type { ArchiveEntry, EntryRefusal } from "./archive.ts";
import { ArchiveFault, damagedBy } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { quoteName } from "./entry-name.ts";
import { tarFault } from "./tar-checks.ts";

/** Entries of a tar file: ustar, pax or GNU. Throws ArchiveFault. */
export async function readTar(bytes: Uint8Array, limits: ArchiveLimits): Promise<readonly ArchiveEntry[]> {
  let count = 0;
  const filter = (): boolean => {
    if (++count > limits.entries)
      throw new ArchiveFault("archive.too-large", `more than ${limits.entries} entries`);
    return true;
  };
  try {
    // Strict: every checksum fits, nothing is cut, and the two empty blocks stand at the end.
    const unpacked = await unpackTar(bytes, { strict: true, filter });
    const fault = tarFault(bytes);
    if (fault !== null) throw new ArchiveFault("archive.damaged", fault);
    return unpacked.map(({ header, data }) => tarEntry(header, data ?? new Uint8Array()));
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause;
    throw damagedBy(cause);
  }
}

function tarEntry(header: TarHeader, data: Uint8Array): ArchiveEntry {
  return {
    name: header.name,
    // The library writes U+FFFD for bytes that are not UTF-8.
    nameGuessed: header.name.includes("\ufffd"),
    kind: kindOf(header),
    size: data.length,
    refusal: refusalOf(header),
    content: () => data,
  };
}

function kindOf({ type }: TarHeader): VfsEntry["kind"] {
  switch (type) {
    case "file":
      return "file";
    case "directory":
      return "folder";
    case "symlink":
    case "link":
      return "link";
    default:
      return "other";
  }
}

/** GNU tar keeps a sparse file under its own name too, with the holes left out of the data. */
function refusalOf({ pax, name }: TarHeader): EntryRefusal | null {
  const sparse = Object.keys(pax ?? {}).some((key) => key.startsWith("GNU.sparse."));
  return sparse ? { code: "archive.method", text: `${quoteName(name)} is stored as a sparse file` } : null;
}
