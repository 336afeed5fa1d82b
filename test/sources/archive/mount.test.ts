import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { mountArchives } from "../../../src/sources/archive/mount-archives.ts";
import { openArchiveFile } from "../../../src/sources/archive/open-archive-file.ts";
import { fsVfs } from "../../../src/sources/fs-vfs.ts";
import { readInputs } from "../../../src/sources/read-inputs.ts";
import { repoPath } from "../../util/run.ts";
import { longName, writeTar } from "../../util/tar-writer.ts";
import { writeZip } from "../../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-archive-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const example = repoPath("examples/corp.example").replaceAll("\\", "/");
const items = readdirSync(example, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"))
  .map((path) => ({ name: path.slice(example.length + 1), data: readFileSync(path) }));
const tarItems = items.flatMap((item) => (item.name.length > 100 ? [longName(item.name), item] : [item]));

async function mounted(name: string, bytes: Buffer) {
  const path = `${temp}/${name}`;
  writeFileSync(path, bytes);
  const archive = await openArchiveFile(path, name);
  if (archive === null) throw new Error("not taken for an archive");
  expect(archive).toMatchObject({ damaged: false, diagnostics: [], size: bytes.length });
  return { path, vfs: mountArchives(fsVfs, new Map([[path, archive.vfs]])) };
}

describe("an archive in the place of a folder", () => {
  it.each([
    // The ending tells nothing: content does.
    ["export.zip", writeZip(items)],
    ["export.bin", writeZip(items.map((item) => ({ ...item, method: 0 })))],
    ["export.tar", writeTar(tarItems)],
    ["export.tgz", gzipSync(writeTar(tarItems))],
  ])("%s gives the same facts", async (name, bytes) => {
    const { path, vfs } = await mounted(name, bytes);
    const read = (from: string) => {
      const directoryFiles = items
        .filter((item) => item.name.endsWith(".ldif"))
        .map((item) => `${from}/${item.name}`);
      const { sources, ...facts } = readInputs(vfs, { paths: [from], directoryFiles, root: from });
      // Only the name of what was read differs.
      return { ...facts, sources: sources.map((source) => ({ ...source, path: "" })) };
    };
    const expected = read(example);
    expect(expected.inventory.gpts.length).toBeGreaterThan(5);
    expect(read(path)).toEqual(expected);
  });

  it("stands beside other files, and its own folder shows it as a file", async () => {
    const { path, vfs } = await mounted("a.zip", writeZip([{ name: "d/x" }]));
    writeFileSync(`${temp}/b.txt`, "b");
    expect(vfs.kindOf(path)).toBe("folder");
    expect(vfs.kindOf(`${path}/d/x`)).toBe("file");
    expect(vfs.kindOf(`${path}x`)).toBe("missing");
    expect(vfs.list(temp)).toContainEqual({ name: "a.zip", kind: "file" });
    expect(vfs.read(`${temp}/b.txt`, 10)).toEqual(Buffer.from("b"));
    expect(() => vfs.read(`${path}/d/y`, 10)).toThrow(/^no such file in the archive$/);
    expect(() => vfs.list(`${path}/e`)).toThrow(/^no such folder in the archive$/);
  });

  it("a file that is no archive is left alone, and a missing one is an error", async () => {
    writeFileSync(`${temp}/c.zip`, "dn: DC=corp\n");
    expect(await openArchiveFile(`${temp}/c.zip`, "c.zip")).toBeNull();
    await expect(openArchiveFile(`${temp}/none.zip`, "none.zip")).rejects.toThrow(/first bytes/);
  });

  it("other kinds of archive are named as such", async () => {
    writeFileSync(`${temp}/d.7z`, Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]));
    const archive = await openArchiveFile(`${temp}/d.7z`, "d.7z");
    expect(archive).toMatchObject({ kind: "other", damaged: true });
    expect(archive?.diagnostics).toMatchObject([{ code: "archive.kind", path: "d.7z" }]);
  });
});
