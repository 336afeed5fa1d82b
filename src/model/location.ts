/** Where a value stands. Text files have a line (from 1), binary files a byte range; never both (SARIF 2.1.0, 3.30). */
export type Location = TextLocation | ByteLocation;

export interface TextLocation {
  /** Path of the file relative to the root of the run, `/` as separator. */
  readonly path: string;
  /** Line number, from 1. */
  readonly line: number;
}

export interface ByteLocation {
  readonly path: string;
  /** Offset of the first byte, from 0. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

export type FileKind =
  | "audit.csv"
  | "auditpol csv"
  | "GptTmpl.inf"
  | "security template"
  | "registry.pol"
  | "GPT.INI"
  | "GPP Registry.xml"
  | "LDIF"
  | "list of accounts"
  | "gpolint snapshot"
  | "GPO backup"
  | "GPO report"
  | "RSoP report"
  | "registry export"
  | "Policy Analyzer rules"
  | "archive";

export type Encoding = "utf-16le" | "utf-16be" | "utf-8" | "ascii" | "windows-1252" | "binary";

/** One input file as it was read: what an auditor needs to recognise it again. */
export interface SourceFile {
  readonly path: string;
  readonly kind: FileKind;
  readonly size: number;
  /** SHA-256 of the bytes as read, lower-case hex. */
  readonly sha256: string;
  readonly encoding: Encoding;
  readonly bom: boolean;
}

export function isByteLocation(location: Location): location is ByteLocation {
  return "byteOffset" in location;
}

/** `path:line` or `path@offset`, for people. */
export function formatLocation(location: Location): string {
  return isByteLocation(location)
    ? `${location.path}@${location.byteOffset}`
    : `${location.path}:${location.line}`;
}
