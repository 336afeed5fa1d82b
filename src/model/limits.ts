/** Hard limits against hostile or broken input. Reaching one is a diagnostic, never a silent cut. */
export const limits = {
  fileBytes: 64 * 1024 * 1024,
  directoryFileBytes: 500 * 1024 * 1024,
  polRecords: 1_000_000,
  csvRows: 100_000,
  infLineLength: 1024 * 1024,
  infLines: 1_000_000,
  xmlDepth: 64,
  xmlAttributes: 1024,
  gpLinks: 10_000,
  descriptorBytes: 64 * 1024,
  aces: 2_000,
  folderDepth: 32,
  files: 1_000_000,
} as const;
