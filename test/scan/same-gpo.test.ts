import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { Finding, ScanResult } from "../../src/model/result.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";
import { hasShared, sharedPath } from "../util/shared.ts";
import { writeTar } from "../util/tar-writer.ts";
import { writeZip } from "../util/zip-writer.ts";

const base = repoPath("test/fixtures/what-if/base");
const backup = repoPath("test/fixtures/what-if/new-and-delivered");
const temporary = mkdtempSync(join(tmpdir(), "gpolint-same-"));
afterAll(() => rmSync(temporary, { recursive: true }));

interface File {
  readonly name: string;
  readonly data: Uint8Array;
}

function filesBelow(folder: string, prefix = ""): File[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`];
    return entry.isDirectory() ? filesBelow(path, `${name}/`) : [{ name, data: readFileSync(path) }];
  });
}

function write(name: string, data: Uint8Array): string {
  const path = join(temporary, name);
  writeFileSync(path, data);
  return path;
}

/** The GPT that lies in the backup, as a `{GUID}` folder with the version that Backup.xml tells. */
function asSysvol(): string {
  const folder = join(temporary, "sysvol");
  const gpt = join(folder, "{C0000000-0000-4000-8000-000000000006}");
  mkdirSync(gpt, { recursive: true });
  const [own] = readdirSync(backup);
  cpSync(join(backup, own ?? "", "DomainSysvol/GPO"), gpt, { recursive: true });
  writeFileSync(join(gpt, "GPT.INI"), "[General]\r\nVersion=2\r\n");
  return folder;
}

async function scanned(...args: readonly string[]): Promise<{ code: number; result: ScanResult }> {
  const { code, stdout, stderr } = await runCli(["scan", "--format", "json", "--deterministic", ...args]);
  if (stdout === "") throw new Error(stderr);
  return { code, result: JSON.parse(stdout) as ScanResult };
}

/** All that a finding says but the places, and the name, which a SYSVOL folder does not hold. */
function told({ findings }: ScanResult): unknown {
  const bare = findings.map((finding: Finding) => ({
    ...finding,
    location: null,
    assumptions: [],
    chain: finding.chain.map((step) => ({ ...step, location: null })),
  }));
  const text = JSON.stringify(bare)
    .replaceAll("'New Audit, delivered'", "c0000000-0000-4000-8000-000000000006")
    .replaceAll('"New Audit, delivered"', "null");
  return JSON.parse(text);
}

const sysvol = asSysvol();
const forms: readonly (readonly [title: string, path: string, flags: readonly string[]])[] = [
  ["a SYSVOL folder, delivery vouched for", sysvol, ["--assume", "delivered"]],
  ["a backup", backup, []],
  ["a zip of the backup", write("backup.zip", writeZip(filesBelow(backup))), []],
  [
    "a zip with backslashes",
    write(
      "b.zip",
      writeZip(filesBelow(backup).map(({ name, data }) => ({ name: name.replaceAll("/", "\\"), data }))),
    ),
    [],
  ],
  ["a tar of the backup", write("backup.tar", writeTar(filesBelow(backup))), []],
  ["a tar.gz of the backup", write("backup.tar.gz", gzipSync(writeTar(filesBelow(backup)))), []],
  [
    "a tar.gz of the SYSVOL folder",
    write("sysvol.tar.gz", gzipSync(writeTar(filesBelow(sysvol)))),
    ["--assume", "delivered"],
  ],
];

describe("one GPO gives the same findings as", () => {
  const directory = ["--directory", `${base}/directory.ldif`, "--as-if-linked", "dc-ou"];
  const wanted = scanned(`${base}/sysvol`, "--overlay", backup, ...directory);

  it.each(forms)("%s that is proposed", async (_, path, flags) => {
    const { result } = await scanned(`${base}/sysvol`, "--overlay", path, ...directory, ...flags);
    expect(told(result)).toEqual(told((await wanted).result));
    expect(result.whatIf?.changes.better).toBe(4);
  });

  it.each(forms)("%s beside the others", async (_, path, flags) => {
    const { result } = await scanned(`${base}/sysvol`, path, ...directory, ...flags);
    const verdicts = (of: ScanResult) =>
      of.findings.map(({ rule, target, verdict }) => [rule, target, verdict]);
    expect(verdicts(result)).toEqual(verdicts((await wanted).result));
  });
});

describe("a SYSVOL folder that no directory describes", () => {
  const flags = ["--directory", `${base}/directory.ldif`, "--as-if-linked", "dc-ou"];
  it("is undecided until its delivery is vouched for", async () => {
    const { code, result } = await scanned(`${base}/sysvol`, "--overlay", sysvol, ...flags);
    const own = result.findings.filter(({ rule }) => rule === "mdi.distribution-group-management");
    expect(own.map(({ verdict }) => verdict)).toEqual(["unknown", "unknown"]);
    expect(code).toBe(3);
  });
});

const corpus = "corpus/";
describe.skipIf(!hasShared(corpus, "published GPOs"))("published GPOs by themselves", () => {
  const alone = ["--as-if-linked", "dc-ou", "--assume", "no-other-gpos"];

  async function auditFindings(path: string) {
    const { result } = await scanned(sharedPath(corpus + path), ...alone);
    return result.findings.filter(({ setting }) => setting?.startsWith("audit-subcategory/"));
  }

  const clong = "clong+DetectionLab/Vagrant/resources/GPO/Domain_Controllers_Enhanced_Auditing_Policy";
  const oldClong = clong.replace("/Vagrant", "/_history/1bcf24be1e0c/Vagrant");
  it.each([
    // Backup.xml does not list the audit extension: not compliant, whatever its audit.csv says.
    ["thalpius+Microsoft-Defender-for-Identity-Auditing/{1CF01EDF-58E7-4829-9266-EC4BBC28F27D}", ["fail"]],
    // Of this one only the files were published, without the Backup.xml that would say whether they are delivered.
    [`${oldClong}/{3B4FE7CD-AB39-4A71-8693-928C9713614A}`, ["unknown"]],
    // The same lab later, with the extension listed.
    [`${clong}/{D758182C-84C3-420D-806A-50664169D3B2}`, ["pass"]],
  ] as const)("%s", async (path, verdicts) => {
    const found = new Set((await auditFindings(path)).map(({ verdict }) => verdict));
    expect(found).toEqual(new Set(verdicts));
  });

  it("the reason is that the extension is not listed", async () => {
    const path = "thalpius+Microsoft-Defender-for-Identity-Auditing/{1CF01EDF-58E7-4829-9266-EC4BBC28F27D}";
    const [credentialValidation] = await auditFindings(path);
    expect(credentialValidation?.message).toContain(
      "lists it, but its audit.csv is not delivered: the extension that reads it is not listed.",
    );
  });
});
