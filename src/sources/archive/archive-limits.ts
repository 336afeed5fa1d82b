/** Hard limits against hostile archives. */
export interface ArchiveLimits {
  /** Size of the archive file. */
  readonly archiveBytes: number;
  /** Entries, and files and folders that they make. */
  readonly entries: number;
  /** Characters of the name of one entry; Windows allows so many in a path. */
  readonly nameLength: number;
  /** Declared content of all entries of a zip. */
  readonly totalBytes: number;
  /** A tar must lie in memory as a whole. */
  readonly tarBytes: number;
  /** Content over packed size, once there is more content than `ratioFloor`. DEFLATE reaches 1032, policy files 50. */
  readonly ratio: number;
  readonly ratioFloor: number;
}

const mebibyte = 1024 * 1024;

export const archiveLimits: ArchiveLimits = {
  archiveBytes: 512 * mebibyte,
  entries: 200_000,
  nameLength: 32_767,
  totalBytes: 4096 * mebibyte,
  tarBytes: 512 * mebibyte,
  ratio: 200,
  ratioFloor: 4 * mebibyte,
};
