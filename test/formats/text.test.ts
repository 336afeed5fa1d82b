import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DecodedText } from "../../src/formats/text/decode.ts";
import { decodeText } from "../../src/formats/text/decode.ts";
import { toHex } from "../../src/formats/text/hex.ts";
import { lineNumbers, splitLines } from "../../src/formats/text/lines.ts";
import { parseInteger } from "../../src/formats/text/numbers.ts";
import { DiagnosticCollector } from "../../src/model/diagnostic.ts";
import { concat, latin1, utf8 } from "../util/bytes.ts";
import { utf16, utf16BeBom, utf16Bom } from "../util/utf16.ts";

const plain = { text: "aé", bom: false, hadNul: false, lossy: false };

const encodings: readonly (readonly [
  title: string,
  bytes: Uint8Array,
  expected: DecodedText,
  codes?: readonly string[],
])[] = [
  ["nothing", utf8(""), { ...plain, text: "", encoding: "ascii" }],
  ["ASCII", utf8("ab"), { ...plain, text: "ab", encoding: "ascii" }],
  ["UTF-8", utf8("aé"), { ...plain, encoding: "utf-8" }],
  ["UTF-8 with mark", utf8("\ufeffaé"), { ...plain, encoding: "utf-8", bom: true }],
  ["windows-1252", latin1("aé"), { ...plain, encoding: "windows-1252" }, ["text.encoding-guessed"]],
  ["UTF-16LE with mark", utf16Bom("aé"), { ...plain, encoding: "utf-16le", bom: true }],
  ["UTF-16BE with mark", utf16BeBom("aé"), { ...plain, encoding: "utf-16be", bom: true }],
  ["UTF-16LE without mark", utf16("aé"), { ...plain, encoding: "utf-16le" }, ["text.no-bom"]],
  [
    "half a unit",
    concat(utf16Bom("aé"), utf8("x")),
    { ...plain, encoding: "utf-16le", bom: true, lossy: true },
    ["text.odd-length"],
  ],
  [
    "half a pair",
    utf16Bom("a\ud800"),
    { ...plain, text: "a\ufffd", encoding: "utf-16le", bom: true, lossy: true },
    ["text.undecodable"],
  ],
  [
    "no UTF-8 behind its mark",
    concat(utf8("\ufeffa"), latin1("é")),
    { ...plain, text: "a\ufffd", encoding: "utf-8", bom: true, lossy: true },
    ["text.undecodable"],
  ],
  [
    "NUL characters",
    utf8("abcdef\0gh"),
    { ...plain, text: "abcdefgh", encoding: "ascii", hadNul: true },
    ["text.nul"],
  ],
];

describe("text", () => {
  test.for(encodings)("%s", ([, bytes, expected, codes = []]) => {
    const diagnostics = new DiagnosticCollector("f");
    expect(decodeText(bytes, diagnostics)).toEqual(expected);
    expect(diagnostics.items.map(({ code }) => code)).toEqual(codes);
  });

  test.for([
    ["", []],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\r\nb\rc\nd", ["a", "b", "c", "d"]],
    ["a\r\r\n\r\r\nb\r\n\r\n", ["a", "", "b", ""]],
  ] as const)("lines of %j", ([text, lines]) => {
    expect([...splitLines(text)].map((line) => line.text)).toEqual(lines);
    expect([...splitLines(text)].map((line) => line.number)).toEqual(lines.map((_, i) => i + 1));
  });

  test("the number of an offset is that of its line", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a\r\n]{0,20}$/), (text) => {
        const numberOf = lineNumbers(text);
        let offset = 0;
        for (const line of splitLines(text)) {
          offset = text.indexOf(line.text, offset);
          expect(numberOf(offset)).toBe(line.number);
          offset += line.text.length;
          while (offset < text.length && numberOf(offset) === line.number) offset++;
        }
      }),
    );
  });

  test.for([
    [" 07 ", 7],
    ["-1", -1],
    ["0x1F", 31],
    ["", null],
    ["+1", null],
    ["1.0", null],
    ["1e3", null],
    ["0x", null],
    ["-0x1", null],
  ] as const)("number %j", ([text, expected]) => {
    expect(parseInteger(text)).toBe(expected);
  });

  test("hex of all bytes", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(toHex(bytes)).toBe([...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  });
});
