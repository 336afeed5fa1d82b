import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../scripts/steps/build.mjs";
import type { ScanResult } from "../../src/model/result.ts";
import { backupInfo, backupXml, manifest } from "../util/backup-text.ts";
import { utf8 } from "../util/bytes.ts";
import { gpoElement } from "../util/report-text.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";
import { writeTar } from "../util/tar-writer.ts";
import { writeZip } from "../util/zip-writer.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-hostile-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));

/** A second on an idle machine, of which the program needs half to start; what goes off takes minutes. */
const most = { milliseconds: 10_000, kibibytes: 200 * 1024 };

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  /** The most that the process ever held. */
  readonly kibibytes: number;
}

/** Says on a channel of its own how much memory the process took. */
const meter =
  "data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))";

/** The built program as a process of its own: only that shows what a run costs. */
function run(argv: readonly string[]): Run {
  const start = performance.now();
  const { status, output } = spawnSync(
    process.execPath,
    ["--import", meter, repoPath("dist/bin.js"), ...argv],
    {
      cwd: temp,
      env: { PATH: process.env["PATH"] ?? "", SystemRoot: process.env["SystemRoot"] ?? "" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      timeout: 2 * most.milliseconds,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const [, stdout, stderr, memory] = output;
  return {
    code: status,
    stdout: stdout ?? "",
    stderr: stderr ?? "",
    milliseconds: performance.now() - start,
    kibibytes: Number(memory),
  };
}

const base = repoPath("test/fixtures/what-if/base");
/** Everything is known and no finding counts: without what is hostile these runs end with 0. */
const scan = ["scan", `${base}/sysvol`, "--directory", `${base}/directory.ldif`, "--fail-on", "none"];
const uses = {
  proposed: [...scan, "--as-if-linked", "dc-ou", "--overlay"],
  measured: [...scan, "--evidence"],
  judged: ["scan", "--directory", `${base}/directory.ldif`, "--as-if-linked", "dc-ou", "--fail-on", "none"],
  effective: ["effective", "--directory", `${base}/directory.ldif`, "--as-if-linked", "dc-ou"],
  inspected: ["inspect"],
};
type Use = keyof typeof uses;

let usual = 0;
beforeAll(async () => {
  await ensureBuilt();
  usual = run(scan).kibibytes;
}, 60_000);

function put(name: string, content: string | Uint8Array): string {
  const path = `${temp}/${name}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const auditCsv =
  "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\n" +
  ",System,Audit User Account Management,{0cce9235-69ae-11d9-bed3-505054503030},No Auditing,,0\r\n";
const auditPath = "DomainSysvol/GPO/Machine/microsoft/windows nt/Audit/audit.csv";
const honest: Readonly<Record<string, string>> = {
  "bkupInfo.xml": backupInfo(),
  "Backup.xml": backupXml({ files: [] }),
  "gpreport.xml": gpoElement(),
  [auditPath]: auditCsv,
};
const items = Object.entries(honest).map(([name, text]) => ({ name: `x/${name}`, data: utf8(text) }));

function putBackup(name: string, changes: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries({ ...honest, ...changes })) put(`${name}/x/${file}`, text);
  return `${temp}/${name}`;
}

const gpresult =
  '<Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><DataType>LoggedData</DataType>' +
  "<ComputerResults><Name>CORP\\DC1$</Name><Domain>corp.example</Domain></ComputerResults></Rsop>";

/** Ten to the ninth copies of a text, for a parser that believes it. */
function withEntities(xml: string): string {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
  const body = xml.replace(/(<[A-Za-z]*Name>)[^]*?(<\/)/, "$1&e9;$2");
  return `<!DOCTYPE x [<!ENTITY e0 "expanded">${levels.join("")}]>${body.replace(/^<\?xml[^>]*>/, "")}`;
}

function withDepth(xml: string, depth: number): string {
  const end = xml.lastIndexOf("</");
  return xml.slice(0, end) + "<a>".repeat(depth) + "</a>".repeat(depth) + xml.slice(end);
}

function nested(depth: number, pack: (name: string, data: Uint8Array) => Buffer, ending: string): Buffer {
  let archive = pack("report.xml", utf8(gpoElement()));
  for (let level = 1; level < depth; level++) archive = pack(`${level}${ending}`, archive);
  return archive;
}

const zipped = (name: string, data: Uint8Array): Buffer => writeZip([{ name, data }]);
const tarred = (name: string, data: Uint8Array): Buffer => gzipSync(writeTar([{ name, data }]));
const tenMegabytes = new Uint8Array(10 * 1024 * 1024);
const tenGzipped = gzipSync(tenMegabytes);
const link = { mode: 0xa1ff, data: utf8("/etc") };

const everywhere: Uses = ["proposed", "measured", "judged", "effective", "inspected"];
const inWords: Uses = ["proposed", "judged", "effective", "inspected"];
const asPolicy: Uses = ["proposed", "judged", "effective"];

type Uses = readonly [Use, ...Use[]];
type Row = readonly [title: string, path: string, uses: Uses, line: RegExp];
const rows: readonly Row[] = [
  ["a name that climbs, in a zip", put("climb.zip", writeZip([...items, { name: "../../x" }])), everywhere, /climb\.zip: .*leads out of the archive.*\.\.\/\.\.\/x climbs/],
  ["a name that climbs with backslashes", put("back.zip", writeZip([...items, { name: "..\\x" }])), everywhere, /back\.zip: .*leads out of the archive/],
  ["a name that climbs, in a tar", put("climb.tgz", gzipSync(writeTar([...items, { name: "../x" }]))), everywhere, /climb\.tgz: .*leads out of the archive/],
  ["an absolute name", put("absolute.tar", writeTar([...items, { name: "/etc/x" }])), everywhere, /absolute\.tar: .*\/etc\/x is an absolute path/],
  ["a name that forges a line", put("forge.zip", writeZip([{ name: "../\ngpolint: all is well\u202e" }])), everywhere, /forge\.zip: .*\.\.\/\\u\{A\}gpolint: all is well\\u\{202E\}/],
  ["ten gigabytes that share ten kilobytes", put("bomb.zip", writeZip([{ name: "a.xml", data: tenMegabytes }, ...Array.from({ length: 999 }, () => ({ name: "a.xml", data: tenMegabytes.subarray(0, 1), sharesWith: 0 }))])), everywhere, /bomb\.zip: more content than the limits/],
  ["ten gigabytes in a stream", put("bomb.tgz", Buffer.concat(Array.from({ length: 1000 }, () => tenGzipped))), everywhere, /bomb\.tgz: more content than the limits/],
  ["archives 64 deep, in zips", put("nested.zip", nested(64, zipped, ".zip")), inWords, /nested\.zip: .*an archive inside/],
  ["archives 64 deep, in tars", put("nested.tgz", nested(64, tarred, ".tgz")), inWords, /nested\.tgz: .*an archive inside/],
  ["rubbish that begins as a zip does", put("rubbish.zip", utf8(`PK\x03\x04${"rubbish".repeat(1000)}`)), everywhere, /rubbish\.zip: the archive is cut or damaged: nothing in it was read: [^.\n]+\n$/],
  ["nothing but a link, in a zip", put("link.zip", writeZip([{ name: "Policies", ...link }])), everywhere, /link\.zip.*link.* not followed/],
  ["nothing but a link, in a tar", put("link.tgz", gzipSync(writeTar([{ name: "Policies", type: "2", link: "/etc" }]))), everywhere, /link\.tgz.*link.* not followed/],
  ["entities in a report", put("entities.xml", withEntities(gpoElement())), asPolicy, /entities\.xml: is XML with a DOCTYPE/],
  ["entities in a report of gpresult", put("entities-rsop.xml", withEntities(gpresult)), asPolicy, /entities-rsop\.xml: is XML with a DOCTYPE/],
  ["entities in a zip", put("entities.zip", zipped("report.xml", utf8(withEntities(gpoElement())))), asPolicy, /entities\.zip: holds neither/],
  ["entities in Backup.xml", putBackup("entities", { "Backup.xml": withEntities(honest["Backup.xml"] ?? "") }), ["proposed"], /'Audit <all>' .*its list of machine extensions cannot be read/],
  ["elements 64 deep in a report", put("deep.xml", withDepth(gpoElement(), 64)), asPolicy, /deep\.xml: the report breaks off/],
  ["elements 100000 deep in a report", put("deeper.xml", withDepth(gpoElement(), 100_000)), asPolicy, /deeper\.xml: the report breaks off/],
  ["elements 100000 deep in a report of gpresult", put("deep-rsop.xml", withDepth(gpresult, 100_000)), ["measured"], /deep-rsop\.xml/],
  ["elements 100000 deep in Backup.xml", putBackup("deep", { "Backup.xml": withDepth(honest["Backup.xml"] ?? "", 100_000) }), ["proposed"], /'Audit <all>' .*its list of machine extensions cannot be read/],
]; // prettier-ignore

describe("what is hostile is refused", () => {
  it("and what is honest is not", async () => {
    expect(usual).toBeGreaterThan(10_000);
    for (const path of [putBackup("honest", {}), put("honest.zip", writeZip(items))])
      expect(await runCli([...uses.proposed, path])).toMatchObject({ code: 0, stderr: "" });
  });

  it("in every XML file of a backup, each with its reason", async () => {
    const registry = "DomainSysvol/GPO/Machine/Preferences/Registry/Registry.xml";
    const path = putBackup("all", {
      "bkupInfo.xml": withEntities(honest["bkupInfo.xml"] ?? ""),
      "Backup.xml": withEntities(honest["Backup.xml"] ?? ""),
      "gpreport.xml": withEntities(gpoElement()),
      "../manifest.xml": withEntities(manifest(backupInfo())),
      [registry]: withEntities("<RegistrySettings><Name></Name></RegistrySettings>"),
    });
    const { code, stdout } = await runCli([...uses.proposed, path, "--format", "json"]);
    const { diagnostics } = JSON.parse(stdout) as ScanResult;
    const refused = diagnostics.filter(({ code: why }) => why.endsWith("refused")).map((item) => item.path);
    expect([code, refused.toSorted()]).toEqual([
      3,
      ["manifest.xml", "x/Backup.xml", `x/${registry}`, "x/bkupInfo.xml", "x/gpreport.xml"].map(
        (file) => `all/${file}`,
      ),
    ]);
    expect(stdout).not.toContain("expandedexpanded");
  });

  it.each(rows)("with a line that names it: %s", async (_title, path, ways, line) => {
    for (const use of ways) {
      const { code, stdout, stderr } = await runCli([...uses[use], path]);
      expect({ use, code, stderr }).toEqual({ use, code: 3, stderr: expect.stringMatching(line) });
      // Only inspect tells of everything that it passes by.
      expect(stderr).toMatch(
        use === "inspected" ? /^(gpolint: [^\n]+\n)+$/ : /^gpolint: incomplete: [^\n]+\n$/,
      );
      expect(stderr).not.toContain("internal error");
      expect(stdout).not.toContain("expandedexpanded");
    }
  });

  it.each(rows)("within a second and 200 MB: %s", (_title, path, [use]) => {
    const { code, milliseconds, kibibytes } = run([...uses[use], path]);
    expect(code).toBe(3);
    expect(milliseconds).toBeLessThan(most.milliseconds);
    expect(kibibytes - usual).toBeLessThan(most.kibibytes);
  });
});

/** Node has no call for it. */
function makePipe(path: string): void {
  expect(spawnSync("sh", ["-c", 'mkfifo "$1"', "sh", path]).status).toBe(0);
}

describe.skipIf(process.platform === "win32")("what is no file", () => {
  it("a pipe that nobody writes to is refused at once", async () => {
    const pipe = `${temp}/pipe.xml`;
    makePipe(pipe);
    for (const use of everywhere) {
      const { code, stderr } = await runCli([...uses[use], pipe]);
      expect({ use, code, stderr }).toEqual({
        use,
        code: 2,
        stderr: expect.stringMatching(/'[^']+pipe\.xml': it is neither a file nor a folder, and [^\n]+\n$/),
      });
    }
  });

  it("a folder that holds itself and a pipe ends", async () => {
    const folder = putBackup("loop", {});
    symlinkSync("..", `${folder}/x/DomainSysvol/up`);
    makePipe(`${folder}/x/DomainSysvol/GPO/Machine/registry.pol`);
    const { code, milliseconds } = run([...uses.judged, folder]);
    expect(code).toBe(3);
    expect(milliseconds).toBeLessThan(most.milliseconds);
  });
});
