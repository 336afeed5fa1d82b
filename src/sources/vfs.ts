/** One entry of a folder. */
export interface VfsEntry {
  readonly name: string;
  /** `link`: a symbolic link or junction, never followed. */
  readonly kind: "file" | "folder" | "link" | "other";
}

/** Why a file or folder could not be read, as one short phrase. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  readonly code: "missing" | "denied" | "too-large" | "failed";

  constructor(code: ReadError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Read access to files, whatever holds them. Paths are absolute with `/` between names. Throws only ReadError. */
export interface Vfs {
  /** Entries in ordinal name order. */
  list(folder: string): readonly VfsEntry[];
  /** The whole file; `limit` in bytes. */
  read(path: string, limit: number): Uint8Array;
  kindOf(path: string): VfsEntry["kind"] | "missing";
  /**
   * The file piece by piece, so that a large one never stands in memory as a whole; left out where only `read` can be asked.
   * A piece is valid only until the next one is asked for. Throws in the middle too.
   */
  chunks?(path: string, limit: number): Iterable<Uint8Array>;
}
