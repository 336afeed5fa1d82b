import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { InspectEntry } from "../../model/inspect.ts";
import type { Doubt } from "../../model/setting.ts";
import { registryValuePrefix } from "../../model/setting.ts";
import type { PolicyDocument } from "../policy-document.ts";
import { isUserSide } from "../text/gpo-side.ts";
import { toHex } from "../text/hex.ts";
import { refuseWhole } from "../text/whole-file.ts";
import type { PregRecord } from "./read-records.ts";
import { readRecords } from "./read-records.ts";
import { wellFormed } from "./utf16.ts";
import { WriteBuilder } from "./write-builder.ts";

/** Signature `PReg` and version 1, MS-GPREG 2.2.1. */
const header = [0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0];
const versionOffset = 4;

/** Reads a registry.pol file. A user-side file keeps its entries but writes nothing to the machine. */
export function parsePreg(bytes: Uint8Array, path: string): PolicyDocument {
  const diagnostics = new DiagnosticCollector(path);
  const frame = { encoding: "binary", bom: false, diagnostics: diagnostics.items } as const;
  const start = readHeader(bytes, diagnostics);
  if (start.kind === "ignored") return { ...frame, entries: [], writes: [], open: [] };

  const { records, damage } =
    start.kind === "damaged"
      ? { records: [], damage: start.doubt }
      : readRecords(bytes, header.length, diagnostics);
  const builder = new WriteBuilder(path, diagnostics);
  for (const record of records) builder.add(record);
  if (damage !== null) builder.open.push({ keyPrefix: registryValuePrefix, doubt: damage });

  const machine = !isUserSide(path);
  return {
    ...frame,
    entries: records.map(entryOf),
    writes: machine ? builder.writes : [],
    open: machine ? builder.open : [],
  };
}

type Start =
  | { readonly kind: "good" }
  /** Windows skips a file with another header (MS-GPREG 3.2.5.1.2), so it says nothing. */
  | { readonly kind: "ignored" }
  /** Something stands where the content should: what Windows finds there on a DC is not known. */
  | { readonly kind: "damaged"; readonly doubt: Doubt };

function readHeader(bytes: Uint8Array, diagnostics: DiagnosticCollector): Start {
  const refused = refuseWhole(bytes, diagnostics);
  if (refused !== null) return { kind: "damaged", doubt: refused };

  const mismatch = header.findIndex((byte, i) => bytes[i] !== byte);
  if (mismatch < 0) return { kind: "good" };
  if (mismatch >= bytes.length) {
    diagnostics.atOffset("preg.truncated", bytes.length, `${bytes.length} bytes`);
    const doubt = { code: "preg.truncated", text: "registry.pol is cut inside its header" };
    return { kind: "damaged", doubt };
  }
  if (mismatch < versionOffset) diagnostics.atOffset("preg.signature", 0);
  else diagnostics.atOffset("preg.version", versionOffset);
  return { kind: "ignored" };
}

function entryOf(record: PregRecord): InspectEntry {
  return {
    key: wellFormed(record.key),
    name: wellFormed(record.name),
    type: record.type,
    size: record.data.length,
    hex: toHex(record.data),
    offset: record.offset,
  };
}
