import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { EffectiveResult } from "../../src/model/effective-result.ts";
import { draftGuid } from "./dc/extra-objects.ts";
import { administrator, domain, example, files, host } from "./dc/settings.ts";
import { effective, sorted } from "./util/effective.ts";
import { exportByLdapsearch, exportByLdbsearch, exportWholeSysvol } from "./util/exports.ts";
import { collect, gpolint, live } from "./util/program.ts";

let sysvol = "";
const results = new Map<string, string>();

beforeAll(async () => {
  sysvol = exportWholeSysvol(administrator).path;
  results.set("ldapsearch", await effective(sysvol, exportByLdapsearch(administrator)));
  results.set("ldbsearch", await effective(sysvol, exportByLdbsearch(administrator)));
  results.set("collect over LDAPS", await effective(sysvol, [await collect(administrator)]));
  results.set(
    "collect over StartTLS",
    await effective(sysvol, [await collect(administrator, { url: `ldap://${host}` })]),
  );
});

describe("SYSVOL, copied over SMB", () => {
  it("is what the server holds, byte for byte", () => {
    const copied = contents(join(sysvol, domain.dns, "Policies"));
    expect(copied.size).toBeGreaterThan(20);
    expect(copied).toEqual(contents(files.policies));
  });
});

describe("effective", () => {
  it("tells the story of the example: the live domain is that domain", async () => {
    const story = await effective(join(example, "sysvol"), [join(example, "directory.ldif")]);
    expect(withoutDraft(results.get("ldapsearch") ?? "")).toEqual(withoutDraft(story));
  });

  it.each(["ldbsearch", "collect over LDAPS", "collect over StartTLS"])(
    "is the same by %s, byte for byte",
    (how) => {
      expect(results.get(how)).toBe(results.get("ldapsearch"));
    },
  );

  it("is the same with --ldap as from the snapshot that collect writes", async () => {
    const { password } = administrator;
    const { stdout } = await gpolint(["effective", sysvol, ...live(administrator), "--format", "json"], {
      password,
    });
    expect(sorted(JSON.parse(stdout) as EffectiveResult)).toBe(results.get("collect over LDAPS"));
  });
});

/** The live domain has one GPO that the example lacks, which sets nothing. */
function withoutDraft(json: string): EffectiveResult {
  const result = JSON.parse(json) as EffectiveResult;
  return {
    ...result,
    targets: result.targets.map((target) => ({
      ...target,
      gpos: target.gpos.filter(({ guid }) => guid !== draftGuid),
    })),
  };
}

function contents(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    paths
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path): [string, string] => [path.slice(folder.length), readFileSync(path, "base64")])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
