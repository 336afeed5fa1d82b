import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { archivePath, contents, notes, open } from "../../util/archive.ts";
import { concat, latin1, uint32, utf8 } from "../../util/bytes.ts";
import type { ZipItem } from "../../util/zip-writer.ts";
import { writeZip } from "../../util/zip-writer.ts";

const text = (name: string, data = name): ZipItem => ({ name, data: utf8(data) });

/** Info-ZIP Unicode Path for a name in another encoding. */
const unicodePath = (raw: Uint8Array, name: string): Uint8Array => {
  const data = concat(Uint8Array.of(1), uint32(crc32(raw)), utf8(name));
  return concat(Uint8Array.of(0x75, 0x70, data.length, 0), data);
};

const readable: readonly (readonly [
  title: string,
  items: readonly ZipItem[],
  found: object,
  notes: readonly string[],
])[] = [
  ["nothing", [], {}, []],
  [
    "stored, deflated and empty files, with and without entries for their folders",
    [
      { ...text("a.txt"), method: 0 },
      { name: "d/" },
      text("d/b.txt", "b"),
      text("e/f/c.txt", "c"),
      { name: "z" },
    ],
    {
      "a.txt": "a.txt",
      d: "<folder>",
      "d/b.txt": "b",
      e: "<folder>",
      "e/f": "<folder>",
      "e/f/c.txt": "c",
      z: "",
    },
    [],
  ],
  ["names that only differ by case", [text("A"), text("a")], { A: "A", a: "a" }, []],
  ["a leading ./ and doubled slashes", [text("./a//b", "1")], { a: "<folder>", "a/b": "1" }, []],
  [
    "case 138: backslashes",
    [text("{A}\\Machine\\Registry.pol", "p"), { name: "{A}\\User\\" }],
    {
      "{A}": "<folder>",
      "{A}/Machine": "<folder>",
      "{A}/Machine/Registry.pol": "p",
      "{A}/User": "<folder>",
    },
    ["archive.backslash: {A}\\Machine\\Registry.pol, and 1 more"],
  ],
  ["a name marked as UTF-8", [{ ...text("Größe"), flags: 0x800 }], { Größe: "Größe" }, []],
  ["UTF-8 without the mark", [text("é", "1")], { é: "1" }, ["archive.name-encoding: é"]],
  ["code page 437", [{ name: latin1("\x81"), data: utf8("1") }], { ü: "1" }, ["archive.name-encoding: ü"]],
  [
    "a mark that is not true",
    [{ name: latin1("\x81"), flags: 0x800, data: utf8("1") }],
    { "\ufffd": "1" },
    ["archive.name-encoding: \ufffd"],
  ],
  [
    "the Unicode Path of Info-ZIP",
    [{ name: latin1("\x81"), data: utf8("1"), extra: unicodePath(latin1("\x81"), "ж") }],
    { ж: "1" },
    [],
  ],
  [
    "the Unicode Path of another name",
    [{ name: latin1("\x81"), data: utf8("1"), extra: unicodePath(latin1("\x82"), "ж") }],
    { ü: "1" },
    ["archive.name-encoding: ü"],
  ],
  [
    "links of Unix and junctions of Windows",
    [
      { ...text("a", "/etc"), mode: 0o120777 },
      { name: "b/", attributes: 0x410 },
    ],
    { a: "<link>", b: "<link>" },
    ["archive.link: a, and 1 more"],
  ],
  [
    "a folder without a slash",
    [
      { name: "d", attributes: 0x10 },
      { name: "e", mode: 0o040755 },
    ],
    { d: "<folder>", e: "<folder>" },
    [],
  ],
  ["a device", [{ name: "d", mode: 0o020644 }], { d: "<other>" }, []],
  [
    "the same name twice",
    [text("d/a", "1"), text("d/a", "2"), { name: "d/" }, text("b", "3")],
    { b: "3", d: "<folder>", "d/a": "! the archive holds more than one entry of this name" },
    ["archive.duplicate: d/a"],
  ],
  [
    "a file in the place of a folder",
    [text("a"), text("a/b"), text("c/d"), text("c")],
    { a: "<other>", c: "<other>" },
    ["archive.duplicate: a/b, and 1 more"],
  ],
  [
    "the same name twice, after both slashes are one",
    [text("a/b", "1"), text("a\\b", "2")],
    { a: "<folder>", "a/b": "! the archive holds more than one entry of this name" },
    ["archive.backslash: a\\b", "archive.duplicate: a\\b"],
  ],
  [
    "an encrypted entry",
    [{ ...text("a"), flags: 1 }, text("b")],
    { a: "! encrypted in the archive", b: "b" },
    ["archive.encrypted: a: encrypted in the archive"],
  ],
  [
    "a method of newer programs",
    [{ ...text("a"), method: 93 }],
    { a: "! packed with method 93, and only store and deflate are read" },
    ["archive.method: a: packed with method 93, and only store and deflate are read"],
  ],
  [
    "an archive in the archive",
    [text("in.zip"), text("in.tar.gz")],
    { "in.tar.gz": "in.tar.gz", "in.zip": "in.zip" },
    ["archive.nested: in.zip, and 1 more"],
  ],
  [
    "a wrong checksum",
    [{ ...text("a"), claim: { crc: 1 } }],
    { a: "! its checksum in the archive does not match" },
    [],
  ],
  [
    "more data than declared",
    [{ name: "a", data: utf8("a".repeat(500)), claim: { size: 20 } }],
    { a: "! its data in the archive is damaged or longer than declared" },
    [],
  ],
  [
    "less data than declared",
    [{ ...text("a"), claim: { size: 20 } }],
    { a: "! the archive declares 20 bytes and holds 1" },
    [],
  ],
];

const refused: readonly (readonly [title: string, bytes: Buffer, note: RegExp])[] = [
  ["climbing", writeZip([text("a"), text("../b")]), /^archive.traversal: \.\.\/b climbs with \.\.$/],
  ["climbing with backslashes", writeZip([text("a\\..\\..\\b")]), /^archive.traversal: a\\/],
  ["an absolute path", writeZip([text("/etc/passwd")]), /^archive.traversal: \/etc\/passwd is an absolute/],
  ["a drive", writeZip([text("C:\\Windows\\a")]), /^archive.traversal: C:\\Windows\\a is/],
  ["a server", writeZip([text("\\\\dc1\\sysvol\\a")]), /^archive.traversal/],
  ["a cut file", writeZip([text("a"), text("b")]).subarray(0, -30), /^archive.damaged: /],
  ["bytes behind the end", Buffer.concat([writeZip([text("a")]), utf8("more")]), /^archive.damaged: /],
  [
    "bytes before the start",
    Buffer.concat([writeZip([text("a")]), writeZip([text("b"), text("c")])]),
    /^archive./,
  ],
  [
    "two headers that disagree",
    writeZip([{ ...text("a"), localName: "b" }]),
    /^archive.damaged: .* headers of a dis/,
  ],
  [
    "a count that ran over",
    writeZip([text("a"), text("b")], { entryCount: 1 }),
    /more entries than it counts$/,
  ],
  ["a count that is too high", writeZip([text("a")], { entryCount: 2 }), /^archive.damaged: /],
  ["one of several pieces", Buffer.concat([utf8("PK\x07\x08"), writeZip([text("a")])]), /^archive.damaged: /],
  [
    "entries on the same bytes",
    writeZip([text("a"), { ...text("a"), sharesWith: 0 }]),
    /^archive.too-large: a shares/,
  ],
  [
    "data outside the archive",
    writeZip([{ ...text("a"), claim: { packed: 99_999 } }]),
    /^archive.damaged: a lies/,
  ],
  [
    "a bomb of few kilobytes",
    writeZip([{ name: "big", data: new Uint8Array(6_000_000) }]),
    /^archive.too-large: \d+ bytes inflate to 6000000, of which big is the largest$/,
  ],
  [
    "a bomb that claims ten gigabytes",
    writeZip([
      {
        name: "a",
        claim: { size: 0xffffffff },
        extra: concat(Uint8Array.of(1, 0, 8, 0), uint32(0x540be400), uint32(2)),
      },
    ]),
    /^archive.too-large: \d+ bytes inflate to 10000000000, of which a/,
  ],
  [
    "zip64 without its field",
    writeZip([{ name: "a", claim: { size: 0xffffffff }, extra: Uint8Array.of(1, 0, 0, 0) }]),
    /^archive.damaged: zip64/,
  ],
  [
    "stored data of another size",
    writeZip([{ ...text("a"), method: 0, claim: { size: 5 } }]),
    /^archive.damaged/,
  ],
];

describe("zip", () => {
  it.each(readable)("%s", async (_, items, found, expected) => {
    const archive = await open(writeZip(items));
    expect(archive).toMatchObject({ kind: "zip", damaged: false });
    expect(contents(archive)).toEqual(found);
    expect(notes(archive)).toEqual(expected);
  });

  it("a bomb beside much honest data: only the bomb is not read", async () => {
    const noise = Uint8Array.from({ length: 200_000 }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 13) & 255);
    const archive = await open(
      writeZip([
        { name: "big", data: new Uint8Array(6_000_000) },
        { name: "n", data: noise, method: 0 },
        text("a"),
      ]),
    );
    expect(contents(archive)).toMatchObject({
      big: expect.stringMatching(/^! inflates from \d+ to 6000000/),
      a: "a",
    });
    expect(notes(archive)).toEqual([expect.stringMatching(/^archive.too-large: big: inflates from/)]);
  });

  it.each(refused)("is refused as a whole: %s", async (_, bytes, note) => {
    const archive = await open(bytes);
    expect(archive.damaged).toBe(true);
    expect(notes(archive)).toEqual([expect.stringMatching(note)]);
    expect(archive.vfs.kindOf(archivePath)).toBe("folder");
    for (const ask of [
      () => archive.vfs.list(archivePath),
      () => archive.vfs.read(`${archivePath}/a`, 10),
      () => archive.vfs.kindOf(`${archivePath}/a`),
    ]) {
      expect(ask).toThrow(/^the archive was refused: /);
    }
  });
});
