import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { joinRecords, splitRecords } from "../util/ldif-text.ts";
import { bundledPack, example, readExport, scanInputs } from "../util/run.ts";

const packs = [bundledPack("mdi")];
const folder = mkdtempSync(join(tmpdir(), "gpolint 50% #1 "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pairs of names: in the example, and after renaming. Same length order does not matter; case does not either. */
const guids = readdirSync(join(example.sysvol, "corp.example", "Policies")).map((name) => name.slice(1, -1));
const names: readonly (readonly [string, string])[] = [
  ...guids.map((guid, index): readonly [string, string] => [
    guid,
    `0F0F0F0F-1234-4321-8888-${String(900 - index).padStart(12, "0")}`,
  ]),
  ["corp.example", "ad.umbenannt.test"],
  ["DC=corp,DC=example", "DC=ad,DC=umbenannt,DC=test"],
  ["HAM-DC01", "ZZZ01"],
  ["LIS-DC02", "AAA02"],
  ["OPO-RODC1", "MMM03"],
  ["HAM-DC04", "BBB04"],
];

function rename(text: string, pairs: readonly (readonly [string, string])[]): string {
  let renamed = text;
  for (const [from, to] of pairs)
    renamed = renamed.replace(new RegExp(from.replaceAll(".", "\\."), "gi"), to);
  return renamed;
}

/** What was found, without the names' order and without hashes of the names. */
function essence(result: ScanResult, pairs: readonly (readonly [string, string])[]): string[] {
  return result.findings
    .map(({ rule, target, verdict, severity, actualText, gpo, location, chain, message }) =>
      rename(
        JSON.stringify({
          rule,
          target,
          verdict,
          severity,
          actualText,
          gpo,
          location,
          message,
          chain: chain.map(({ guid, som, state, reason, role }) => [guid, som, state, reason, role]),
        }),
        pairs,
      ).toLowerCase(),
    )
    .sort();
}

describe("renaming", () => {
  it("the domain, the GUIDs and the DCs changes nothing but the names", () => {
    const sysvol = join(folder, "sysvol");
    cpSync(example.sysvol, sysvol, { recursive: true });
    const policies = join(sysvol, "corp.example", "Policies");
    for (const guid of guids)
      renameSync(join(policies, `{${guid}}`), join(policies, `{${rename(guid, names)}}`));
    renameSync(join(sysvol, "corp.example"), join(sysvol, "ad.umbenannt.test"));
    const ldif = join(folder, "directory.ldif");
    const records = splitRecords(readFileSync(example.directory, "utf8")).map((record) =>
      rename(record, names),
    );
    writeFileSync(ldif, joinRecords(records));

    const slash = (path: string): string => path.replaceAll("\\", "/");
    const renamed = scanInputs(readExport(slash(sysvol), [slash(ldif)], slash(folder)), packs);
    const original = scanInputs(readExport(example.sysvol, [example.directory], example.root), packs);
    const back = names.map(([from, to]) => [to, from] as const);
    const lineless = (text: string): string => text.replace(/"line":\d+/g, '"line":0');
    expect(essence(renamed, back).map(lineless)).toEqual(essence(original, []).map(lineless));
    expect(renamed.summary).toEqual(original.summary);
  });
});
