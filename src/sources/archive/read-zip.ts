import { fromBufferPromise } from "yauzl";
import type { ArchiveEntry } from "./archive.ts";
import { ArchiveFault, damagedBy } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";
import { quoteName } from "./entry-name.ts";
import type { ZipEntry } from "./zip-entry.ts";
import { zipEntry } from "./zip-entry.ts";

/** Entries of a zip file, from its central directory. Throws ArchiveFault. */
export async function readZip(bytes: Buffer, limits: ArchiveLimits): Promise<readonly ArchiveEntry[]> {
  const entries = await readCentralDirectory(bytes, limits);
  refuseOverlaps(entries);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const largest = entries.toSorted((a, b) => b.size - a.size)[0];
  const bomb = total > limits.ratioFloor && total > bytes.length * limits.ratio;
  if (largest !== undefined && (bomb || total > limits.totalBytes)) {
    throw new ArchiveFault(
      "archive.too-large",
      `${bytes.length} bytes inflate to ${total}, of which ${quoteName(largest.name)} is the largest`,
    );
  }
  return entries;
}

const centralSignature = 0x02014b50;

async function readCentralDirectory(bytes: Buffer, limits: ArchiveLimits): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  try {
    // Names are decoded by this program, which says so where it must guess.
    const zip = await fromBufferPromise(bytes, { decodeStrings: false });
    if (zip.entryCount > limits.entries)
      throw new ArchiveFault("archive.too-large", `more than ${limits.entries} entries`);
    for await (const entry of zip.eachEntry()) entries.push(zipEntry(bytes, entry, limits));
    // The count has 16 bits, and some programs let it run over. (The types of the library call the cursor a boolean.)
    const end = Number(zip.readEntryCursor);
    if (bytes.readUInt32LE(end) === centralSignature)
      throw new ArchiveFault("archive.damaged", "it lists more entries than it counts");
    return entries;
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause;
    throw damagedBy(cause);
  }
}

/** In an honest archive the data of entries lies side by side; shared data is how a few kilobytes become gigabytes. */
function refuseOverlaps(entries: readonly ZipEntry[]): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.start - b.start)) {
    if (entry.start < end) {
      throw new ArchiveFault(
        "archive.too-large",
        `${quoteName(entry.name)} shares its bytes with another entry`,
      );
    }
    end = entry.end;
  }
}
