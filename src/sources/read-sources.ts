import { blindSpots } from "../model/backup.ts";
import { diagnosticText } from "../model/diagnostic.ts";
import type { Evidence, EvidenceKind } from "../model/evidence.ts";
import type { Proposal } from "../model/proposal.ts";
import type { LostSource, RunSource, SourceKind } from "../model/source.ts";
import { sourceKinds } from "../model/source.ts";
import type { Archive } from "./archive/archive.ts";
import { newestBackups } from "./backup-history.ts";
import type { EvidenceArgument } from "./evidence.ts";
import type { FileReader } from "./file-reader.ts";
import { readMeasured, unpacked } from "./read-measured.ts";
import { readPath } from "./read-path.ts";
import type { SourceContent } from "./source-content.ts";

export interface SourceSpec {
  /** Absolute, `/` between names. */
  readonly paths: readonly string[];
  /** Proposed GPOs, on top of the others. */
  readonly overlay?: readonly string[];
  readonly evidence?: readonly EvidenceArgument[];
  /** What the user says that every one of `paths` is; null or left out: found out. */
  readonly as?: SourceKind | null;
  /** Archives among all of these, opened, by path. */
  readonly archives?: ReadonlyMap<string, Archive>;
}

export interface ReadSources {
  /** One for each argument, in order. */
  readonly sources: readonly RunSource[];
  /** GPOs of the paths. */
  readonly given: readonly Proposal[];
  readonly overlay: readonly Proposal[];
  readonly evidence: readonly Evidence[];
  readonly lostSources: readonly LostSource[];
}

/** Reads every file and folder that was named, whatever it is. */
export function readSources(reader: FileReader, spec: SourceSpec): ReadSources {
  const run = new SourceRun(reader, spec.archives ?? new Map<string, Archive>());
  const given = unique(spec.paths).flatMap((path) => run.readPolicy(path, spec.as ?? null));
  const overlay = unique(spec.overlay ?? []).flatMap((path) => run.readOverlay(path));
  for (const argument of spec.evidence ?? []) run.readEvidence(argument);
  return {
    sources: run.sources,
    given: newestBackups(given, reader.diagnostics),
    overlay: newestBackups(overlay, reader.diagnostics),
    evidence: run.evidence,
    lostSources: run.lost,
  };
}

class SourceRun {
  readonly sources: RunSource[] = [];
  readonly evidence: Evidence[] = [];
  readonly lost: LostSource[] = [];
  readonly #reader: FileReader;
  readonly #archives: ReadonlyMap<string, Archive>;
  /** An archive may be named more than once. */
  readonly #told = new Set<string>();

  constructor(reader: FileReader, archives: ReadonlyMap<string, Archive>) {
    this.#reader = reader;
    this.#archives = archives;
  }

  readPolicy(path: string, as: SourceKind | null): readonly Proposal[] {
    if (!this.#open(path, "policy")) return [];
    const { kinds, gpos, evidence, lost } = readPath(this.#reader, path, as, this.#archives.has(path));
    this.evidence.push(...evidence);
    this.lost.push(...lost);
    this.#add(path, "policy", inOrder(kinds));
    return gpos;
  }

  /** What a computer measured is no proposal. */
  readOverlay(path: string): readonly Proposal[] {
    if (!this.#open(path, "overlay")) return [];
    const from = this.#reader.diagnostics.length;
    const content: SourceContent = readPath(this.#reader, path, null, this.#archives.has(path));
    const { kinds, gpos, lost, evidence } = content;
    this.lost.push(...lost, ...this.#unseen(from, content));
    this.#add(path, "overlay", gpos.length === 0 ? [] : inOrder(kinds));
    if (gpos.length === 0 && lost.length === 0) {
      const text =
        evidence.length > 0
          ? "is what a computer measured, and no proposal: give it with --evidence"
          : "holds no GPO that could be proposed";
      this.lost.push({ code: "source-unrecognised", path: this.#reader.naming.relative(path), text });
    }
    return gpos;
  }

  /** SYSVOL is full of links that lead back into it, and of packed programs; among proposals each may be another one. */
  #unseen(from: number, { gpos, lost, archives }: SourceContent): readonly LostSource[] {
    const told = new Set(lost.map(({ path }) => path));
    const code = "source-incomplete";
    const links = this.#reader.diagnostics
      .slice(from)
      .filter((diagnostic) => diagnostic.code === "file.link-skipped" && !told.has(diagnostic.path))
      .map(({ path }) => ({ code, path, text: "is a link, which is not followed" }) as const);
    const text =
      "is an archive beside GPOs, which is not opened: name it with --overlay if it holds proposals";
    const packed = gpos.length === 0 ? [] : archives;
    return [...links, ...packed.map((path) => ({ code, path, text }) as const)];
  }

  readEvidence(argument: EvidenceArgument): void {
    const { path } = argument;
    if (!this.#open(path, "evidence")) return;
    const { evidence, lost } = readMeasured(
      this.#reader,
      this.#archives.has(path) ? unpacked(this.#reader, argument) : argument,
    );
    this.evidence.push(...evidence);
    this.lost.push(...lost);
    this.#add(path, "evidence", unique(evidence.flatMap(({ file }) => file.kind ?? [])));
  }

  /** Keeps the record of an archive. False: it was refused, so that nothing of it is read. */
  #open(path: string, role: RunSource["role"]): boolean {
    const archive = this.#archives.get(path);
    if (archive === undefined) return true;
    const name = this.#reader.naming.relative(path);
    const { diagnostics, size, sha256, damaged } = archive;
    if (!this.#told.has(path)) {
      this.#told.add(path);
      this.#reader.diagnostics.push(...diagnostics.map((diagnostic) => ({ ...diagnostic, path: name })));
      const encoding = "binary";
      this.#reader.files.push({ path: name, kind: "archive", size, sha256, encoding, bom: false });
    }
    if (!damaged) return true;
    const why = diagnostics.findLast(({ severity }) => severity === "error");
    const text = why === undefined ? "the archive was refused" : diagnosticText(why);
    this.lost.push({ code: "archive-refused", path: name, text });
    this.#add(path, role, []);
    return false;
  }

  #add(path: string, role: RunSource["role"], kinds: RunSource["kinds"]): void {
    const kind = this.#archives.get(path)?.kind ?? "other";
    this.sources.push({
      path: this.#reader.naming.relative(path),
      role,
      kinds,
      archive: kind === "other" ? null : kind,
      cannotShow: unique(kinds.flatMap((own) => blindSpots[nameOf(own)])),
    });
  }
}

function inOrder(kinds: ReadonlySet<SourceKind>): readonly SourceKind[] {
  return sourceKinds.filter((kind) => kinds.has(kind));
}

/** Evidence of a kind that is a source as well cannot show the same. */
function nameOf(kind: SourceKind | EvidenceKind): keyof typeof blindSpots {
  if (kind === "auditpol csv") return "auditpol";
  return kind === "RSoP report" ? "gpresult" : kind;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
