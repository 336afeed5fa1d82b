import { DiagnosticCollector } from "../../model/diagnostic.ts";
import { parseGptTmpl } from "../gpttmpl/parse-gpttmpl.ts";
import type { EvidenceDocument } from "./evidence-document.ts";
import { Measurements } from "./measurements.ts";

/** Reads what `secedit /export` wrote: legacy audit categories, registry values, user rights and sizes of logs. */
export function parseSecedit(bytes: Uint8Array, path: string): EvidenceDocument {
  const document = parseGptTmpl(bytes, path);
  const diagnostics = new DiagnosticCollector(path);
  const measurements = new Measurements(diagnostics);
  measurements.addDocument(document);
  return {
    encoding: document.encoding,
    bom: document.bom,
    // The encoding that Group Policy asks for does not matter to a measurement.
    diagnostics: [
      ...document.diagnostics.filter(({ code }) => code !== "inf.encoding"),
      ...diagnostics.items,
    ],
    state: {
      kind: "security template",
      host: null,
      settings: measurements.settings,
      listedKeys: new Set(),
      complete: document.open.length === 0,
    },
  };
}
