import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Encoding } from "../../model/location.ts";
import { TextStream } from "./text-stream.ts";
import type { XmlVisitor } from "./xml-stream.ts";
import { XmlStream } from "./xml-stream.ts";

/** How a document was encoded, what was odd about it, and whether it was read to its end. */
export interface XmlFrame {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly complete: boolean;
}

/** Feeds the pieces of a file to a visitor. */
export class XmlFeed {
  readonly diagnostics: DiagnosticCollector;
  readonly #text: TextStream;
  readonly #xml: XmlStream;

  constructor(visitor: XmlVisitor, diagnostics: DiagnosticCollector) {
    this.diagnostics = diagnostics;
    this.#text = new TextStream(diagnostics);
    this.#xml = new XmlStream(visitor, diagnostics);
  }

  /** False where nothing more is taken: the rest need not be read. */
  push(bytes: Uint8Array): boolean {
    this.#xml.push(this.#text.push(bytes));
    return !this.#text.failed && !this.#xml.failed;
  }

  end(): XmlFrame {
    this.#xml.push(this.#text.end());
    // What cannot be decoded has its diagnostic already.
    if (!this.#text.failed) this.#xml.end();
    const { encoding, bom, failed } = this.#text;
    return { encoding, bom, diagnostics: this.diagnostics.items, complete: !failed && !this.#xml.failed };
  }
}

const pieceLength = 64 * 1024;

/** Reads a whole document that is in memory. */
export function readXml(
  bytes: Uint8Array,
  path: string,
  makeVisitor: (diagnostics: DiagnosticCollector) => XmlVisitor,
): XmlFrame {
  const diagnostics = new DiagnosticCollector(path);
  const feed = new XmlFeed(makeVisitor(diagnostics), diagnostics);
  let at = 0;
  while (at < bytes.length && feed.push(bytes.subarray(at, at + pieceLength))) at += pieceLength;
  return feed.end();
}
