import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contents, notes, open } from "../../util/archive.ts";
import { latin1, utf8 } from "../../util/bytes.ts";
import type { TarItem } from "../../util/tar-writer.ts";
import { longName, pax, tarEnd, writeTar } from "../../util/tar-writer.ts";

const text = (name: string, data = name): TarItem => ({ name, data: utf8(data) });
const long = `${"d".repeat(150)}/${"f".repeat(120)}`;
const longFound = (content: string) => ({ ["d".repeat(150)]: "<folder>", [long]: content });

const readable: readonly (readonly [
  title: string,
  items: readonly TarItem[],
  found: object,
  notes: readonly string[],
])[] = [
  [
    "files and folders, with ./ in front",
    [
      { name: "./", type: "5" },
      text("./a"),
      { name: "./d/", type: "5" },
      text("./d/b", "b".repeat(1000)),
      { name: "e" },
    ],
    { a: "./a", d: "<folder>", "d/b": "b".repeat(1000), e: "" },
    [],
  ],
  [
    "a name with a prefix",
    [{ ...text("c", "1"), prefix: "a/b" }],
    { a: "<folder>", "a/b": "<folder>", "a/b/c": "1" },
    [],
  ],
  ["a long name of pax", [pax("path", long), text("short", "1")], longFound("1"), []],
  ["a long name of GNU tar", [longName(long), text("short", "1")], longFound("1"), []],
  ["a size of pax", [pax("size", "3"), { name: "a", data: utf8("abc") }], { a: "abc" }, []],
  ["a size in base 256", [{ ...text("a", "abc"), base256: true }, text("b")], { a: "abc", b: "b" }, []],
  ["a header for all entries", [{ ...pax("comment", "x"), type: "g" }, text("a")], { a: "a" }, []],
  [
    "an attribute that is no text, as Samba keeps one",
    [pax("SCHILY.xattr.security.NTACL", "\u0004\n99 path=evil\n\u0000"), text("a")],
    { a: "a" },
    [],
  ],
  [
    "links",
    [
      { name: "a", type: "2", link: "/etc/passwd" },
      { name: "b", type: "1", link: "c" },
      { name: "d/", type: "2", link: "." },
    ],
    { a: "<link>", b: "<link>", d: "<link>" },
    ["archive.link: a, and 2 more"],
  ],
  ["a device", [{ name: "a", type: "3" }], { a: "<other>" }, []],
  ["backslashes", [text("a\\b", "1")], { a: "<folder>", "a/b": "1" }, ["archive.backslash: a\\b"]],
  [
    "a name that is not UTF-8",
    [{ name: latin1("a\xe4"), data: utf8("1") }],
    { "a\ufffd": "1" },
    ["archive.name-encoding: a\ufffd"],
  ],
  [
    "names that a lost encoding makes equal",
    [
      { name: latin1("\xe4"), data: utf8("1") },
      { name: latin1("\xf6"), data: utf8("2") },
    ],
    { "\ufffd": "! the archive holds more than one entry of this name" },
    ["archive.name-encoding: \ufffd, and 1 more", "archive.duplicate: \ufffd"],
  ],
  [
    "the same name twice",
    [text("a", "1"), text("./a", "2")],
    { a: "! the archive holds more than one entry of this name" },
    ["archive.duplicate: ./a"],
  ],
  [
    "a sparse file",
    [pax("GNU.sparse.major", "1"), text("a")],
    { a: "! a is stored as a sparse file" },
    ["archive.method: a: a is stored as a sparse file"],
  ],
  ["an archive in the archive", [text("b.tgz", "1")], { "b.tgz": "1" }, ["archive.nested: b.tgz"]],
];

const two = writeTar([text("a"), text("b")]);
const refused: readonly (readonly [title: string, bytes: Buffer, note: RegExp])[] = [
  ["climbing", writeTar([text("a/../../b")]), /^archive.traversal: a\/\.\.\/\.\.\/b climbs/],
  ["climbing in a name of pax", writeTar([pax("path", "../b"), text("a")]), /^archive.traversal: \.\.\/b/],
  ["an absolute path", writeTar([text("/srv/sysvol/a")]), /^archive.traversal: \/srv/],
  ["cut in the data of an entry", two.subarray(0, 600), /^archive.damaged: /],
  ["cut in a header", two.subarray(0, 1200), /^archive.damaged: /],
  ["cut between two entries", two.subarray(0, 1024), /^archive.damaged: /],
  ["half of the end", two.subarray(0, -512), /^archive.damaged: /],
  [
    "a wrong checksum",
    writeTar([text("a"), { ...text("b"), badChecksum: true }]),
    /^archive.damaged: .*checksum/,
  ],
  ["more behind the end", Buffer.concat([two, two]), /^archive.damaged: /],
  [
    "a sparse file of old GNU tar",
    writeTar([text("a"), { ...text("b"), type: "S" }]),
    /^archive.damaged: .* type S /,
  ],
  [
    "a pax header with a wrong length",
    writeTar([{ ...pax("path", "x"), data: utf8("99 path=x\n") }, text("a")]),
    /^archive.damaged: .*pax/,
  ],
  ["a piece of a file", writeTar([{ ...text("b"), type: "M" }]), /^archive.damaged: .* type M /],
];

describe("tar", () => {
  it.each(readable)("%s", async (_, items, found, expected) => {
    const tar = writeTar(items);
    for (const [kind, bytes] of [
      ["tar", tar],
      ["tar.gz", gzipSync(tar)],
    ] as const) {
      const archive = await open(bytes);
      expect(archive).toMatchObject({ kind, damaged: false });
      expect(contents(archive)).toEqual(found);
      expect(notes(archive)).toEqual(expected);
    }
  });

  it.each(refused)("is refused as a whole: %s", async (_, tar, note) => {
    for (const bytes of [tar, gzipSync(tar)]) {
      const archive = await open(bytes);
      expect(archive.damaged).toBe(true);
      expect(notes(archive)).toEqual([expect.stringMatching(note)]);
    }
  });
});

describe("tar.gz", () => {
  it.each<readonly [title: string, bytes: Buffer, note: RegExp]>([
    ["a cut stream", gzipSync(two).subarray(0, -9), /^archive.damaged: the compressed stream/],
    ["a wrong checksum", flipped(gzipSync(two), -6), /^archive.damaged: the compressed stream/],
    ["no tar in it", gzipSync("dn: DC=corp,DC=example\n"), /^archive.kind: /],
    ["a gzip in a gzip", gzipSync(gzipSync(two)), /^archive.kind: /],
    ["only the end of a tar", gzipSync(tarEnd), /^archive.kind: /],
    [
      "a bomb",
      gzipSync(writeTar([{ name: "a", data: new Uint8Array(8_000_000) }])),
      /^archive.too-large: \d+ bytes of the compressed stream inflate to more than/,
    ],
  ])("is refused as a whole: %s", async (_, bytes, note) => {
    const archive = await open(bytes);
    expect(archive.damaged).toBe(true);
    expect(notes(archive)).toEqual([expect.stringMatching(note)]);
  });

  it("of several members is read to the end", async () => {
    const archive = await open(Buffer.concat([gzipSync(two.subarray(0, 700)), gzipSync(two.subarray(700))]));
    expect(contents(archive)).toEqual({ a: "a", b: "b" });
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = copy.length + at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}
