import { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { InspectEntry } from "../../model/inspect.ts";
import type { Doubt } from "../../model/setting.ts";
import { auditSubcategoryKey, auditSubcategoryPrefix } from "../../model/setting.ts";
import type { AuditCsvDocument } from "../audit-csv/audit-csv-document.ts";
import { parseAuditCsv } from "../audit-csv/parse-audit-csv.ts";
import { splitFields } from "../audit-csv/split-fields.ts";
import type { DecodedText } from "../text/decode.ts";
import { decodeText } from "../text/decode.ts";
import { splitLines } from "../text/lines.ts";
import type { EvidenceDocument } from "./evidence-document.ts";
import { Measurements, unusable } from "./measurements.ts";

/** Six columns make a doubtful policy, and a good measurement. */
const asExpected = "audit.six-columns";

type AuditEntry = Extract<InspectEntry, { readonly target: string }>;

/** Reads what `auditpol /backup` or `auditpol /get /category:* /r` wrote. */
export function parseAuditpol(bytes: Uint8Array, path: string): EvidenceDocument {
  const diagnostics = new DiagnosticCollector(path);
  const decoded = decodeText(bytes, diagnostics);
  // A policy must be UTF-8; what PowerShell redirects to a file is UTF-16, and as good a measurement.
  const document = parseAuditCsv(new TextEncoder().encode(decoded.text), path);
  const lines = [...splitLines(decoded.text)].map(({ text }) => text);
  const entries = document.entries.filter((entry) => "target" in entry);
  const hosts = hostsOf(entries, lines);
  const damage = damageOf(decoded, document) ?? hostDoubt(hosts, document.layout, diagnostics);

  const measurements = new Measurements(diagnostics);
  const open = damage === null ? [] : [{ keyPrefix: auditSubcategoryPrefix, doubt: damage }];
  if (document.layout === "gpo") measurements.addDocument({ writes: document.writes, open });
  else addEffective(entries, lines, path, damage, measurements, diagnostics);
  const odd = document.diagnostics.filter(({ code }) => document.layout === "gpo" || code !== asExpected);
  return {
    encoding: decoded.encoding,
    bom: decoded.bom,
    diagnostics: [...diagnostics.items, ...odd],
    state: {
      kind: "auditpol csv",
      host: hosts.length === 1 && hosts[0] !== "" ? (hosts[0] ?? null) : null,
      settings: measurements.settings,
      listedKeys: new Set(),
      complete: damage === null,
    },
  };
}

/** The different names in the first column of the rows; empty where a row names none. */
function hostsOf(entries: readonly AuditEntry[], lines: readonly string[]): readonly string[] {
  const hosts = new Map<string, string>();
  for (const { line } of entries) {
    const host = (splitFields(lines[line - 1] ?? "").fields[0] ?? "").trim();
    if (!hosts.has(host.toLowerCase())) hosts.set(host.toLowerCase(), host);
  }
  return [...hosts.values()];
}

function damageOf(decoded: DecodedText, { layout, open }: AuditCsvDocument): Doubt | null {
  if (decoded.lossy || decoded.hadNul) {
    return { code: "text.undecodable", text: "the file is cut or holds bytes that are no text" };
  }
  const known = (code: string): boolean => layout === "effective" && code === asExpected;
  return open.map(({ doubt }) => doubt).find(({ code }) => !known(code)) ?? null;
}

/** auditpol names the computer in every row. Without a name, seven columns are what a GPO delivers. */
function hostDoubt(
  hosts: readonly string[],
  layout: AuditCsvDocument["layout"],
  diagnostics: DiagnosticCollector,
): Doubt | null {
  if (hosts.length > 1) {
    diagnostics.atFile("evidence.hosts", hosts.join(", "));
    return { code: "evidence.hosts", text: "the file holds rows of more than one computer" };
  }
  if (hosts[0] === "" && layout === "gpo") {
    diagnostics.atFile("evidence.policy");
    return { code: "evidence.policy", text: "the rows name no computer, so they may be a policy" };
  }
  return null;
}

/** Six columns: the value is a word in the language of the computer. */
function addEffective(
  entries: readonly AuditEntry[],
  lines: readonly string[],
  path: string,
  damage: Doubt | null,
  measurements: Measurements,
  diagnostics: DiagnosticCollector,
): void {
  for (const { target, guid, value, line } of entries) {
    // What holds for one user is no policy of the computer.
    if (/^S-1-/i.test(target) || target.includes("\\")) continue;
    const quote = (lines[line - 1] ?? "").trim();
    const location = { path, line };
    const unknown = typeof value !== "number";
    if (unknown) diagnostics.atLine("evidence.word", line, quote);
    const doubt =
      damage ?? (unknown ? { code: "evidence.word", text: `what "${value}" means is not known` } : null);
    measurements.add(
      auditSubcategoryKey(guid),
      doubt === null ? { value, type: null, doubt, location, quote } : unusable(doubt, location, quote),
    );
  }
}
