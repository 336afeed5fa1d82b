import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ArchiveLimits } from "../../../src/sources/archive/archive-limits.ts";
import { archiveLimits } from "../../../src/sources/archive/archive-limits.ts";
import { openArchive } from "../../../src/sources/archive/open-archive.ts";
import { archivePath, contents, notes, open } from "../../util/archive.ts";
import { utf8 } from "../../util/bytes.ts";
import { pax, writeTar } from "../../util/tar-writer.ts";
import { writeZip } from "../../util/zip-writer.ts";

const megabytes = 1024 * 1024;
const zeros = new Uint8Array(10 * megabytes);

function nested(depth: number): Buffer {
  let archive = writeZip([{ name: "a.txt", data: utf8("a") }]);
  for (let i = 1; i < depth; i++) archive = writeZip([{ name: `${i}.zip`, data: archive }]);
  return archive;
}

const hostile: readonly (readonly [title: string, bytes: Buffer, note: RegExp])[] = [
  [
    "ten gigabytes in entries that share ten kilobytes",
    writeZip([
      { name: "0", data: zeros },
      ...Array.from({ length: 999 }, () => ({ name: "0", data: zeros.subarray(0, 1), sharesWith: 0 })),
    ]),
    /^archive.too-large: /,
  ],
  [
    "ten gigabytes in a stream of ten megabytes",
    Buffer.concat(Array.from({ length: 1000 }, () => gzipSync(zeros.subarray(0, megabytes)))),
    /^archive.too-large: /,
  ],
  ["a climb of 10000 folders", writeZip([{ name: "../".repeat(10_000) }]), /^archive.traversal: \.\.\./],
  [
    "two million folders in names of entries",
    writeZip(Array.from({ length: 80 }, (_, i) => ({ name: `${i}${"/a".repeat(15_000)}`, method: 0 }))),
    /^archive.too-large: more than 200000 files and folders$/,
  ],
  [
    "a name of eight megabytes",
    gzipSync(writeTar([pax("path", "a/".repeat(2_000_000)), { name: "a" }])),
    /^archive.too-large: a name of 4000000 characters: .../,
  ],
  ["archives nested 64 deep", nested(64), /^archive.nested: 63.zip$/],
];

describe("hostile archives", () => {
  it.each(hostile)("cost no more than a second and 200 MB: %s", async (_, bytes, note) => {
    const [start, before] = [performance.now(), process.resourceUsage().maxRSS];
    const archive = await open(bytes);
    const [time, memory] = [performance.now() - start, process.resourceUsage().maxRSS - before];
    expect(notes(archive)).toEqual([expect.stringMatching(note)]);
    // A second on an idle machine; a bomb that goes off takes minutes.
    expect(time).toBeLessThan(10_000);
    expect(memory).toBeLessThan(200 * 1024);
  });

  it("a path of 10000 folders is only a path", async () => {
    const archive = await open(writeZip([{ name: "d/".repeat(10_000) }]));
    expect(archive.vfs.kindOf(archivePath + "/d".repeat(10_000))).toBe("folder");
  });
});

describe("limits", () => {
  const tight = (changes: Partial<ArchiveLimits>) => ({ ...archiveLimits, ...changes });
  const items = ["a", "b", "c"].map((name) => ({ name, data: utf8(name.repeat(2000)) }));

  it.each([
    ["entries of a zip", writeZip(items), { entries: 2 }, "more than 2 entries"],
    ["entries of a tar", writeTar(items), { entries: 2 }, "more than 2 entries"],
    [
      "content of a zip",
      writeZip(items),
      { totalBytes: 5000 },
      /inflate to 6000, of which a is the largest$/,
    ],
    ["content of a tar.gz", gzipSync(writeTar(items)), { tarBytes: 5000 }, /inflate to more than/],
    ["ratio of a zip", writeZip(items), { ratio: 2, ratioFloor: 10 }, /inflate to 6000/],
    ["ratio of a tar.gz", gzipSync(writeTar(items)), { ratio: 2, ratioFloor: 10 }, /inflate to more than/],
  ])("%s", async (_, bytes, changes, detail) => {
    const archive = await openArchive(bytes, archivePath, "a", tight(changes));
    expect(archive?.damaged).toBe(true);
    expect(archive?.diagnostics).toEqual([
      { code: "archive.too-large", severity: "error", path: "a", detail: expect.stringMatching(detail) },
    ]);
  });

  it("are not reached by what they allow", async () => {
    for (const bytes of [writeZip(items), writeTar(items)]) {
      const archive = await openArchive(bytes, archivePath, "a", tight({ entries: 3, totalBytes: 6000 }));
      expect(archive?.damaged).toBe(false);
      expect(Object.keys(archive === null ? {} : contents(archive))).toEqual(["a", "b", "c"]);
    }
  });
});
