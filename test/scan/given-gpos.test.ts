import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { backupInfo, backupXml } from "../util/backup-text.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";

const base = repoPath("test/fixtures/what-if/base");
const temp = mkdtempSync(join(tmpdir(), "gpolint-given-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const header =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n";
const location = "DomainSysvol\\GPO\\Machine\\Microsoft\\Windows NT\\Audit\\audit.csv";
/** Of the what-if cases: linked at the Domain Controllers OU, version 3. */
const linkedGuid = "{C0000000-0000-4000-8000-000000000002}";
const newGuid = "{C0000000-0000-4000-8000-000000000006}";

interface Saved {
  readonly guid?: string;
  readonly domain?: string;
  /** The one of bkupInfo.xml; left out: the same. */
  readonly infoGuid?: string;
  readonly infoDomain?: string;
}

/** A backup that sets Distribution Group Management. */
function backup(name: string, value: number, saved: Saved = {}): string {
  const { guid = newGuid, domain = "corp.example", infoGuid = guid, infoDomain = domain } = saved;
  const version = String(3 * 65536 + 3);
  const files: Readonly<Record<string, string>> = {
    "bkupInfo.xml": backupInfo({ guid: infoGuid, domain: infoDomain }),
    "Backup.xml": backupXml({ guid, domain, version, files: [location] }),
    [location.replaceAll("\\", "/")]:
      `${header},System,Audit X,{0cce9238-69ae-11d9-bed3-505054503030},,,${value}\r\n`,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(`${temp}/${name}/${path}`), { recursive: true });
    writeFileSync(`${temp}/${name}/${path}`, content);
  }
  return `${temp}/${name}`;
}

async function scan(paths: readonly string[], ...flags: readonly string[]) {
  const argv = ["scan", ...paths, "--directory", `${base}/directory.ldif`, "--format", "json", ...flags];
  const { code, stdout, stderr } = await runCli(argv);
  if (stdout === "") throw new Error(stderr);
  const result = JSON.parse(stdout) as ScanResult;
  const distribution = result.findings.filter(({ rule }) => rule === "mdi.distribution-group-management");
  return {
    code,
    gaps: result.coverage.gaps.map((gap) => `${gap.code}: ${gap.text}`),
    verdicts: distribution.map(({ verdict, before }) =>
      before === null ? verdict : `${before.verdict} -> ${verdict}: ${before.change}`,
    ),
    proposals: result.whatIf?.proposals.map(({ path, state }) => [path.split("/").at(-1), state]),
  };
}

const sysvol = `${base}/sysvol`;
const atOu = ["--as-if-linked", "dc-ou"];
const both = (text: string): readonly string[] => [text, text];

describe("a GPO of the paths that has no link, with a proposal", () => {
  const present = backup("present", 3);

  it("is judged as if linked before too, so that its next version can be a regression", async () => {
    const next = backup("next", 0);
    const run = await scan([sysvol, present], "--overlay", next, ...atOu, "--fail-on-regression");
    expect(run).toMatchObject({ code: 1, verdicts: both("pass -> fail: worse"), gaps: [] });
    expect(run.proposals).toEqual([["next", "linked"]]);
  });

  it("stands at the same place as another proposal: which of them is stronger is undecided", async () => {
    const other = backup("other", 0, { guid: "{C0000000-0000-4000-8000-000000000007}" });
    const run = await scan([sysvol, present], "--overlay", other, ...atOu, "--fail-on-regression");
    expect(run).toMatchObject({ code: 3, verdicts: both("pass -> unknown: worse") });
    expect(run.proposals).toEqual([["other", "linked"]]);
  });

  it("is told where nothing says where it is linked", async () => {
    const { code, gaps } = await scan(
      [sysvol, present],
      "--overlay",
      repoPath("test/fixtures/what-if/better"),
      "--fail-on-regression",
    );
    expect(code).toBe(3);
    expect(gaps).toEqual([expect.stringMatching(/^unplaced: GPO 'Audit <all>' of .*present is judged/)]);
  });

  it("unlinked folders of SYSVOL are left alone", async () => {
    const before = await scan([sysvol], "--overlay", present, ...atOu);
    cpSync(sysvol, `${temp}/more`, { recursive: true });
    cpSync(
      `${temp}/more/corp.example/Policies/${linkedGuid}`,
      `${temp}/more/corp.example/Policies/{C0000000-0000-4000-8000-00000000000F}`,
      { recursive: true },
    );
    expect(await scan([`${temp}/more`], "--overlay", present, ...atOu)).toEqual(before);
  });
});

describe("a backup of the GUID that a linked GPO has", () => {
  it("of a domain that the directory data does not hold is another GPO, and told", async () => {
    const stranger = backup("stranger", 3, { guid: linkedGuid, domain: "lab.example" });
    for (const link of [[], atOu]) {
      const { code, verdicts, gaps } = await scan([sysvol, stranger], ...link);
      expect([code, ...verdicts]).toEqual([3, "fail", "fail"]);
      expect(gaps).toEqual([expect.stringContaining("its GUID is that of another GPO here")]);
    }
  });

  it("beside its folder of SYSVOL: nobody says which one counts, whether the folder names the domain or not", async () => {
    const own = backup("own", 3, { guid: linkedGuid });
    cpSync(`${sysvol}/corp.example/Policies`, `${temp}/bare/Policies`, { recursive: true });
    for (const place of [sysvol, `${temp}/bare`]) {
      expect(await scan([place, own])).toMatchObject({ code: 3, verdicts: ["unknown", "unknown"] });
    }
  });

  it("whose files name different GPOs leaves the run incomplete", async () => {
    const rows: readonly (readonly [name: string, saved: Saved])[] = [
      ["guids", { infoGuid: linkedGuid }],
      ["domains", { infoDomain: "child.corp.example" }],
    ];
    for (const [name, saved] of rows) {
      const path = backup(name, 3, saved);
      const { code, gaps } = await scan([sysvol], "--overlay", path, ...atOu, "--fail-on-regression");
      expect(code).toBe(3);
      expect(gaps).toEqual([expect.stringMatching(/^source-incomplete: .*name different GPOs/)]);
    }
  });
});

describe("evidence of which a part is lost", () => {
  const registry = (rows: string): string => `Windows Registry Editor Version 5.00\r\n\r\n${rows}`;
  const rows: readonly (readonly [title: string, text: string, code: number])[] = [
    ["cut before what is asked for", registry('[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n"x"=dword:0000'), 3],
    ["whole", registry('[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n"x"=dword:00000001\r\n\r\n'), 1],
  ];
  it.each(rows)("%s", async (title, text, code) => {
    const file = `${temp}/${title}.reg`;
    writeFileSync(file, `\ufeff${text}`, "utf16le");
    const run = await scan([sysvol], "--evidence", `DC1=${file}`);
    const gap = /^evidence-unusable: .*not all of it can be used, and 10 settings that are asked for/;
    expect(run).toMatchObject({ code, gaps: code === 3 ? [expect.stringMatching(gap)] : [] });
  });
});
