import { parseEvidence } from "../formats/evidence/parse-evidence.ts";
import { hasDoctype, recogniseXml } from "../formats/gpmc/recognise-xml.ts";
import { snapshotKind } from "../formats/snapshot/snapshot-header.ts";
import type { EvidenceKind } from "../model/evidence.ts";
import { limits } from "../model/limits.ts";
import { detectArchive, headLength } from "./archive/detect.ts";
import type { FileReader } from "./file-reader.ts";
import { chunksOf } from "./report-chunks.ts";
import { ReadError } from "./vfs.ts";

/** Kinds of source that are files. */
export type FileSourceKind = "report" | "gpresult" | "auditpol";

/** What a file is by its content; else what it is instead, as a clause behind its path. */
export type Recognised =
  | { readonly kind: FileSourceKind }
  | { readonly kind: "archive" }
  | { readonly kind: "unreadable"; readonly text: string }
  | { readonly kind: "other"; readonly text: string };

/** Tells by content what a file is that was given as a source. */
export function recogniseFile(reader: FileReader, path: string): Recognised {
  try {
    const head = firstChunk(reader, path);
    if (detectArchive(head.subarray(0, headLength)) !== null) return { kind: "archive" };
    const xml = recogniseXml(head);
    if (xml === "gpo-report") return { kind: "report" };
    if (xml === "rsop-report") return { kind: "gpresult" };
    if (xml !== null) return other("is one file of a GPO backup: name the folder that it stands in");
    if (hasDoctype(head)) return other("is XML with a DOCTYPE, which no report has: it is not parsed");
    if (looksLikeDirectory(head)) return other("is directory data: give it with --directory FILE");
    return recogniseEvidence(reader.vfs.read(path, limits.fileBytes));
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { kind: "unreadable", text: error.message };
  }
}

function firstChunk(reader: FileReader, path: string): Uint8Array {
  for (const chunk of chunksOf(reader.vfs, path)) return chunk;
  return new Uint8Array();
}

const looksLikeLdif = /^(?:\ufeff)?(?:\s*#[^\n]*\n|\s)*(?:version: ?1|dn::? )/;

function looksLikeDirectory(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 4096));
  return looksLikeLdif.test(text) || text.includes(`"kind":"${snapshotKind}"`);
}

const otherEvidence: Readonly<Partial<Record<EvidenceKind, string>>> = {
  "security template":
    "is a security template: name the GPO folder that it belongs to, or give what secedit exported with --evidence HOST=FILE",
  "registry export": "is a registry export: give it with --evidence HOST=FILE",
};

function recogniseEvidence(bytes: Uint8Array): Recognised {
  const { kind, host } = parseEvidence(bytes, "").state;
  if (kind === "auditpol csv") {
    // auditpol names the computer in every row; a policy names none.
    return host === null
      ? other("names no single computer: an audit.csv of a GPO is read with the folder of the GPO")
      : { kind: "auditpol" };
  }
  return other((kind === null ? null : otherEvidence[kind]) ?? "is of no kind that is read here");
}

function other(text: string): Recognised {
  return { kind: "other", text };
}
