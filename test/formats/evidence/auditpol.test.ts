import { describe, expect, it } from "vitest";
import { parseEvidence } from "../../../src/formats/evidence/parse-evidence.ts";
import type { MeasuredState } from "../../../src/model/evidence.ts";
import { utf8 } from "../../util/bytes.ts";
import { utf16Bom } from "../../util/utf16.ts";

const header =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value";
const guid = (xx: string) => `{0CCE92${xx}-69AE-11D9-BED3-505054503030}`;
const row = (xx: string, value: number | string, host = "DC1") => `${host},System,,${guid(xx)},,,${value}`;
const six = (xx: string, word: string, host = "DC1") => `${host},System,,${guid(xx)},${word},`;
const sixHeader = header.replace(",Setting Value", "");
const csv = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join("");

/** `15 = 3`, or `15 ? code` for what cannot be used. */
function settings({ settings: found }: MeasuredState): readonly string[] {
  return [...found].map(([key, { value, doubt }]) => {
    const xx = /^audit-subcategory\/0cce92(..)-/.exec(key)?.[1] ?? key;
    return doubt === null ? `${xx} = ${JSON.stringify(value)}` : `${xx} ? ${doubt.code}`;
  });
}

interface Expected {
  readonly host: string | null;
  readonly found: readonly string[];
  readonly codes?: readonly string[];
  readonly complete?: boolean;
}

const cases: readonly (readonly [title: string, text: string, expected: Expected])[] = [
  [
    "auditpol /backup",
    csv(
      header,
      row("15", 3),
      row("16", 0),
      ",,,,,,".replace(",", "DC1,").replace(",,,,,,", ",,FileGlobalSacl,,,,"),
      "DC1,,Option:CrashOnAuditFail,,Disabled,,0",
    ),
    { host: "DC1", found: ["15 = 3", "16 = 0"] },
  ],
  [
    "a row for one user",
    csv(header, row("15", 3), `DC1,S-1-5-21-1-2-3-500,,${guid("16")},,Success,2`),
    { host: "DC1", found: ["15 = 3"], codes: ["audit.user-row"] },
  ],
  [
    "the same row twice, and twice with another value",
    csv(header, row("15", 3), row("15", 3), row("16", 1), row("16", 2)),
    {
      host: "DC1",
      found: ["15 = 3", "16 ? evidence.conflict"],
      codes: ["audit.duplicate-equal", "audit.duplicate"],
    },
  ],
  [
    "a malformed row, which may have been any other",
    csv(header, row("15", 3), "DC1,System,x"),
    { host: "DC1", found: ["15 ? audit.field-count"], codes: ["audit.field-count"], complete: false },
  ],
  [
    "a cut row",
    csv(header, row("15", 3), row("16", 1)).slice(0, -6),
    { host: "DC1", found: ["15 ? audit.truncated"], codes: ["audit.truncated"], complete: false },
  ],
  [
    "an unusable value",
    csv(header, row("15", "x"), row("16", 1)),
    { host: "DC1", found: ["15 ? evidence.unusable", "16 = 1"], codes: ["audit.value-unusable"] },
  ],
  [
    "two computers in one file",
    csv(header, row("15", 3), row("16", 1, "DC2")),
    {
      host: null,
      found: ["15 ? evidence.hosts", "16 ? evidence.hosts"],
      codes: ["evidence.hosts"],
      complete: false,
    },
  ],
  [
    "one computer in two spellings",
    csv(header, row("15", 3), row("16", 1, "dc1")),
    { host: "DC1", found: ["15 = 3", "16 = 1"] },
  ],
  [
    "the audit.csv of a GPO",
    csv(header, row("15", 3, "")),
    { host: null, found: ["15 ? evidence.policy"], codes: ["evidence.policy"], complete: false },
  ],
  [
    "case 87: auditpol /get /r, with the empty lines it leaves",
    `\r\r\n${csv(sixHeader, six("15", "Success and Failure"), six("16", "No Auditing"), six("17", "Keine Überwachung"), six("18", "Aciertos"))}`,
    { host: "DC1", found: ["15 = 3", "16 = 0", "17 = 0", "18 = 1"] },
  ],
  [
    "words that are not known",
    csv(sixHeader, six("15", "성공"), six("16", "Failure")),
    { host: "DC1", found: ["15 ? evidence.word", "16 = 2"], codes: ["evidence.word"] },
  ],
  [
    "six columns, twice with another word",
    csv(
      sixHeader,
      six("15", "Success"),
      six("15", "Failure"),
      six("15", "Success"),
      six("16", "Failure"),
      six("16", "Failure"),
    ),
    { host: "DC1", found: ["15 ? evidence.conflict", "16 = 2"], codes: ["evidence.conflict"] },
  ],
  [
    "six columns of one user",
    csv(sixHeader, six("15", "Success").replace("System", "CORP\\eve"), six("16", "Failure")),
    { host: "DC1", found: ["16 = 2"] },
  ],
  [
    "six columns, cut",
    csv(sixHeader, six("15", "Success")) + six("16", "Success").slice(0, -6),
    { host: "DC1", found: ["15 ? audit.truncated"], codes: ["audit.truncated"], complete: false },
  ],
  ["six columns without a name", csv(sixHeader, six("15", "Success", "")), { host: null, found: ["15 = 1"] }],
  [
    "rows of both layouts",
    csv(sixHeader, six("15", "Success"), row("16", 1)),
    { host: "DC1", found: ["16 ? audit.six-columns"], codes: ["audit.six-columns"], complete: false },
  ],
];

describe("evidence of auditpol", () => {
  it.each(cases)("%s", (_, text, { host, found, codes = [], complete = true }) => {
    // Windows PowerShell redirects as UTF-16, cmd as 8-bit text.
    for (const bytes of [utf8(text), utf16Bom(text)]) {
      const { state, diagnostics } = parseEvidence(bytes, "DC1.csv");
      expect(settings(state)).toEqual(found);
      expect(state).toMatchObject({ kind: "auditpol csv", host, complete });
      expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    }
  });

  it("quotes the row and says where it stands", () => {
    const { state } = parseEvidence(utf8(csv("", sixHeader, six("15", "Success"))), "in/DC1.csv");
    expect([...state.settings.values()]).toEqual([
      {
        value: 1,
        type: null,
        doubt: null,
        location: { path: "in/DC1.csv", line: 3 },
        quote: six("15", "Success"),
      },
    ]);
  });

  it.each([
    [
      "case 86: the table that auditpol prints",
      "System audit policy\r\nCategory/Subcategory   Setting\r\nLogon   Success\r\n",
    ],
    ["nothing", ""],
    ["only a header", csv(header)],
  ])("is not %s", (_, text) => {
    const { state, diagnostics } = parseEvidence(utf8(text), "DC1.txt");
    expect(state).toMatchObject({ kind: null, host: null, complete: false, settings: new Map() });
    expect(diagnostics).toMatchObject([
      { code: "evidence.unrecognised", detail: expect.stringContaining("/r") },
    ]);
  });

  it("says nothing that a lost character may have changed", () => {
    const text = utf8(csv(header, row("15", 3)));
    const broken = text.slice();
    broken[header.length + 8] = 0;
    const { state } = parseEvidence(broken, "f");
    expect(settings(state)).toEqual(["15 ? text.undecodable"]);
    expect(state.complete).toBe(false);
  });
});
