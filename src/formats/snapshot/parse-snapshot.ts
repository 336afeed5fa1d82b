import type { Diagnostic } from "../../model/diagnostic.ts";
import { DiagnosticCollector } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import type { Encoding } from "../../model/location.ts";
import type { DirectoryRecord } from "../directory/record.ts";
import { decodeText } from "../text/decode.ts";
import { splitLines } from "../text/lines.ts";
import type { HeaderResult } from "./read-header.ts";
import { readHeader } from "./read-header.ts";
import { readObject } from "./read-object.ts";
import type { SnapshotHeader } from "./snapshot-header.ts";

export interface SnapshotDocument {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly kind: "gpolint snapshot";
  /** Null where the file is no snapshot that can be read. */
  readonly header: SnapshotHeader | null;
  readonly records: readonly DirectoryRecord[];
  readonly diagnostics: readonly Diagnostic[];
  /** Something is missing in such a way that any object may be missing, or miss anything. */
  readonly damaged: boolean;
}

const objectsOpen = /"objects"\s*:\s*\[\s*$/;
const objectsClose = /^\s*\]\s*\}\s*$/;

/**
 * Reads a snapshot: a JSON document whose head is the first line, each object a line of its own, and `]}` the last one.
 * Another layout of the same JSON is refused: without lines no value could be traced.
 */
export function parseSnapshot(bytes: Uint8Array, path: string): SnapshotDocument {
  const report = new DiagnosticCollector(path);
  const empty = { kind: "gpolint snapshot", header: null, records: [], damaged: true } as const;
  if (bytes.length > limits.directoryFileBytes) {
    report.atFile("limit.exceeded", `${bytes.length} bytes`);
    return { ...empty, encoding: "binary", bom: false, diagnostics: report.items };
  }
  const { text, encoding, bom, hadNul, lossy } = decodeText(bytes, report);
  const head = firstLine(text);
  const result: HeaderResult = objectsOpen.test(head)
    ? readHeader(parseJson(`${head}]}`))
    : { ok: false, problem: "its first line does not end with the beginning of the objects" };
  if (!result.ok) {
    report.atLine("snapshot.refused", 1, result.problem);
    return { ...empty, encoding, bom, diagnostics: report.items };
  }
  reportHeader(result.header, report);
  const { records, whole } = readObjects(text, path, result.objectCount, report);
  const damaged = hadNul || lossy || !whole || result.header.problems.length > 0;
  return {
    encoding,
    bom,
    kind: "gpolint snapshot",
    header: result.header,
    records,
    diagnostics: report.items,
    damaged,
  };
}

/** `whole`: nothing of the announced objects is lost. */
function readObjects(
  text: string,
  path: string,
  announced: number,
  report: DiagnosticCollector,
): { readonly records: readonly DirectoryRecord[]; readonly whole: boolean } {
  const records: DirectoryRecord[] = [];
  let bad = 0;
  let closed = false;
  for (const line of splitLines(text)) {
    if (line.number === 1 || line.text.trim() === "") continue;
    if (closed) {
      bad++;
      report.atLine("snapshot.bad-object", line.number, "it stands behind the end");
      continue;
    }
    closed = objectsClose.test(line.text);
    if (closed) continue;
    const json = parseJson(line.text.trimEnd().replace(/,$/, ""));
    const result = readObject(json, { path, line: line.number });
    if (!result.ok) {
      bad++;
      report.atLine("snapshot.bad-object", line.number, result.problem);
      continue;
    }
    for (const name of result.record.partial) report.atLine("snapshot.partial", line.number, name);
    records.push(result.record);
  }
  const whole = closed && bad === 0 && records.length === announced;
  if (!closed) report.atFile("snapshot.truncated", "its last line is missing");
  else if (bad === 0 && !whole)
    report.atFile("snapshot.truncated", `${announced} objects announced, ${records.length} found`);
  return { records, whole };
}

/** What the head admits goes where every report shows it. */
function reportHeader(
  { collected, notCollected, problems }: SnapshotHeader,
  report: DiagnosticCollector,
): void {
  if (collected.transport === "plaintext") {
    report.atLine("snapshot.unverified", 1, `${collected.server} was read without encryption`);
  } else if (collected.certificate === "not-verified") {
    report.atLine("snapshot.unverified", 1, `the certificate of ${collected.server} was not verified`);
  }
  for (const { what, why } of problems) report.atLine("snapshot.problem", 1, `${what}: ${why}`);
  for (const { what, why } of notCollected) report.atLine("snapshot.not-collected", 1, `${what}: ${why}`);
}

function firstLine(text: string): string {
  for (const line of splitLines(text)) return line.text;
  return "";
}

/** Undefined where the text is no JSON, which no reader accepts: it must be an object. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asked reports it: the place and what was expected there are known only there.
    return undefined;
  }
}
