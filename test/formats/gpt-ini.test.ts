import { describe, expect, test } from "vitest";
import { parseGptIni } from "../../src/formats/gpt-ini/parse-gpt-ini.ts";
import { concat, latin1, lfsPointer, utf8 } from "../util/bytes.ts";
import { utf16Bom } from "../util/utf16.ts";

interface Expected {
  readonly machine: number | null;
  readonly user: number | null;
  readonly line: number;
  readonly codes: readonly string[];
}

const unknown = { machine: null, user: null, line: 1, codes: [] };

const cases: readonly (readonly [title: string, bytes: Uint8Array, expected: Expected])[] = [
  ["case 89: lower case", utf8("[general]\nversion=65537"), { machine: 1, user: 1, line: 2, codes: [] }],
  [
    "halves of a version",
    utf8("[General]\r\n\r\nVersion=196641\r\n"),
    { machine: 33, user: 3, line: 3, codes: [] },
  ],
  [
    "the largest version",
    utf8("[General]\nVersion = 4294967295\n"),
    { machine: 65535, user: 65535, line: 2, codes: [] },
  ],
  ["a user half only", utf8("[General]\nVersion=9437184\n"), { machine: 0, user: 144, line: 2, codes: [] }],
  ["case 90: no section", utf8("Version=1\n"), { ...unknown, codes: ["gpt-ini.no-general"] }],
  ["another section", utf8("[Other]\nVersion=1\n"), { ...unknown, codes: ["gpt-ini.no-general"] }],
  ["no version", utf8("\n[General]\nOptions=1\n"), { ...unknown, line: 2, codes: ["gpt-ini.no-version"] }],
  ["an empty file", utf8(""), { ...unknown, codes: ["gpt-ini.no-general"] }],
  [
    "case 91: a version that is no number",
    utf8("[General]\nVersion=NaN\n"),
    { ...unknown, line: 2, codes: ["gpt-ini.version"] },
  ],
  [
    "a negative version",
    utf8("[General]\nVersion=-1\n"),
    { ...unknown, line: 2, codes: ["gpt-ini.version"] },
  ],
  [
    "a version above 32 bits",
    utf8("[General]\nVersion=4294967296\n"),
    { ...unknown, line: 2, codes: ["gpt-ini.version"] },
  ],
  ["a version cut off", utf8("[General]\nVersion="), { ...unknown, line: 2, codes: ["gpt-ini.version"] }],
  [
    "case 92: UTF-16LE",
    utf16Bom("[General]\r\nVersion=2\r\n"),
    { machine: 2, user: 0, line: 2, codes: ["gpt-ini.encoding"] },
  ],
  [
    "half a character too many",
    concat(utf16Bom("[General]\r\nVersion=2"), utf8("1")),
    { ...unknown, line: 2, codes: ["text.odd-length", "gpt-ini.encoding"] },
  ],
  [
    "case 93: two versions",
    utf8("[General]\nVersion=1\nversion=2\n"),
    { ...unknown, line: 3, codes: ["gpt-ini.version-repeated"] },
  ],
  [
    "the same version twice",
    utf8("[General]\nVersion=1\nVersion=1\n"),
    { machine: 1, user: 0, line: 3, codes: ["gpt-ini.version-repeated"] },
  ],
  [
    "a name in Latin-1",
    latin1("[General]\ndisplayName=Nouvel objet stratégie\nVersion=5\n"),
    { machine: 5, user: 0, line: 3, codes: ["text.encoding-guessed"] },
  ],
  ["NUL characters", utf8("[General]\nVersion=1\0\n"), { ...unknown, line: 2, codes: ["text.nul"] }],
  [
    "a broken header",
    utf8("[General]\nVersion=1\n[Oth\n"),
    { ...unknown, line: 2, codes: ["gpt-ini.row-malformed"] },
  ],
  [
    "words",
    utf8("[General]\n;note\nwords\nVersion=1\n"),
    { machine: 1, user: 0, line: 4, codes: ["gpt-ini.row-malformed"] },
  ],
  ["a Git LFS pointer", lfsPointer, { ...unknown, codes: ["file.lfs-pointer"] }],
];

describe("GPT.INI", () => {
  test.for(cases)("%s", ([, bytes, { machine, user, line, codes }]) => {
    const document = parseGptIni(bytes, "GPT.INI");
    expect({
      machine: document.machineVersion,
      user: document.userVersion,
      location: document.location,
      codes: document.diagnostics.map(({ code }) => code),
    }).toEqual({ machine, user, location: { path: "GPT.INI", line }, codes });
  });

  test("entries keep keys and values", () => {
    expect(
      parseGptIni(utf8("[General]\r\nVersion=1\r\ndisplayName = New Group Policy Object"), "GPT.INI").entries,
    ).toEqual([
      { section: "General", key: "Version", value: "1", line: 2 },
      { section: "General", key: "displayName", value: "New Group Policy Object", line: 3 },
    ]);
  });
});
