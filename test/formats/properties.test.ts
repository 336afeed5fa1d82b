import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAuditCsv } from "../../src/formats/audit-csv/parse-audit-csv.ts";
import { parseGppRegistry } from "../../src/formats/gpp-xml/parse-gpp-registry.ts";
import { parseGptIni } from "../../src/formats/gpt-ini/parse-gpt-ini.ts";
import { parseGptTmpl } from "../../src/formats/gpttmpl/parse-gpttmpl.ts";
import type { PolicyDocument } from "../../src/formats/policy-document.ts";
import { parsePreg } from "../../src/formats/preg/parse-preg.ts";
import { decodeText } from "../../src/formats/text/decode.ts";
import { splitLines } from "../../src/formats/text/lines.ts";
import { DiagnosticCollector } from "../../src/model/diagnostic.ts";
import { isByteLocation } from "../../src/model/location.ts";
import type { Write } from "../../src/model/setting.ts";
import { concat, utf8 } from "../util/bytes.ts";
import { dword, pregFile, pregRecord, sz } from "../util/preg-writer.ts";
import { utf16, utf16Bom } from "../util/utf16.ts";

type Parser = (bytes: Uint8Array) => PolicyDocument;

const guid = (xx: string) => `{0cce92${xx}-69ae-11d9-bed3-505054503030}`;
const records = [
  dword("Soft\\A", "X", 7),
  sz("Soft\\A", "**del.Y", " "),
  sz("Soft\\B", "Z", "text"),
  dword("Soft", "10", 10),
];
const templateText = [
  "[Unicode]",
  "Unicode=yes",
  "[Registry Values]",
  "MACHINE\\A\\X=4,7",
  'MACHINE\\A\\Y=7,a)"," b,c',
  "[Event Audit]",
  "AuditLogonEvents = 3",
  "AuditDSAccess = 1",
  "[Privilege Rights]",
  "SeSecurityPrivilege = *S-1-5-32-544",
  "[Version]",
  'signature="$CHICAGO$"',
  "Revision=1",
  "",
].join("\r\n");
const csvText = [
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value",
  `,System,Audit Logon,${guid("15")},Success and Failure,,3`,
  `,System,"Audit Logoff",${guid("16")},No Auditing,,0`,
  ",,Option:CrashOnAuditFail,,Disabled,,0",
  `,,FileGlobalSacl,,,,"S:(AU;FA;KA;;;WD)"`,
  `,System,Audit Account Lockout,${guid("17")},Failure,,2`,
  "",
].join("\r\n");
const xmlText = [
  '<?xml version="1.0" encoding="utf-8"?>',
  '<RegistrySettings clsid="{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}"><Collection>',
  '<Registry name="X"><Properties action="U" hive="HKEY_LOCAL_MACHINE" key="A" name="X" type="REG_DWORD" value="00000007"/></Registry>',
  "</Collection></RegistrySettings>",
].join("\r\n");
const gptIni: Parser = (bytes) => ({ ...parseGptIni(bytes, "f"), writes: [], open: [] });

const formats: readonly (readonly [name: string, parse: Parser, sample: Uint8Array])[] = [
  ["registry.pol", (bytes) => parsePreg(bytes, "f"), pregFile(...records)],
  ["GptTmpl.inf", (bytes) => parseGptTmpl(bytes, "f"), utf16Bom(templateText)],
  ["GptTmpl.inf in ASCII", (bytes) => parseGptTmpl(bytes, "f"), utf8(templateText)],
  ["audit.csv", (bytes) => parseAuditCsv(bytes, "f"), utf8(csvText)],
  ["GPT.INI", gptIni, utf8("[General]\r\nVersion=65537\r\n")],
  ["GPP Registry.xml", (bytes) => parseGppRegistry(bytes, "f"), utf8(xmlText)],
];

/** Line count of a text file as the parsers count. */
function linesOf(bytes: Uint8Array): readonly string[] {
  const { text } = decodeText(bytes, new DiagnosticCollector("f"));
  return [...splitLines(text)].map((line) => line.text);
}

/** Every place that a document names lies in the file, and a quoted row stands where the write says. */
function checkPlaces(document: PolicyDocument, bytes: Uint8Array): void {
  const lines = document.encoding === "binary" ? [] : linesOf(bytes);
  for (const { location, quote } of document.writes) {
    if (isByteLocation(location)) {
      expect(location.byteOffset).toBeGreaterThanOrEqual(8);
      expect(location.byteLength).toBeGreaterThan(0);
      expect(location.byteOffset + location.byteLength).toBeLessThanOrEqual(bytes.length);
    } else {
      const line = lines[location.line - 1] ?? "";
      if (quote.startsWith("<")) expect(line).toContain("<Properties");
      else expect(line.trim()).toBe(quote);
    }
  }
  for (const { line, offset } of document.diagnostics) {
    if (line !== undefined) expect(line).toBeLessThanOrEqual(Math.max(1, lines.length));
    if (offset !== undefined) expect(offset).toBeLessThanOrEqual(bytes.length);
  }
}

/** A sample with a piece replaced by other bytes, longer, shorter or none. */
function mutated(sample: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat(sample.length), fc.nat(12), fc.uint8Array({ maxLength: 12 }))
    .map(([at, length, bytes]) => concat(sample.subarray(0, at), bytes, sample.subarray(at + length)));
}

const doubtful = ({ writes, open }: PolicyDocument) =>
  open.length > 0 || writes.some(({ doubt }) => doubt !== null);
const keyOf = (write: Write) => ("keyPrefix" in write ? write.keyPrefix : write.key);

describe.for(formats)("%s", ([, parse, sample]) => {
  test("the sample is read without an error", () => {
    expect(parse(sample).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(parse(sample).entries).not.toEqual([]);
  });

  test("any bytes are read without throwing, twice the same, and every place lies in the file", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated(sample)), (bytes) => {
        const document = parse(bytes);
        checkPlaces(document, bytes);
        expect(parse(bytes)).toEqual(document);
      }),
      { numRuns: 300 },
    );
  });
});

/** Formats with writes: those that a cut may take from. */
const withWrites = formats.filter(([name]) => name !== "GPT.INI");

describe.for(withWrites)("%s that is cut", ([, parse, sample]) => {
  test("at any byte: rows are lost without a doubt only where the last row left is whole", () => {
    const whole = parse(sample);
    for (let end = 0; end < sample.length; end++) {
      const cut = sample.subarray(0, end);
      const document = parse(cut);
      if (doubtful(document)) continue;
      // The value of a last row without a line end may be shorter; no parser can know.
      const certain = isClosed(document, cut) ? document.writes : document.writes.slice(0, -1);
      expect(certain).toEqual(whole.writes.slice(0, certain.length));
      expect(document.writes.map(keyOf)).toEqual(whole.writes.slice(0, document.writes.length).map(keyOf));
      if (document.writes.length < whole.writes.length) {
        expect(endsWithRow(document, cut), `cut at ${end}`).toBe(true);
      }
    }
  });
});

function isClosed({ encoding }: PolicyDocument, bytes: Uint8Array): boolean {
  return encoding === "binary" || /[\r\n]$/.test(decodeText(bytes, new DiagnosticCollector("f")).text);
}

/** Whether a cut left whole rows only, or a row of which some value is left. */
function endsWithRow(document: PolicyDocument, bytes: Uint8Array): boolean {
  if (document.encoding === "binary")
    return records.some((_, i) => pregFile(...records.slice(0, i)).length === bytes.length);
  const last = linesOf(bytes).at(-1) ?? "";
  return isClosed(document, bytes) || last.split(",").length === 7 || /=\s*[^\s,]/.test(last);
}

describe("writer and reader", () => {
  const name = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !text.includes("\0"));

  test("registry.pol: records come back as written", () => {
    const record = fc.record({
      key: name,
      name,
      type: fc.nat(12),
      data: fc.uint8Array({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), (inputs) => {
        const { entries, open } = parsePreg(pregFile(...inputs), "f");
        let offset = 8;
        const expected = inputs.map((input) => {
          const at = offset;
          offset += pregRecord(input).length;
          const hex = [...input.data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
          return {
            key: input.key,
            name: input.name,
            type: input.type,
            size: input.data.length,
            hex,
            offset: at,
          };
        });
        expect(entries).toEqual(expected);
        expect(open.filter(({ doubt }) => doubt.code !== "preg.directive-data")).toEqual([]);
      }),
    );
  });

  test("registry.pol: values come back as written", () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), name, (number, text) => {
        const list = { key: "K", name: "L", type: 7, data: utf16(`${text}\0${number}\0\0`) };
        const { writes } = parsePreg(pregFile(dword("K", "N", number), sz("K", "S", text), list), "f");
        const values = writes.map((write) => ("value" in write ? write.value : null));
        expect(values).toEqual([number, text, [text, String(number)]]);
      }),
    );
  });

  const word = fc
    .stringMatching(/^[\w ()äß]{1,12}$/)
    .map((text) => text.trim())
    .filter((text) => text !== "");

  test("GptTmpl.inf: values come back as written", () => {
    const items = fc.array(fc.stringMatching(/^[\w, ]{1,8}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(word, fc.nat(0xffff_ffff), items, (text, number, list) => {
        const quoted = list.map((item) => item.replaceAll(",", '","')).join(",");
        const lines = [`MACHINE\\K\\N=4,${number}`, `MACHINE\\K\\S=1,"${text}"`, `MACHINE\\K\\L=7,${quoted}`];
        const bytes = utf16Bom(`[Registry Values]\r\n${lines.join("\r\n")}\r\n`);
        const { writes } = parseGptTmpl(bytes, "f");
        const values = writes.map((write) => ("value" in write ? write.value : null));
        expect(values).toEqual([number, text, quoted.trim() === quoted ? list : expect.any(Array)]);
      }),
    );
  });

  test("audit.csv: quoted fields come back as written", () => {
    const field = fc.stringMatching(/^[\w,"'; ]{0,12}$/).map((text) => text.trim());
    fc.assert(
      fc.property(field, fc.nat(3), (target, value) => {
        const quoted = `"${target.replaceAll('"', '""')}"`;
        const document = parseAuditCsv(
          utf8(`${csvText}"",${quoted},"",${guid("18")},"","",${value}\r\n`),
          "f",
        );
        expect(document.entries.at(-1)).toMatchObject({ target, value });
        expect(document.open).toEqual([]);
      }),
    );
  });
});
