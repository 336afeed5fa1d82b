import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { mountArchives } from "../../src/sources/archive/mount-archives.ts";
import { openArchives } from "../../src/sources/archive/open-archives.ts";
import { backslashVfs } from "../../src/sources/backslash-vfs.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { chunksOf } from "../../src/sources/report-chunks.ts";
import type { Vfs } from "../../src/sources/vfs.ts";
import { ReadError } from "../../src/sources/vfs.ts";
import { withFile } from "../../src/sources/with-file.ts";
import { writeZip } from "../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-chunks-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const large = Buffer.alloc(1_000_000, "0123456789");
writeFileSync(`${temp}/large`, large);
writeFileSync(`${temp}/a.zip`, writeZip([{ name: "inner", data: large }]));

/** Refuses to give a file as a whole. */
const streaming: Vfs = {
  ...fsVfs,
  read: () => {
    throw new ReadError("failed", "asked for the whole file");
  },
};

/** As the command line puts it together. */
async function wrapped(base: Vfs): Promise<Vfs> {
  const archives = [...(await openArchives([`${temp}/a.zip`]))];
  const inner = withFile(backslashVfs(base), `${temp}/memory`, large);
  return mountArchives(inner, new Map(archives.map(([path, { vfs }]) => [path, vfs])));
}

/** A piece is valid only until the next one is asked for. */
function collect(chunks: Iterable<Uint8Array>): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (const chunk of chunks) pieces.push(Buffer.from(chunk));
  return pieces;
}

it("a file of the machine comes in pieces through everything that lies around it", async () => {
  const pieces = collect(chunksOf(await wrapped(streaming), `${temp}/large`));
  expect(pieces.length).toBeGreaterThan(2);
  expect(Buffer.concat(pieces).equals(large)).toBe(true);
});

it("one in memory, in an archive or of a file system without pieces gives the same bytes", async () => {
  const { list, read, kindOf } = fsVfs;
  const whole = await wrapped({ list, read, kindOf });
  for (const name of ["large", "memory", "a.zip/inner"])
    expect(Buffer.concat(collect(chunksOf(whole, `${temp}/${name}`))).equals(large)).toBe(true);
});

it("one that is missing, a folder or too large is an error of its own", async () => {
  const vfs = await wrapped(streaming);
  expect(() => collect(chunksOf(vfs, `${temp}/none`))).toThrow(/^no such file or folder$/);
  expect(() => collect(chunksOf(vfs, temp))).toThrow(ReadError);
  expect(() => collect(chunksOf(vfs, `${temp}/large`, 999))).toThrow(/^more than 999 bytes$/);
});
