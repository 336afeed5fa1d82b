import { describe, expect, it } from "vitest";
import { parseEvidence } from "../../../src/formats/evidence/parse-evidence.ts";
import type { MeasuredState } from "../../../src/model/evidence.ts";
import { latin1, utf8 } from "../../util/bytes.ts";
import { utf16Bom } from "../../util/utf16.ts";

const five = "Windows Registry Editor Version 5.00";
const lsa = "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa]";
const prefix = "registry-value/machine\\system\\currentcontrolset\\control\\lsa\\";
const reg = (...lines: readonly string[]) => [five, "", ...lines, ""].map((line) => `${line}\r\n`).join("");
/** A file with one key. */
const values = (...rows: readonly string[]) => reg(lsa, ...rows);

/** `name = type value`, or `name ? code`; the key is left out where it is Lsa. */
function settings({ settings: found }: MeasuredState): readonly string[] {
  return [...found].map(([key, { value, type, doubt }]) => {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    return doubt === null ? `${name} = ${type} ${JSON.stringify(value)}` : `${name} ? ${doubt.code}`;
  });
}

interface Expected {
  readonly found: readonly string[];
  readonly codes?: readonly string[];
  readonly complete?: boolean;
  /** Whether all values of the key are known. */
  readonly listed?: boolean;
}

const cases: readonly (readonly [title: string, text: string, expected: Expected])[] = [
  ["an empty key", values(), { found: [] }],
  [
    "a number",
    values('"SCENoApplyLegacyAuditPolicy"=dword:0000000a'),
    { found: ["scenoapplylegacyauditpolicy = 4 10"] },
  ],
  ["the largest number", values('"a"=dword:FFFFFFFF'), { found: ["a = 4 4294967295"] }],
  ["the default value", values('@="x"'), { found: [' = 1 "x"'] }],
  [
    "escapes in name and text",
    values('"a\\"b\\\\c"="C:\\\\d \\"e\\" = ;"'),
    { found: ['a"b\\c = 1 "C:\\\\d \\"e\\" = ;"'] },
  ],
  ["an empty text", values('"a"=""'), { found: ['a = 1 ""'] }],
  ["bytes", values('"a"=hex:00,ff,0A'), { found: ['a = 3 "00ff0a"'] }],
  ["no bytes", values('"a"=hex:'), { found: ['a = 3 ""'] }],
  [
    "a type without a name",
    values('"a"=hex(0):01', '"b"=hex(100002):02'),
    { found: ['a = 0 "01"', 'b = 1048578 "02"'] },
  ],
  [
    "numbers in bytes",
    values('"a"=hex(4):07,00,00,00', '"b"=hex(5):00,00,00,07', '"c"=hex(b):07,00,00,00,00,00,00,00'),
    { found: ["a = 4 7", "b = 5 7", "c = 11 7"] },
  ],
  [
    "a number beyond 2^53",
    values('"c"=hex(b):ff,ff,ff,ff,ff,ff,ff,ff'),
    { found: ['c = 11 "18446744073709551615"'] },
  ],
  ["text in bytes", values('"a"=hex(2):25,00,61,00,25,00,00,00'), { found: ['a = 2 "%a%"'] }],
  [
    "a list over several lines",
    values('"a"=hex(7):61,00,00,00,\\', "  62,00,63,00,00,00,\\", "  00,00", '"b"=dword:1'),
    { found: ['a = 7 ["a","bc"]', "b = 4 1"] },
  ],
  ["an empty list", values('"a"=hex(7):00,00'), { found: ["a = 7 []"] }],
  [
    "a text over several lines",
    values('"a"="one', "", 'two \\"three\\"', '"', '"b"=dword:1'),
    { found: ['a = 1 "one\\n\\ntwo \\"three\\"\\n"', "b = 4 1"] },
  ],
  ["comments", values("; one", '"a"=dword:1', ";two"), { found: ["a = 4 1"] }],
  [
    "other hives",
    reg("[HKEY_USERS\\.DEFAULT]", '"a"=dword:1', "", lsa, '"b"=dword:2'),
    { found: ["b = 4 2"] },
  ],
  [
    "two keys",
    reg(lsa, '"a"=dword:1', "", `${lsa.slice(0, -1)}\\Sub]`, '"a"=dword:2'),
    { found: ["a = 4 1", "sub\\a = 4 2"] },
  ],
  [
    "two exports in one file",
    values('"a"=dword:1', '"b"=dword:1') + values('"a"=dword:2', '"b"=dword:1'),
    { found: ["a ? evidence.conflict", "b = 4 1"], codes: ["evidence.conflict"] },
  ],
  [
    "a deleted value",
    values('"a"=-', '"b"=dword:1'),
    { found: ["a ? reg.deletion", "b = 4 1"], codes: ["reg.deletion"], complete: false },
  ],
  [
    "a deleted key",
    reg(lsa.replace("[", "[-"), "", lsa, '"b"=dword:1'),
    { found: ["b = 4 1"], codes: ["reg.deletion"], complete: false, listed: false },
  ],
  ...[
    '"a"=dword:',
    '"a"=dword:123456789',
    '"a"=dword:-1',
    '"a"=hex:0g',
    '"a"=hex:1,,2',
    '"a"=hex(4):01',
    '"a"=hex(2):01',
    '"a"=hex(b):01',
    '"a"=7',
    '"a"=',
  ].map((row): readonly [string, string, Expected] => [
    `unusable data: ${row}`,
    values(row, '"b"=dword:1'),
    { found: ["a ? reg.value", "b = 4 1"], codes: ["reg.value"], complete: false },
  ]),
  [
    "a row that is none",
    values("a=dword:1", '"b"=dword:1'),
    { found: ["b = 4 1"], codes: ["reg.row-malformed"], complete: false, listed: false },
  ],
  [
    "a text without its end",
    values('"a"="x', '"b"=dword:1', '"c"="y"'),
    { found: ["b = 4 1", 'c = 1 "y"'], codes: ["reg.row-malformed"], complete: false, listed: false },
  ],
  [
    "a value above all keys",
    reg('"a"=dword:1', lsa, '"b"=dword:1'),
    { found: ["b = 4 1"], codes: ["reg.row-outside"], complete: false },
  ],
  [
    "a last line that is cut",
    `${values('"a"=dword:1').slice(0, -2)}"b"=dword:0000`,
    { found: ["a = 4 1"], codes: ["reg.truncated"], complete: false, listed: false },
  ],
  [
    "bytes that go on nowhere",
    values('"a"=dword:1', '"b"=hex:00,\\').slice(0, -2),
    { found: ["a = 4 1"], codes: ["reg.truncated"], complete: false, listed: false },
  ],
  [
    "a row behind an empty line, and none behind it",
    values('"a"=dword:1', "", '"b"=dword:1').slice(0, -2),
    { found: ["a = 4 1", "b = 4 1"], listed: false },
  ],
  ["no empty line at the end", values('"a"=dword:1').slice(0, -2), { found: ["a = 4 1"], listed: false }],
];

describe("evidence of reg export", () => {
  it.each(cases)("%s", (_, text, { found, codes = [], complete = true, listed = true }) => {
    for (const bytes of [utf16Bom(text), utf8(text)]) {
      const { state, diagnostics } = parseEvidence(bytes, "DC1.reg");
      expect(settings(state)).toEqual(found);
      expect(diagnostics.map(({ code }) => code)).toEqual(codes);
      expect(state).toMatchObject({ kind: "registry export", host: null, complete });
      expect(state.listedKeys.has(prefix)).toBe(listed);
    }
  });

  it("in the form of REGEDIT4 holds 8-bit text", () => {
    const text = `REGEDIT4\r\n\r\n${lsa}\r\n"a"="\xe4"\r\n"b"=hex(7):61,00,e4,00,00\r\n\r\n`;
    const { state } = parseEvidence(latin1(text), "DC1.reg");
    expect(settings(state)).toEqual(['a = 1 "ä"', 'b = 7 ["a","ä"]']);
  });

  it("quotes the row and says where it starts", () => {
    const { state } = parseEvidence(utf16Bom(values('"a"=hex:00,\\', "  01", '"b"=dword:1')), "f.reg");
    expect([...state.settings.values()].map(({ location, quote }) => [location, quote])).toEqual([
      [{ path: "f.reg", line: 4 }, '"a"=hex:00,\\'],
      [{ path: "f.reg", line: 6 }, '"b"=dword:1'],
    ]);
  });

  it("says nothing where characters are lost", () => {
    const odd = utf16Bom(values('"a"=dword:1')).subarray(0, -1);
    const { state } = parseEvidence(odd, "f.reg");
    expect(state).toMatchObject({ settings: new Map(), listedKeys: new Set(), complete: false });
  });
});
