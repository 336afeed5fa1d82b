import { describe, expect, test } from "vitest";
import { parseAuditCsv } from "../../src/formats/audit-csv/parse-audit-csv.ts";
import { limits } from "../../src/model/limits.ts";
import { concat, latin1, lfsPointer, utf8 } from "../util/bytes.ts";
import type { Summary } from "../util/summary.ts";
import { summarize } from "../util/summary.ts";
import { utf16Bom } from "../util/utf16.ts";

const path = "{A}/Machine/Microsoft/Windows NT/Audit/audit.csv";
const header =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value";
const guid = (xx: string) => `{0cce92${xx}-69ae-11d9-bed3-505054503030}`;
const row = (xx: string, value: string | number) => `,System,,${guid(xx)},,,${value}`;
const logon = row("15", 3);
const lines = (...rows: readonly string[]) => `${[header, ...rows].join("\r\n")}\r\n`;
const csv = (...rows: readonly string[]) => utf8(lines(...rows));
/** The same without the last line end. */
const unclosed = (...rows: readonly string[]) => utf8(lines(...rows).slice(0, -2));
const damaged = (code: string, ...writes: readonly string[]) => ({
  writes: writes.map((write) => `${write} ? ${code}`),
  open: [`audit-subcategory/ ${code}`],
});

const cases: readonly (readonly [title: string, bytes: Uint8Array, expected: Partial<Summary>])[] = [
  ["case 60: UTF-8 with byte order mark", utf8(`\ufeff${lines(logon)}`), { writes: ["set 15 = 3"] }],
  [
    "case 61: UTF-16LE",
    utf16Bom(lines(logon)),
    { codes: ["audit.encoding"], writes: ["set 15 = 3 ? audit.encoding"] },
  ],
  [
    "case 62: every kind of line end",
    utf8(`${header}\n${row("10", 1)}\r${row("11", 2)}\r\n${row("12", 3)}\r\r\n${row("13", 0)}\r\r\n`),
    { writes: ["set 10 = 1", "set 11 = 2", "set 12 = 3", "set 13 = 0"] },
  ],
  [
    "case 63: a German header",
    utf8(
      "Computername,Richtlinienziel,Unterkategorie,Unterkategorie-GUID,Aufnahmeeinstellung,Ausschlusseinstellung,Einstellungswert\r\n" +
        `,System,Anmelden überwachen,${guid("15")},Erfolg und Fehler,,3\r\n`,
    ),
    { writes: ["set 15 = 3"] },
  ],
  [
    "case 64: a Spanish header in an 8-bit text",
    latin1(
      "Nombre de equipo, destino de directiva, subcategoría, GUID de subcategoría, configuración de inclusión, configuración de exclusión, valor de configuración\r\n" +
        `DC1,System,Inicio de sesión,${guid("15")},Aciertos,,1\r\n`,
    ),
    { codes: ["text.encoding-guessed"], writes: ["set 15 = 1"] },
  ],
  [
    "case 65: a header of one field",
    utf8(`计算机名，策略目标，子类别\r\n${logon}\r\n`),
    { writes: ["set 15 = 3"] },
  ],
  ["case 66: no header", utf8(`${logon}\r\n`), { writes: ["set 15 = 3"] }],
  [
    "case 67: a comment above the header",
    utf8(`;by hand\n#by hand\n${lines(logon)}`),
    { codes: ["audit.comment"], writes: ["set 15 = 3"] },
  ],
  [
    "case 68: spellings of a GUID",
    csv(logon.toUpperCase(), row("16", 1).replace(/[{}]/g, ""), row("17", 1).replace("{", " { ")),
    { codes: ["audit.guid-form"], writes: ["set 15 = 3", "set 16 = 1", "set 17 = 1"] },
  ],
  [
    "a GUID with one brace",
    csv(logon.replace("{", "")),
    { codes: ["audit.row-unknown"], ...damaged("audit.row-unknown") },
  ],
  [
    "case 69: the name of another subcategory",
    csv(`,System,Audit Logon,${guid("16")},,,1`, `,System,Audit Audit Policy Change,${guid("2f")},,,1`),
    { codes: ["audit.name-mismatch"], writes: ["set 16 = 1", "set 2f = 1"] },
  ],
  [
    "case 70: a text that says another value",
    csv(`,System,Logon,${guid("15")},Success and Failure,,1`, `,System,Logoff,${guid("16")},No Auditing,,4`),
    { codes: ["audit.text-mismatch"], writes: ["set 15 = 1", "set 16 = 0"] },
  ],
  [
    "case 71: no auditing",
    csv(`,System,Audit Logon,${guid("15")},No Auditing,,0`),
    { writes: ["set 15 = 0"] },
  ],
  ["case 72: value 4", csv(row("15", 4)), { writes: ["set 15 = 0"] }],
  ["case 73: spaces around a value", csv(row("15", " 3 ")), { writes: ["set 15 = 3"] }],
  [
    "case 74: spellings of a value",
    csv(row("15", "03"), row("16", "3.0"), row("17", "three"), row("18", "")),
    { codes: ["audit.value-unusable"], writes: ["set 15 = 3", "unusable 16", "unusable 17", "unusable 18"] },
  ],
  ["case 75: value 7", csv(row("15", 7)), { codes: ["audit.value-unusable"], writes: ["unusable 15"] }],
  [
    "an unusable row beside a good one",
    csv(logon, row("15", 7)),
    { codes: ["audit.value-unusable"], writes: ["set 15 = 3"] },
  ],
  [
    "case 76: a translated target",
    csv(logon.replace("System", "Sistema")),
    { codes: ["audit.target-word"], writes: ["set 15 = 3"] },
  ],
  [
    "case 77: a row for one user",
    csv(`,S-1-5-21-1-2-3-1001,Logon,${guid("15")},Success,Failure,9`),
    { codes: ["audit.user-row"] },
  ],
  [
    "case 78: a row for one user without exclusion",
    csv(`,S-1-5-21-1-2-3-1001,Logon,${guid("15")},Success,,1`),
    { codes: ["audit.user-row", "audit.user-ambiguous"] },
  ],
  [
    "a row for one user by name",
    csv(`,CORP\\ann,Logon,${guid("15")},,Success,2`),
    { codes: ["audit.user-row"] },
  ],
  [
    "case 79: eight fields",
    csv(row("16", 1), `,Machine,Logon,${guid("15")},Success,No,,1`),
    { codes: ["audit.field-count"], ...damaged("audit.field-count", "set 16 = 1") },
  ],
  [
    "eight fields with GUID and value in their places",
    csv(`${row("15", 3)},surplus`),
    { codes: ["audit.field-count"], ...damaged("audit.field-count", "set 15 = 3") },
  ],
  ["five fields", csv("a,b,c,d,e"), { codes: ["audit.field-count"], ...damaged("audit.field-count") }],
  [
    "case 80: an unknown subcategory",
    csv(row("50", 1), row("4b", 1)),
    { codes: ["audit.guid-unknown"], writes: ["set 50 = 1", "set 4b = 1"] },
  ],
  [
    "case 81: the GUID of a category",
    csv(",System,System,{69979848-797a-11d9-bed3-505054503030},,,3"),
    { codes: ["audit.category-guid"] },
  ],
  [
    "case 82: a subcategory twice, different",
    csv(logon, row("15", 1), row("15", 3), row("15", 0)),
    { codes: ["audit.duplicate"], writes: ["set 15 = 0 or 3 or 1"] },
  ],
  [
    "a subcategory twice, equal",
    csv(logon, logon),
    { codes: ["audit.duplicate-equal"], writes: ["set 15 = 3"] },
  ],
  [
    "case 83: SDDL with commas",
    csv(",,RegistryGlobalSacl,,,,S:(AU;FA;KA;;;WD,x)", logon),
    { writes: ["set 15 = 3"] },
  ],
  [
    "case 84: an option whose text says otherwise",
    csv(",,Option:CrashOnAuditFail,,Enabled,,0"),
    { codes: ["audit.text-mismatch"] },
  ],
  [
    "an option without a value",
    csv(",,Option:AuditBaseObjects,,Enabled,,"),
    { codes: ["audit.value-unusable"] },
  ],
  [
    "case 85: an unbalanced quotation mark",
    csv(`,System,"Logon,${guid("15")},,,3`, row("16", 1)),
    { codes: ["audit.quote"], ...damaged("audit.quote", "set 16 = 1") },
  ],
  [
    "text behind a quoted field",
    csv(`,System,"Logon" x,${guid("15")},,,3`),
    { codes: ["audit.quote"], ...damaged("audit.quote") },
  ],
  ["quoted fields", csv(`"DC1","System","a ""b"", c",${guid("15")},,,"3"`), { writes: ["set 15 = 3"] }],
  [
    "case 86: the table that auditpol prints",
    utf8(
      "System audit policy\r\nCategory/Subcategory                      Setting\r\nSystem\r\n  System Integrity      Success\r\n",
    ),
    { codes: ["audit.field-count", "audit.no-rows"], ...damaged("audit.field-count") },
  ],
  [
    "case 87: six columns",
    utf8(
      `Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting\r\nDC1,System,Logon,${guid("15")},Success,\r\n`,
    ),
    { codes: ["audit.six-columns"], ...damaged("audit.six-columns") },
  ],
  [
    "six columns in one row",
    csv(logon, `,System,Logon,${guid("16")},Success,`),
    { codes: ["audit.six-columns"], ...damaged("audit.six-columns", "set 15 = 3") },
  ],
  ["a header alone", csv(), {}],
  ["a header in any language alone", utf8("a,b,c,d,e,f,g\r\n"), {}],
  ["words alone", utf8("words\r\n"), { codes: ["audit.no-rows"], ...damaged("audit.no-rows") }],
  ["blank lines alone", utf8("\r\n\r\n"), { codes: ["audit.no-rows"], ...damaged("audit.no-rows") }],
  ["an empty file", utf8(""), { codes: ["audit.no-rows"], ...damaged("audit.no-rows") }],
  [
    "a header that lost its line end",
    utf8(`${header}${logon}\r\n${row("16", 1)}\r\n`),
    { codes: ["audit.field-count"], ...damaged("audit.field-count", "set 16 = 1") },
  ],
  [
    "a first row with a damaged GUID",
    utf8(`${logon.replace("cce", "cxe")}\r\n${row("16", 1)}\r\n`),
    { codes: ["audit.row-unknown"], ...damaged("audit.row-unknown", "set 16 = 1") },
  ],
  [
    "a NUL character",
    utf8(lines(logon).replace("System", "Sys\0tem")),
    { codes: ["text.nul"], ...damaged("text.nul", "set 15 = 3") },
  ],
  [
    "bytes that are no UTF-8 after its mark",
    concat(utf8(`\ufeff${lines(logon)}`), latin1(";é\r\n")),
    { codes: ["text.undecodable", "audit.comment"], ...damaged("text.undecodable", "set 15 = 3") },
  ],
  ["a Git LFS pointer", lfsPointer, { codes: ["file.lfs-pointer"], ...damaged("file.lfs-pointer") }],
];

/** Last rows without a line end, and whether they are cut. */
const ends: readonly (readonly [row: string, cut: boolean])[] = [
  [row("16", 1), false],
  [row("16", 9), false],
  [row("16", ""), true],
  [",System,Lo", true],
  [",,Option:CrashOnAuditFail,,Disabled,,", true],
  [",,FileGlobalSacl,,,,", true],
  [",,FileGlobalSacl,,,,S:", true],
  [",,FileGlobalSacl,,,,S:(AU;FA;KA", true],
  [",,FileGlobalSacl,,,,S:(AU;FA;KA;;;WD)", false],
  [";comment", false],
];

describe("audit.csv", () => {
  test.for(cases)("%s", ([, bytes, expected]) => {
    expect(summarize(parseAuditCsv(bytes, path))).toEqual({ codes: [], writes: [], open: [], ...expected });
  });

  test.for(ends)("ends with %j, cut: %j", ([last, isCut]) => {
    const document = parseAuditCsv(unclosed(logon, last), path);
    expect(document.diagnostics.some(({ code }) => code === "audit.truncated")).toBe(isCut);
    expect(document.open.length).toBe(isCut ? 1 : 0);
  });

  test.for([
    [header, false],
    [header.replace("Setting Value", "Setting Va"), true],
    [header.slice(0, 40), true],
  ] as const)("a header alone without a line end: %s, cut: %j", ([text, isCut]) => {
    expect(parseAuditCsv(utf8(text), path).open.length).toBe(isCut ? 1 : 0);
  });

  test("case 88: formulas are kept as text, for reporters to escape", () => {
    const document = parseAuditCsv(csv(`=cmd|'/c calc'!A1,=1+1,x,${guid("15")},,,3`), path);
    expect(document.entries).toMatchObject([{ target: "=1+1" }]);
    expect(document.writes[0]?.quote).toBe(`=cmd|'/c calc'!A1,=1+1,x,${guid("15")},,,3`);
  });

  test("case 137: control characters and U+202E are kept as text, for reporters to escape", () => {
    const name = "Log\u202eon\u0007";
    const document = parseAuditCsv(csv(`,${name},x,${guid("15")},,,3`), path);
    expect(document.entries).toMatchObject([{ target: name }]);
    expect(document.writes[0]?.quote).toContain(name);
  });

  test("entries, locations and quotes", () => {
    const sacl = "S:(AU;FA;KA;;;WD)";
    const document = parseAuditCsv(
      csv(
        "",
        ` ${logon}`,
        ",,Opción:CrashOnAuditFail,,,,1",
        `,,FileGlobalSacl,,,,"${sacl}"`,
        `,S-1-5-21-1-2-3-9,,${guid("16")},,Success,2`,
        row("17", "x"),
      ),
      path,
    );
    const full = (xx: string) => guid(xx).slice(1, -1);
    expect(document.layout).toBe("gpo");
    expect(document.entries).toEqual([
      { kind: "subcategory", target: "System", guid: full("15"), value: 3, line: 3 },
      { kind: "option", target: "", guid: "", value: 1, line: 4 },
      { kind: "global-sacl", target: "", guid: "", value: sacl, line: 5 },
      { kind: "user", target: "S-1-5-21-1-2-3-9", guid: full("16"), value: 2, line: 6 },
      { kind: "subcategory", target: "System", guid: full("17"), value: "x", line: 7 },
    ]);
    expect(document.writes[0]).toMatchObject({ location: { path, line: 3 }, quote: logon, type: null });
  });

  test("a measured policy: words of known languages are values, others stay words", () => {
    const text = (word: string) => `DC1,System,Logon,${guid("15")},${word},`;
    const words = ["No Auditing", "Success and Failure", "Erfolgreich", "성공"];
    const document = parseAuditCsv(utf8(`\r\na,b,c,d,e,f\r\n${words.map(text).join("\r\r\n")}`), path);
    expect(document.layout).toBe("effective");
    expect(document.entries.map((entry) => ("kind" in entry ? entry.value : null))).toEqual([
      0,
      3,
      1,
      "성공",
    ]);
  });

  test("all rows of a damaged file share one doubt with what is open", () => {
    const { writes, open } = parseAuditCsv(csv(logon, row("16", 1), "words"), path);
    expect(new Set([...writes, ...open].map(({ doubt }) => doubt)).size).toBe(1);
    expect(writes.length).toBe(2);
  });

  test("more rows than the limit", () => {
    const bytes = utf8(`${header}\n${`${logon}\n`.repeat(limits.csvRows)}`);
    expect(summarize(parseAuditCsv(bytes, path))).toMatchObject(damaged("limit.exceeded", "set 15 = 3"));
    const long = csv(logon, "x".repeat(limits.infLineLength + 1));
    expect(summarize(parseAuditCsv(long, path))).toMatchObject(damaged("limit.exceeded", "set 15 = 3"));
  });
});
