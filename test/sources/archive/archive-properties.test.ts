import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { openArchive } from "../../../src/sources/archive/open-archive.ts";
import { archivePath, contents, open } from "../../util/archive.ts";
import { utf8 } from "../../util/bytes.ts";
import { writeTar } from "../../util/tar-writer.ts";
import { writeZip } from "../../util/zip-writer.ts";

const name = fc
  .stringMatching(/^[a-z{}() -]{1,8}\.[a-z]{1,3}$/)
  .filter((text) => !/\.(zip|tar|gz|rar)$/.test(text));
const files = fc.uniqueArray(
  fc.record({ folder: fc.constantFrom("", "x/", "x/y/"), name, data: fc.string({ maxLength: 2000 }) }),
  { selector: (file) => file.folder + file.name, minLength: 1, maxLength: 8 },
);

describe("every container", () => {
  test("gives back what was put in, the same from each", async () => {
    await fc.assert(
      fc.asyncProperty(files, async (list) => {
        const items = list.map((file) => ({ name: file.folder + file.name, data: utf8(file.data) }));
        const tar = writeTar(items);
        for (const bytes of [writeZip(items), tar, gzipSync(tar)]) {
          const archive = await open(bytes);
          const found = Object.entries(contents(archive)).filter(([, content]) => content !== "<folder>");
          expect(Object.fromEntries(found)).toEqual(
            Object.fromEntries(list.map((file) => [file.folder + file.name, file.data])),
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});

const items = [
  { name: "p/audit.csv", data: utf8("a".repeat(40)) },
  { name: "p/b.pol", data: utf8("PReg"), method: 0 },
];
const zip = writeZip(items);
const tar = writeTar(items);

describe("a damaged archive", () => {
  it("that lost its end is refused", async () => {
    for (const whole of [zip, tar, gzipSync(tar)]) {
      for (let length = 512; length < whole.length; length += whole === tar ? 37 : 1) {
        const archive = await openArchive(whole.subarray(0, length), archivePath, "a");
        expect(archive?.damaged, `${length} of ${whole.length}`).toBe(true);
      }
    }
    for (let length = 4; length < zip.length; length++)
      expect((await open(zip.subarray(0, length))).damaged, `${length}`).toBe(true);
  });

  it("of one flipped bit: no file of a zip is missing or has other content", async () => {
    const whole = contents(await open(zip));
    for (let at = 0; at < 8 * zip.length; at++) {
      const archive = await openArchive(flip(zip, at), archivePath, "a");
      if (archive === null || archive.damaged) continue;
      const found = contents(archive);
      for (const [path, content] of Object.entries(whole)) {
        const now = found[path];
        expect(
          now === content || /^(! |<link>|<other>)/.test(now ?? ""),
          `bit ${at}: ${path} is ${now}`,
        ).toBe(true);
      }
    }
  });

  it("of one flipped bit: no file of a tar is missing", async () => {
    for (let at = 0; at < 8 * tar.length; at += 3) {
      const archive = await openArchive(flip(tar, at), archivePath, "a");
      if (archive === null || archive.damaged) continue;
      expect(Object.keys(contents(archive)), `bit ${at}`).toEqual(["p/audit.csv", "p/b.pol", "p"]);
    }
  });

  test("never throws", async () => {
    const start = fc.constantFrom(zip, tar, gzipSync(tar));
    await fc.assert(
      fc.asyncProperty(start, fc.nat(), fc.uint8Array({ maxLength: 40 }), async (whole, at, bytes) => {
        const changed = Buffer.from(whole);
        changed.set(bytes, at % Math.max(1, whole.length - bytes.length));
        const archive = await openArchive(changed, archivePath, "a");
        if (archive !== null && !archive.damaged) contents(archive);
        for (const { code, path } of archive?.diagnostics ?? [])
          expect([code, path]).toEqual([expect.any(String), "a"]);
      }),
      { numRuns: 300 },
    );
  });
});

function flip(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
