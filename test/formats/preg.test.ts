import { describe, expect, test } from "vitest";
import { parsePreg } from "../../src/formats/preg/parse-preg.ts";
import { limits } from "../../src/model/limits.ts";
import { concat, lfsPointer, uint32, utf8 } from "../util/bytes.ts";
import { dword, pregFile, pregHeader, pregRecord, sz } from "../util/preg-writer.ts";
import type { Summary } from "../util/summary.ts";
import { summarize } from "../util/summary.ts";
import { utf16 } from "../util/utf16.ts";

const path = "{A}/Machine/Registry.pol";
const x = dword("Soft\\A", "X", 7);
const setX = "set soft\\a\\x = 7";
const all = "registry-value/";
const raw = (type: number, ...bytes: number[]) => ({
  key: "K",
  name: "V",
  type,
  data: Uint8Array.from(bytes),
});
const crlf = (bytes: Uint8Array) =>
  Uint8Array.from([...bytes].flatMap((byte) => (byte === 10 ? [13, 10] : [byte])));
const cut = (bytes: Uint8Array, end: number) => bytes.subarray(0, bytes.length - end);

const cases: readonly (readonly [title: string, bytes: Uint8Array, expected: Partial<Summary>])[] = [
  ["case 1: zero bytes", utf8(""), { codes: ["preg.truncated"], open: [`${all} preg.truncated`] }],
  [
    "case 2: seven bytes of a good header",
    cut(pregHeader, 1),
    { codes: ["preg.truncated"], open: [`${all} preg.truncated`] },
  ],
  ["case 3: a header alone", pregHeader, {}],
  ["case 4: another signature", concat(utf8("PRei"), uint32(1)), { codes: ["preg.signature"] }],
  ["lower-case signature", concat(utf8("preg"), uint32(1), pregRecord(x)), { codes: ["preg.signature"] }],
  ["another signature in a short file", utf8("pr"), { codes: ["preg.signature"] }],
  ["case 5: version 2", concat(utf8("PReg"), uint32(2), pregRecord(x)), { codes: ["preg.version"] }],
  [
    "case 6: a Git LFS pointer",
    lfsPointer,
    { codes: ["file.lfs-pointer"], open: [`${all} file.lfs-pointer`] },
  ],
  [
    "case 7: line ends converted",
    crlf(pregFile(x, dword("A", "B", 10), x)),
    { codes: ["preg.desync"], writes: [setX], open: [`${all} preg.desync`] },
  ],
  [
    "case 8: last bracket missing",
    cut(pregFile(x), 2),
    { codes: ["preg.unterminated"], writes: [setX], open: [`${all} preg.unterminated`] },
  ],
  [
    "half of the last bracket missing",
    cut(pregFile(x), 1),
    { codes: ["preg.unterminated"], writes: [setX], open: [`${all} preg.unterminated`] },
  ],
  [
    "case 9: cut inside a size field",
    concat(pregFile(x), cut(pregRecord(dword("A", "B", 1)), 9)),
    { codes: ["preg.truncated"], writes: [setX], open: [`${all} preg.truncated`] },
  ],
  [
    "case 10: size 0xFFFFFFFF",
    pregFile(x, { ...x, size: 0xffff_ffff }),
    { codes: ["preg.truncated"], writes: [setX], open: [`${all} preg.truncated`] },
  ],
  [
    "case 11: a size larger than the data",
    pregFile(x, { ...dword("A", "B", 1), size: 6 }, x),
    { codes: ["preg.desync"], writes: [setX], open: [`${all} preg.desync`] },
  ],
  [
    "case 12: a DWORD without data",
    pregFile(raw(4)),
    { codes: ["preg.value-size"], writes: ["unusable k\\v"] },
  ],
  [
    "case 13: a DWORD of eight bytes",
    pregFile(raw(4, 1, 0, 0, 0, 0, 0, 0, 0)),
    { codes: ["preg.value-size"], writes: ["unusable k\\v"] },
  ],
  ["case 14: a key to create", pregFile({ key: "K", name: "", type: 0, data: utf8("") }), {}],
  ["case 15: the default value", pregFile(sz("K", "", "d")), { writes: ['set k\\ = "d"'] }],
  [
    "case 16: delimiters in a value name",
    pregFile(dword("K", "a;b[c]", 1)),
    { writes: ["set k\\a;b[c] = 1"] },
  ],
  ["case 17: a delimiter in a key", pregFile(dword("K;[L]", "V", 1)), { writes: ["set k;[l]\\v = 1"] }],
  [
    "case 18: an unknown type whose bytes are a delimiter",
    pregFile(raw(59, 1, 2)),
    { codes: ["preg.type-unknown"], writes: ['set k\\v = "0102"'] },
  ],
  [
    "case 19: delimiters in binary data",
    pregFile(raw(3, 0x5d, 0, 0x5b, 0), x),
    { writes: ['set k\\v = "5d005b00"', setX] },
  ],
  [
    "case 20: spellings of **delvals",
    pregFile(sz("K", "**DELVALS.", " "), sz("K", "**delvals", " ")),
    { writes: ["delete-values k\\", "delete-values k\\"] },
  ],
  [
    "case 21: a deletion before and after a value",
    pregFile(sz("K", "**del.V", " "), dword("K", "V", 1), sz("K", "**Del.V", " ")),
    { writes: ["delete k\\v", "set k\\v = 1", "delete k\\v"] },
  ],
  [
    "case 22: a list of values to delete",
    pregFile(sz("K", "**DeleteValues", "a;;b;")),
    { writes: ["delete k\\a", "delete k\\b"] },
  ],
  [
    "case 23: a soft value",
    pregFile(dword("K", "**soft.RestrictSendingNTLMTraffic", 2)),
    { writes: ["set-if-absent k\\restrictsendingntlmtraffic = 2"] },
  ],
  [
    "case 24: the same value in two spellings",
    pregFile(x, dword("SOFT\\a", "x", 8)),
    { codes: ["preg.duplicate"], writes: [setX, "set soft\\a\\x = 8"] },
  ],
  [
    "case 25: a string where a number is expected",
    pregFile(sz("K", "MaxSize", "1")),
    { writes: ['set k\\maxsize = "1"'] },
  ],
  [
    "case 26: a string with an odd size and without NUL",
    pregFile(raw(1, 0x41, 0, 0x42)),
    { codes: ["preg.string-form"], writes: ['set k\\v = "A"'] },
  ],
  [
    "case 27: half a surrogate pair in a key",
    pregFile(dword("K\ud800", "V", 1)),
    { codes: ["preg.lone-surrogate"], writes: ["set k\ud800\\v = 1"] },
  ],
  [
    "case 28: a key with its hive",
    pregFile(dword("HKLM\\Soft", "V", 1)),
    { codes: ["preg.hive-prefix"], writes: ["set soft\\v = 1 ? preg.hive-prefix"] },
  ],
  [
    "case 30: a NUL after the last record",
    concat(pregFile(x), utf16("\0")),
    { codes: ["preg.trailing-nul"], writes: [setX] },
  ],
  [
    "zeros after the last record",
    concat(pregFile(x), new Uint8Array(512)),
    { codes: ["preg.desync"], writes: [setX], open: [`${all} preg.desync`] },
  ],
  [
    "a backslash after a key",
    pregFile(dword("K\\", "V", 1)),
    { codes: ["preg.key-backslash"], writes: ["set k\\v = 1"] },
  ],
  [
    "a backslash before a key",
    pregFile(dword("\\K", "V", 1)),
    { codes: ["preg.key-backslash"], writes: ["set k\\v = 1 ? preg.key-backslash"] },
  ],
  ["a record without a key", pregFile(dword("", "V", 1)), { codes: ["preg.key-empty"] }],
  [
    "another hive",
    pregFile(dword("HKCU\\K", "V", 1)),
    { codes: ["preg.hive-prefix"], writes: ["set hkcu\\k\\v = 1"] },
  ],
  [
    "subkeys to delete",
    pregFile(sz("K", "**DeleteKeys", "a;b")),
    { writes: ["delete-keys k\\a\\", "delete-keys k\\b\\"] },
  ],
  [
    "a list to delete that is no string",
    pregFile(dword("K", "**DeleteKeys", 1)),
    { codes: ["preg.directive-data"], open: ["registry-value/machine\\k\\ preg.directive-data"] },
  ],
  ["the default value to delete", pregFile(sz("K", "**del.", " ")), { writes: ["delete k\\"] }],
  ["an access list on a key", pregFile(dword("K", "**SecureKey", 1)), {}],
  ["an unknown directive", pregFile(dword("K", "**new", 1)), { codes: ["preg.directive-unknown"] }],
  ["three asterisks are a name", pregFile(dword("K", "***x", 1)), { writes: ["set k\\***x = 1"] }],
  ["the misspelt directive", pregFile(sz("K", "***DeleteKeys", "a")), { codes: ["preg.directive-unknown"] }],
  ["an empty list of one NUL", pregFile(raw(7, 0, 0)), { writes: ["set k\\v = []"] }],
  [
    "a gap in a list",
    pregFile({ key: "K", name: "V", type: 7, data: utf16("a\0\0b\0\0") }),
    { codes: ["preg.multi-string-gap"], writes: ['set k\\v = ["a","","b"]'] },
  ],
  ["a big-endian number", pregFile(raw(5, 0, 0, 1, 2)), { writes: ["set k\\v = 258"] }],
  ["a QWORD", pregFile(raw(11, 5, 0, 0, 0, 1, 0, 0, 0)), { writes: ["set k\\v = 4294967301"] }],
  [
    "a QWORD too large for a double",
    pregFile(raw(11, 1, 0, 0, 0, 0, 0, 0, 0x80)),
    { writes: ['set k\\v = "9223372036854775809"'] },
  ],
  [
    "text behind a NUL",
    pregFile(sz("K", "V", "a\0b")),
    { codes: ["preg.string-form"], writes: ['set k\\v = "a"'] },
  ],
];

describe("registry.pol", () => {
  test.for(cases)("%s", ([, bytes, expected]) => {
    const document = parsePreg(bytes, path);
    expect(summarize(document)).toEqual({ codes: [], writes: [], open: [], ...expected });
  });

  test("case 29: more records or bytes than the limits", () => {
    const one = pregRecord({ key: "K", name: "", type: 0, data: utf8("") });
    const many = new Uint8Array(pregHeader.length + one.length * (limits.polRecords + 1));
    many.set(pregHeader);
    for (let at = pregHeader.length; at < many.length; at += one.length) many.set(one, at);
    const records = parsePreg(many, path);
    expect(records.entries.length).toBe(limits.polRecords);
    expect(summarize(records)).toMatchObject({ codes: ["limit.exceeded"], open: [`${all} limit.exceeded`] });

    const large = new Uint8Array(limits.fileBytes + 1);
    large.set(pregHeader);
    expect(summarize(parsePreg(large, path))).toMatchObject({
      codes: ["limit.exceeded"],
      open: [`${all} limit.exceeded`],
    });
  });

  test("case 31: a file of the user side says nothing about the machine", () => {
    const damaged = cut(pregFile(x), 1);
    const user = parsePreg(damaged, "{A}/USER/registry.pol");
    expect(summarize(user)).toEqual({ codes: ["preg.unterminated"], writes: [], open: [] });
    expect(user.entries).toEqual(parsePreg(damaged, path).entries);
  });

  test("a record is cited by its byte range and quoted for people", () => {
    const bytes = pregFile(x, sz("K", "**del.V", " "));
    const [first, second] = parsePreg(bytes, path).writes;
    const length = pregRecord(x).length;
    expect(first?.location).toEqual({ path, byteOffset: 8, byteLength: length });
    expect(second?.location).toEqual({ path, byteOffset: 8 + length, byteLength: bytes.length - 8 - length });
    expect(first?.quote).toBe("Soft\\A\\X = REG_DWORD 7");
    expect(second?.quote).toBe('K\\**del.V = REG_SZ " "');
  });

  test("the rows of one damaged key share one doubt each, the file another", () => {
    const { open } = parsePreg(concat(pregFile(dword("K", "**DeleteKeys", 1)), utf8("?")), path);
    expect(open.map(({ keyPrefix }) => keyPrefix)).toEqual(["registry-value/machine\\k\\", all]);
    expect(open[0]?.doubt).not.toBe(open[1]?.doubt);
  });

  test("all keys with a hive share one doubt", () => {
    const { writes } = parsePreg(
      pregFile(dword("HKLM\\A", "V", 1), dword("HKEY_LOCAL_MACHINE\\B", "V", 1)),
      path,
    );
    expect(writes.map(({ doubt }) => doubt?.code)).toEqual(["preg.hive-prefix", "preg.hive-prefix"]);
    expect(writes[0]?.doubt).toBe(writes[1]?.doubt);
  });

  test("ten megabytes of records are read in seconds", () => {
    const one = pregRecord(sz("Software\\Policies\\Example", "Name", "some text"));
    const bytes = new Uint8Array(10 * 1024 * 1024);
    bytes.set(pregHeader);
    let at = pregHeader.length;
    for (; at + one.length <= bytes.length; at += one.length) bytes.set(one, at);
    const document = parsePreg(bytes.subarray(0, at), path);
    expect(document.writes.length).toBe((at - pregHeader.length) / one.length);
  }, 20_000);
});
