import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const example = fileURLToPath(new URL("../../examples/corp.example", import.meta.url));
const script = fileURLToPath(new URL("../../scripts/make-example.mjs", import.meta.url));

/** Path with "/" to content, of every file below a folder. */
function readTree(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files.set(relative(folder, path).split(sep).join("/"), readFileSync(path));
  }
  return files;
}

const committed = readTree(example);

describe("the maker of the example", () => {
  let made = "";
  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), "gpolint-example-"));
    execFileSync(process.execPath, [script, made]);
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  it("writes the committed files byte for byte, none more and none less", () => {
    const again = readTree(made);
    const names = [...committed.keys()].filter((name) => name !== "README.md");
    expect(new Set(again.keys())).toEqual(new Set(names));
    for (const name of names) {
      expect(again.get(name)?.toString("hex"), name).toBe(committed.get(name)?.toString("hex"));
    }
  });
});

/** Records of the LDIF, unfolded, by DN; values as text, base64 as it stands. */
function readRecords(): Map<string, Map<string, string[]>> {
  const text = committed.get("directory.ldif")?.toString("utf8").replaceAll("\n ", "") ?? "";
  const records = new Map<string, Map<string, string[]>>();
  for (const block of text.split("\n\n")) {
    const record = new Map<string, string[]>();
    for (const line of block.split("\n")) {
      const match = /^([\w-]+)::? (.*)$/.exec(line);
      if (match?.[1] !== undefined) record.set(match[1], [...(record.get(match[1]) ?? []), match[2] ?? ""]);
    }
    const dn = record.get("dn")?.[0];
    if (dn !== undefined) records.set(dn.toLowerCase(), record);
  }
  return records;
}

describe("the example hangs together", () => {
  const records = readRecords();
  const gpcs = [...records.values()].filter((record) =>
    record.get("objectClass")?.includes("groupPolicyContainer"),
  );
  const folders = new Set(
    [...committed.keys()].flatMap((name) => /Policies\/(\{[^/]+\})\//.exec(name)?.[1] ?? []),
  );

  it("stays small", () => {
    const size = [...committed.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(size).toBeLessThan(200_000);
  });

  it("has both halves of every GPO, with the same version", () => {
    expect(new Set(gpcs.map((gpc) => gpc.get("cn")?.[0]))).toEqual(folders);
    expect(folders.size).toBe(12);
    for (const gpc of gpcs) {
      const guid = gpc.get("cn")?.[0];
      const ini = committed.get(`sysvol/corp.example/Policies/${guid}/GPT.INI`)?.toString("latin1");
      expect(ini, guid).toContain(`Version=${gpc.get("versionNumber")?.[0]}\r\n`);
    }
  });

  it("links every GPO once, and to objects that exist", () => {
    const linked = [...records.values()]
      .flatMap((record) => record.get("gPLink") ?? [])
      .flatMap((value) =>
        [...value.matchAll(/\[LDAP:\/\/([^;]+);\d\]/g)].map((match) => match[1]?.toLowerCase()),
      );
    expect(linked).toHaveLength(gpcs.length);
    expect(new Set(linked)).toEqual(new Set(gpcs.map((gpc) => gpc.get("dn")?.[0]?.toLowerCase())));
  });

  it("names in attributes only objects that it holds", () => {
    for (const [dn, record] of records) {
      for (const name of ["member", "memberOf", "serverReference", "serverReferenceBL"]) {
        for (const value of record.get(name) ?? [])
          expect(records.has(value.toLowerCase()), `${dn} ${value}`).toBe(true);
      }
    }
  });

  it.each([
    ["GptTmpl.inf", /^fffe/],
    ["Registry.pol", /^5052656701000000/],
    ["audit.csv", /^4d616368696e65204e616d652c/],
  ])("starts every %s as Windows does", (file, start) => {
    const found = [...committed].filter(([name]) => name.endsWith(`/${file}`));
    expect(found.length).toBeGreaterThan(1);
    for (const [name, bytes] of found) expect(bytes.toString("hex"), name).toMatch(start);
  });
});
