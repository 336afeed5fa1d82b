import type { DiagnosticCode } from "../../model/diagnostic-codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Vfs, VfsEntry } from "../vfs.ts";

/** What an archive is to this program. `other`: recognised, but not a kind that is read. */
export type ArchiveKind = "zip" | "tar" | "tar.gz" | "other";

/** An archive that looks like a folder. */
export interface Archive {
  readonly kind: ArchiveKind;
  /** Entries stand at `<path of the archive>/<path of the entry>`; the archive itself is the folder above them. */
  readonly vfs: Vfs;
  readonly diagnostics: readonly Diagnostic[];
  /** True: the archive was refused as a whole, and `vfs` fails for everything in it. */
  readonly damaged: boolean;
  readonly size: number;
  /** SHA-256 of the archive file, lower-case hex. */
  readonly sha256: string;
}

/** One entry as its container describes it. */
export interface ArchiveEntry {
  /** Decoded, otherwise as it stands in the container. */
  readonly name: string;
  /** True: the encoding of the name is not certain. */
  readonly nameGuessed: boolean;
  readonly kind: VfsEntry["kind"];
  /** Size of the content as declared. */
  readonly size: number;
  /** Why the content is not read, whatever asks for it. */
  readonly refusal: EntryRefusal | null;
  /** The whole content. Throws ReadError. */
  readonly content: () => Uint8Array;
}

export interface EntryRefusal {
  readonly code: DiagnosticCode;
  /** One short phrase. */
  readonly text: string;
}

/** Why nothing of an archive may be used: a part of it is lost, or it was made to do harm. */
export class ArchiveFault extends Error {
  override readonly name = "ArchiveFault";
  readonly code: DiagnosticCode;

  constructor(code: DiagnosticCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a library threw on damaged content, told like everything else: one clause without a full stop. */
export function damagedBy(cause: unknown): ArchiveFault {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [first = ""] = text.split(/\.\s/);
  const clause = first.replace(/[.\s]+$/, "").replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return new ArchiveFault("archive.damaged", clause, { cause });
}
