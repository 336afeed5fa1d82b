import type { DiagnosticSeverity } from "./diagnostic.ts";

/** Every diagnostic that a parser or source can raise. Documented in docs/diagnostics.md (a test compares). */
export const diagnosticCodes = {
  // Files and text, whatever the format
  "file.unreadable": info("error", "the file could not be read"),
  "file.too-large": info("error", "the file is larger than the limit and was not read"),
  "file.lfs-pointer": info("error", "a Git LFS pointer, not the content"),
  "file.case-twin": info("warning", "two entries differ only by case; both were read, in name order"),
  "file.link-skipped": info("warning", "a symbolic link or junction was not followed"),
  "file.morphed-folder": info("warning", "a folder left by a replication conflict was not read"),
  "file.outside-gpo": info("info", "policy file outside any GPO folder"),
  "text.encoding-guessed": info("warning", "neither BOM nor valid UTF-8: read as windows-1252"),
  "text.no-bom": info("warning", "UTF-16 without byte order mark"),
  "text.odd-length": info("error", "UTF-16 text with an odd number of bytes: cut"),
  "text.nul": info("error", "NUL characters in the text"),
  "limit.exceeded": info("error", "a limit was reached, the rest was not read"),

  // Policy files: registry.pol, GptTmpl.inf, audit.csv, GPT.INI, Registry.xml

  // Directory data: LDIF, descriptors, gPLink, extension lists

} as const satisfies Record<string, DiagnosticInfo>;

export type DiagnosticCode = keyof typeof diagnosticCodes;

interface DiagnosticInfo {
  readonly severity: DiagnosticSeverity;
  readonly title: string;
}

function info(severity: DiagnosticSeverity, title: string): DiagnosticInfo {
  return { severity, title };
}
