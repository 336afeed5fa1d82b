import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseAuditCsv } from "../../src/formats/audit-csv/parse-audit-csv.ts";
import { parseGppRegistry } from "../../src/formats/gpp-xml/parse-gpp-registry.ts";
import { parseGptIni } from "../../src/formats/gpt-ini/parse-gpt-ini.ts";
import { parseGptTmpl } from "../../src/formats/gpttmpl/parse-gpttmpl.ts";
import type { PolicyDocument } from "../../src/formats/policy-document.ts";
import { parsePreg } from "../../src/formats/preg/parse-preg.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";

type Document = Pick<PolicyDocument, "encoding" | "bom" | "entries" | "diagnostics">;
type Parser = (bytes: Uint8Array, path: string) => Document;

/** Parser of each kind of the truth, and the fields that both sides must agree on. */
const kinds = new Map<string, { readonly parse: Parser; readonly fields: readonly string[] }>([
  ["audit.csv", { parse: parseAuditCsv, fields: ["kind", "target", "guid", "value", "line"] }],
  ["auditpol csv", { parse: parseAuditCsv, fields: ["kind", "target", "guid", "value", "line"] }],
  ["GptTmpl.inf", { parse: parseGptTmpl, fields: ["section", "key", "value", "line", "fields"] }],
  ["other security template", { parse: parseGptTmpl, fields: ["section", "key", "value", "line", "fields"] }],
  ["registry.pol", { parse: parsePreg, fields: ["key", "name", "type", "size", "hex", "offset"] }],
  ["GPP Registry.xml", { parse: parseGppRegistry, fields: ["action", "key", "name", "type", "value"] }],
  ["GPT.INI", { parse: parseGptIni, fields: ["section", "key", "value", "line"] }],
]);

interface Truth {
  readonly kind: string;
  readonly encoding: string;
  readonly bom: boolean;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
}

const corpus = fileURLToPath(new URL("../../../shared/corpus", import.meta.url));
const present = existsSync(corpus);

describe("the parsers agree with an independent one on real files", () => {
  test.runIf(!present)("corpus not found: nothing compared", () => {
    expect(process.env["GPOLINT_REQUIRE_CORPUS"] ?? "", "the corpus is required here but missing").toBe("");
    console.warn(`no corpus at ${corpus}: real files were not compared`);
  });

  const truths = present ? readdirSync(`${corpus}/truth`).sort() : [];
  test.for(truths)("%s", (name) => {
    const truth: Readonly<Record<string, Truth>> = JSON.parse(
      readFileSync(`${corpus}/truth/${name}`, "utf8"),
    );
    for (const [path, expected] of Object.entries(truth)) {
      const kind = kinds.get(expected.kind);
      if (kind === undefined) continue;
      const bytes = readFileSync(`${corpus}/${name.replace(/\.json$/, "")}/${path}`);
      const document = kind.parse(bytes, path);
      const { encoding, bom } = document;
      const entries = document.entries.map((entry) => pick({ ...entry }, kind.fields));
      expect({ path, encoding, bom, errors: errorsOf(document), entries }).toEqual({
        path,
        encoding: expected.encoding.replace("utf-16-le", "utf-16le"),
        bom: expected.bom,
        errors: [],
        entries: expected.entries.map((entry) => pick(entry, kind.fields)),
      });
    }
  });

  test.runIf(present)("every kind occurs in the corpus", () => {
    const found = truths.flatMap((name) => {
      const truth: Readonly<Record<string, Truth>> = JSON.parse(
        readFileSync(`${corpus}/truth/${name}`, "utf8"),
      );
      return Object.values(truth).map(({ kind }) => kind);
    });
    expect(found).toEqual(expect.arrayContaining([...kinds.keys()]));
  });
});

/** One template of the corpus really has numbers without digits; nothing else in it is broken. */
function errorsOf(document: Document): readonly Diagnostic[] {
  return document.diagnostics.filter(
    ({ severity, code, detail }) =>
      severity === "error" && !(code === "inf.value-unusable" && detail.endsWith("=4,")),
  );
}

/** The named fields of an entry, those of the truth in our terms: rows are lines, and audit values are numbers. */
function pick(entry: Truth["entries"][number], fields: readonly string[]): Record<string, unknown> {
  const properties = entry["properties"];
  if (typeof properties === "object" && properties !== null) return pickProperties({ ...properties }, fields);
  const number = "row" in entry && /^\d+$/.test(String(entry["value"]));
  const value = number ? Number(entry["value"]) : entry["value"];
  const ours: Record<string, unknown> = { ...entry, line: entry["row"] ?? entry["line"], value };
  return Object.fromEntries(fields.filter((field) => field in ours).map((field) => [field, ours[field]]));
}

/** A preference item of the truth: its hive stands apart from the key. */
function pickProperties(entry: Truth["entries"][number], fields: readonly string[]): Record<string, unknown> {
  const ours: Record<string, unknown> = {
    ...entry,
    key: `${String(entry["hive"])}\\${String(entry["key"])}`,
  };
  return Object.fromEntries(fields.map((field) => [field, ours[field]]));
}
