import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { backupInfo, backupXml } from "../util/backup-text.ts";
import { runCli } from "../util/cli.ts";
import { declaration, gpoElement } from "../util/report-text.ts";
import { longName, writeTar } from "../util/tar-writer.ts";
import { writeZip } from "../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-cli-sources-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const sysvol = "examples/corp.example/sysvol";
const directory = ["--directory", "examples/corp.example/directory.ldif"];
const items = readdirSync(sysvol, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"))
  .map((path) => ({ name: path.slice(sysvol.length + 1), data: readFileSync(path) }));

function put(name: string, content: string | Uint8Array): string {
  const path = `${temp}/${name}`;
  mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const zip = put("sysvol.zip", writeZip(items));
const tarball = put(
  "sysvol.tgz",
  gzipSync(
    writeTar(items.flatMap((item) => (item.name.length > 100 ? [longName(item.name), item] : [item]))),
  ),
);
const cut = put("cut.zip", readFileSync(zip).subarray(0, 500));
const report = put("report.xml", `${declaration}${gpoElement()}`);
const backup = `${temp}/backup`;
put("backup/x/bkupInfo.xml", backupInfo());
put("backup/x/Backup.xml", backupXml({ files: [] }));
const measured = put(
  "HAM-DC01.csv",
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n" +
    "HAM-DC01,System,Logon,{0CCE9215-69AE-11D9-BED3-505054503030},Success,,1\r\n",
);

async function scan(...argv: readonly string[]): Promise<ScanResult> {
  const { stdout } = await runCli(["scan", ...argv, "--format", "json", "--deterministic"]);
  return JSON.parse(stdout) as ScanResult;
}

/** The root that the example is reported from, so that only the names of archives differ. */
const root = ["--root", "examples/corp.example"];

describe("an archive", () => {
  it.each([
    ["inspect", ["--format", "jsonl"]],
    ["effective", [...directory, "--format", "jsonl"]],
    ["explain", [...directory, "--setting", "Credential Validation"]],
  ])("in the place of a folder: %s", async (command, more) => {
    const plain = await runCli([command, sysvol, ...more, ...root]);
    expect(plain.stdout.length).toBeGreaterThan(1000);
    for (const path of [zip, tarball]) {
      const packed = await runCli([command, path, ...more, ...root]);
      const name = path.slice(temp.length + 1);
      expect({ ...packed, stdout: packed.stdout.replaceAll(`${name}/`, "sysvol/") }).toEqual(plain);
    }
  });

  it("in the place of a folder: scan", async () => {
    const verdicts = ({ findings }: ScanResult): unknown =>
      findings.map(({ fingerprint, verdict, actual, gpo }) => [fingerprint, verdict, actual, gpo]);
    const plain = verdicts(await scan(sysvol, ...directory));
    const archived = await scan(zip, ...directory);
    expect(verdicts(archived)).toEqual(plain);
    expect(archived.run.sources).toMatchObject([{ path: "sysvol.zip", kinds: ["sysvol"], archive: "zip" }]);
    expect(archived.run.inputs.filter(({ kind }) => kind === "archive")).toMatchObject([
      { path: "sysvol.zip", encoding: "binary", mattered: true },
    ]);
  });

  it("that is refused leaves every command incomplete, with the reason", async () => {
    for (const command of [
      ["inspect"],
      ["effective", ...directory],
      ["explain", ...directory, "--setting", "Logon"],
      ["scan", ...directory],
    ]) {
      const { code, stderr } = await runCli([...command, cut]);
      expect(code).toBe(3);
      expect(stderr).toMatch(/^gpolint: /);
      if (command[0] !== "scan") expect(stderr).toMatch(/cut\.zip: the archive is cut or damaged/);
    }
    const { coverage } = await scan(cut, ...directory);
    expect(coverage.gaps).toContainEqual(
      expect.objectContaining({
        code: "archive-refused",
        text: expect.stringContaining("cut.zip") as unknown,
      }),
    );
  });
});

describe("sources", () => {
  it("may be files; each is named with what it is", async () => {
    const { run, gpos } = await scan(report, backup, "--as-if-linked", "dc-ou", ...directory);
    expect(run.sources.map(({ path, role, kinds }) => [path, role, kinds])).toEqual([
      ["report.xml", "policy", ["report"]],
      ["backup", "policy", ["backup"]],
    ]);
    expect(gpos.map(({ source }) => source)).toEqual(["report", "backup"]);
  });

  it("are proposals and evidence where an option says so", async () => {
    const more = [
      "--overlay",
      backup,
      "--overlay",
      report,
      "--evidence",
      measured,
      "--evidence",
      `LIS-DC02=${measured}`,
    ];
    const { run } = await scan(sysvol, ...directory, ...more);
    expect(run.sources.map(({ role, kinds }) => [role, ...kinds])).toEqual([
      ["policy", "sysvol"],
      ["overlay", "backup"],
      ["overlay", "report"],
      ["evidence", "auditpol csv"],
      ["evidence", "auditpol csv"],
    ]);
  });

  it("are what --as says", async () => {
    expect((await scan(sysvol, "--as", "sysvol")).gpos.length).toBeGreaterThan(5);
    const { run, coverage } = await scan(sysvol, "--as", "backup");
    expect(run.sources).toMatchObject([{ kinds: [] }]);
    expect(coverage.gaps.map(({ code }) => code)).toContain("source-unrecognised");
  });

  it("a file that is none leaves every command incomplete", async () => {
    for (const command of [["scan"], ["effective"], ["explain", "--setting", "Logon"]]) {
      const { code, stderr } = await runCli([...command, "package.json", ...directory]);
      expect(code).toBe(3);
      expect(stderr).toMatch(/^gpolint: incomplete: [^\n]+\n$/);
      if (command[0] !== "scan") expect(stderr).toContain("package.json: is of no kind that is read here");
    }
  });

  it("a proposal without a place is told", async () => {
    for (const command of [["effective"], ["explain", "--setting", "Logon"]]) {
      const argv = [...command, sysvol, ...directory, "--target", "HAM-DC01", "--assume", "no-site-links"];
      const { code, stderr } = await runCli([...argv, "--overlay", backup]);
      expect(code).toBe(3);
      expect(stderr).toContain(
        "GPO 'Audit <all>' is judged nowhere: no link is given: --as-if-linked DN or dc-ou",
      );
      const linked = await runCli([
        ...argv,
        "--overlay",
        backup,
        "--as-if-linked",
        "dc-ou",
        "--link-order",
        "2",
        "--enforced",
      ]);
      expect(linked.stderr).not.toContain("judged nowhere");
    }
  });

  it("--assume delivered is taken, and stands in the report", async () => {
    const { run } = await scan(sysvol, ...directory, "--assume", "delivered");
    expect(run.assumptions).toEqual(["delivered"]);
  });
});

describe("mistakes", () => {
  const link = ["--as-if-linked", "dc-ou"];
  const rows: readonly (readonly [title: string, argv: readonly string[], text: RegExp])[] = [
    ["a link order without a link", ["--link-order", "2"], /--link-order .* add --as-if-linked DN/],
    ["an enforced link without a link", ["--enforced"], /--enforced .* add --as-if-linked DN/],
    ["a link order that is no place", [...link, "--link-order", "0"], /--link-order must be a whole number from 1/],
    ["half a place", [...link, "--link-order", "1.5"], /--link-order must be a whole number/],
    ["no number", [...link, "--link-order", "first"], /--link-order must be a whole number/],
    ["a place that is no DN", ["--as-if-linked", "corp.example/Servers"], /cannot link to 'corp\.example\/Servers': expected dc-ou or the DN/],
    ["an empty place", ["--as-if-linked", " "], /cannot link to ' '/],
    ["two places", [...link, ...link], /--as-if-linked can be given only once/],
    ["an unknown kind", ["--as", "registry"], /as.*registry|Choices/],
    ["two kinds", ["--as", "sysvol", "--as", "backup"], /--as can be given only once/],
    ["a proposal that does not exist", ["--overlay", "nowhere"], /cannot read proposal 'nowhere': no such file/],
  ]; // prettier-ignore
  it.each(rows)("%s is a usage error of every command", async (_title, argv, text) => {
    for (const command of [["scan"], ["effective"], ["explain", "--setting", "Logon"]]) {
      const { code, stderr, stdout } = await runCli([...command, sysvol, ...directory, ...argv]);
      expect(stderr).toMatch(/^gpolint: [^\n]+\n$/);
      expect(stderr).toMatch(text);
      expect([code, stdout]).toEqual([2, ""]);
    }
  });

  const ofScan: readonly (readonly [title: string, argv: readonly string[], text: RegExp])[] = [
    ["a gate for regressions without a proposal", ["--fail-on-regression"], /--fail-on-regression .* add --overlay PATH/],
    ["evidence that does not exist", ["--evidence", "DC1=nowhere.csv"], /cannot read evidence 'nowhere\.csv': no such file/],
  ]; // prettier-ignore
  it.each(ofScan)("%s is a usage error", async (_title, argv, text) => {
    const { code, stderr } = await runCli(["scan", sysvol, ...directory, ...argv]);
    expect(stderr).toMatch(text);
    expect(code).toBe(2);
  });

  it("only scan compares with evidence", async () => {
    const { code, stderr } = await runCli(["effective", sysvol, "--evidence", measured]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("Unknown argument: evidence")]);
  });
});
