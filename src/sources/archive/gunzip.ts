import { createGunzip } from "node:zlib";
import { ArchiveFault } from "./archive.ts";
import type { ArchiveLimits } from "./archive-limits.ts";

/** Inflates a gzip stream, and stops where it grows out of proportion. Throws ArchiveFault. */
export async function gunzip(bytes: Uint8Array, limits: ArchiveLimits): Promise<Buffer> {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    stream.end(bytes);
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      total += chunk.length;
      const bomb = total > limits.ratioFloor && total > stream.bytesWritten * limits.ratio;
      if (bomb || total > limits.tarBytes) {
        throw new ArchiveFault(
          "archive.too-large",
          `${stream.bytesWritten} bytes of the compressed stream inflate to more than ${total}`,
        );
      }
    }
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause;
    throw new ArchiveFault("archive.damaged", "the compressed stream is cut or damaged", { cause });
  }
  return Buffer.concat(chunks, total);
}
