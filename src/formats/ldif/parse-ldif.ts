import type { Diagnostic } from "../../model/diagnostic.ts";
import { limits } from "../../model/limits.ts";
import type { Encoding } from "../../model/location.ts";
import type { DirectoryRecord } from "../directory/record.ts";
import { decodeText } from "../text/decode.ts";
import { LdifReport } from "./ldif-report.ts";
import { RecordReader } from "./record-reader.ts";

export interface LdifDocument {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly records: readonly DirectoryRecord[];
  readonly diagnostics: readonly Diagnostic[];
  /** Something was lost in such a way that any record may be missing, or miss anything. */
  readonly damaged: boolean;
}

/** Reads an LDIF file (RFC 2849) as ldifde, ldapsearch and ldbsearch write them. */
export function parseLdif(bytes: Uint8Array, path: string): LdifDocument {
  const report = new LdifReport(path);
  if (bytes.length > limits.directoryFileBytes) {
    report.lostFile("limit.exceeded", `${bytes.length} bytes`);
    return {
      encoding: "binary",
      bom: false,
      records: [],
      diagnostics: report.collector.items,
      damaged: true,
    };
  }
  const { text, encoding, bom, hadNul } = decodeText(bytes, report.collector);
  // A run of NULs is what a broken copy leaves in place of records; half a UTF-16 character, where one was cut.
  const half = encoding.startsWith("utf-16") && bytes.length % 2 === 1;
  if (hadNul || half) report.markDamaged();
  const records = readText(text, path, report);
  return { encoding, bom, records, diagnostics: report.collector.items, damaged: report.damaged };
}

function readText(text: string, path: string, report: LdifReport): readonly DirectoryRecord[] {
  if (text.startsWith("version https://git-lfs")) {
    report.lostFile("file.lfs-pointer");
    return [];
  }
  if (/^"?DN"?,/i.test(text)) {
    report.lostFile("ldif.csvde");
    return [];
  }
  const records = new RecordReader(path, report).read(text);
  if (records.length === 0) report.lostFile("ldif.not-ldif");
  return records;
}
