import { createHash } from "node:crypto";
import type { XmlFrame } from "../formats/gpmc/read-xml.ts";
import { XmlFeed } from "../formats/gpmc/read-xml.ts";
import type { XmlVisitor } from "../formats/gpmc/xml-stream.ts";
import { DiagnosticCollector } from "../model/diagnostic.ts";
import type { FileKind } from "../model/location.ts";
import type { FileReader } from "./file-reader.ts";
import { chunksOf } from "./report-chunks.ts";
import { ReadError } from "./vfs.ts";

interface Streamed<V> extends XmlFrame {
  readonly visitor: V;
}

/**
 * Reads an XML file as a stream, and keeps the record of it as `FileReader.read` does. Null where it cannot be read: the
 * reason is then among the diagnostics.
 */
export function streamXml<V extends XmlVisitor>(
  reader: FileReader,
  path: string,
  kind: FileKind,
  makeVisitor: (name: string, diagnostics: DiagnosticCollector) => V,
): Streamed<V> | null {
  const name = reader.naming.relative(path);
  const diagnostics = new DiagnosticCollector(name);
  const visitor = makeVisitor(name, diagnostics);
  const feed = new XmlFeed(visitor, diagnostics);
  const hash = createHash("sha256");
  let size = 0;
  try {
    for (const chunk of chunksOf(reader.vfs, path)) {
      // A file that cannot be parsed is read on for its hash.
      hash.update(chunk);
      size += chunk.length;
      feed.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    diagnostics.atFile(error.code === "too-large" ? "file.too-large" : "file.unreadable", error.message);
    reader.diagnostics.push(...diagnostics.items);
    return null;
  }
  const frame = feed.end();
  const { encoding, bom } = frame;
  reader.files.push({ path: name, kind, size, sha256: hash.digest("hex"), encoding, bom });
  reader.diagnostics.push(...frame.diagnostics);
  return { ...frame, visitor };
}
