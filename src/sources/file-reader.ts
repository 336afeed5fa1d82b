import { hash } from "node:crypto";
import type { Diagnostic } from "../model/diagnostic.ts";
import { DiagnosticCollector } from "../model/diagnostic.ts";
import { limits } from "../model/limits.ts";
import type { Encoding, FileKind, SourceFile } from "../model/location.ts";
import type { PathNaming } from "./naming.ts";
import type { Vfs, VfsEntry } from "./vfs.ts";
import { ReadError } from "./vfs.ts";

/** SHA-256 of bytes or of a text in UTF-8, lower-case hex. */
export function sha256(data: Uint8Array | string): string {
  return hash("sha256", data, "hex");
}

interface ParsedText {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the content decides what the file is. */
  readonly kind?: FileKind;
}

export interface ReadFile<T> {
  readonly file: SourceFile;
  readonly parsed: T;
}

/** Reads, hashes and parses files one by one, and keeps the record of what was read and what was odd about it. */
export class FileReader {
  readonly vfs: Vfs;
  readonly naming: PathNaming;
  readonly files: SourceFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Folders listed for the GPO at hand: each is asked for once, and complained about once. */
  readonly listings = new Map<string, readonly VfsEntry[] | null>();

  constructor(vfs: Vfs, naming: PathNaming) {
    this.vfs = vfs;
    this.naming = naming;
  }

  /** Null where the file cannot be read: the reason is then in `diagnostics`. */
  read<T extends ParsedText>(
    path: string,
    kind: FileKind,
    parse: (bytes: Uint8Array, name: string) => T,
    limit: number = limits.fileBytes,
  ): ReadFile<T> | null {
    const name = this.naming.relative(path);
    let bytes: Uint8Array;
    try {
      bytes = this.vfs.read(path, limit);
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      const collector = new DiagnosticCollector(name);
      collector.atFile(error.code === "too-large" ? "file.too-large" : "file.unreadable", error.message);
      this.diagnostics.push(...collector.items);
      return null;
    }
    const parsed = parse(bytes, name);
    const { encoding, bom } = parsed;
    const file: SourceFile = {
      path: name,
      kind: parsed.kind ?? kind,
      size: bytes.length,
      sha256: sha256(bytes),
      encoding,
      bom,
    };
    this.files.push(file);
    this.diagnostics.push(...parsed.diagnostics);
    return { file, parsed };
  }

  report(code: Diagnostic["code"], path: string, detail = ""): void {
    const collector = new DiagnosticCollector(this.naming.relative(path));
    collector.atFile(code, detail);
    this.diagnostics.push(...collector.items);
  }
}
