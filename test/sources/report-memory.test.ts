import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, expect, it } from "vitest";
import { declaration, gpoElement, section, tag } from "../util/report-text.ts";
import { auditSetting, securityOption } from "../util/report-text.ts";
import { repoPath } from "../util/run.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-large-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const megabyte = 1024 * 1024;
const gpoCount = 500;
/** In megabytes. The text of the report alone needs more. */
const heapLimit = 64;

/** A GPO of a quarter of a megabyte, most of it the explanations of administrative templates, as in real reports. */
function largeGpo(number: number): string {
  const explain = "This policy setting explains at length what it does &amp; why.\r\n".repeat(12);
  const policies = Array.from({ length: 145 }, (_, i) => {
    const name = tag("Name", `Policy ${number} ${i}`);
    return tag("Policy", `${name}${tag("State", "Enabled")}${tag("Explain", explain)}`);
  });
  const audits = Array.from({ length: 40 }, (_, i) =>
    auditSetting(`{0cce92${(16 + i).toString(16)}-69ae-11d9-bed3-505054503030}`, String(i % 4)),
  );
  const options = Array.from({ length: 20 }, (_, i) =>
    securityOption(`MACHINE\\Software\\Number${number}\\Option${i}`, tag("SettingNumber", String(i))),
  );
  return gpoElement({
    guid: `{AAAAAAAA-0000-4000-8000-${String(number).padStart(12, "0")}}`,
    computer:
      section("Auditing", "AuditSettings", audits.join("\r\n")) +
      section("Security", "SecuritySettings", options.join("\r\n")) +
      section("Registry", "RegistrySettings", policies.join("\r\n")),
  });
}

function writeReport(path: string, encoding: "utf16le" | "utf8"): void {
  const file = openSync(path, "w");
  writeSync(file, Buffer.from(`${encoding === "utf16le" ? "\ufeff" : ""}${declaration}<report>`, encoding));
  for (let i = 0; i < gpoCount; i++) writeSync(file, Buffer.from(largeGpo(i), encoding));
  writeSync(file, Buffer.from("</report>", encoding));
  closeSync(file);
}

/** Reads a report in a process of its own, and says what came of it and how much memory it took at most. */
const script = `
import { FileReader } from "./src/sources/file-reader.ts";
import { fsVfs } from "./src/sources/fs-vfs.ts";
import { PathNaming } from "./src/sources/naming.ts";
import { readReport } from "./src/sources/report.ts";
const reader = new FileReader(fsVfs, new PathNaming("/"));
const started = process.resourceUsage().maxRSS;
const report = readReport(reader, process.argv[2]);
const writes = report.gpos.map(({ gpt }) => gpt.parts.reduce((sum, part) => sum + part.writes.length, 0));
console.log(JSON.stringify({
  complete: report.complete,
  gpos: report.gpos.length,
  writes: [...new Set(writes)],
  seconds: (process.resourceUsage().userCPUTime + process.resourceUsage().systemCPUTime) / 1e6,
  growth: (process.resourceUsage().maxRSS - started) / 1024,
}));
`;

function readInChild(
  path: string,
): Readonly<Record<string, unknown>> & { readonly growth: number; readonly seconds: number } {
  const program = join(temp, "read.mjs");
  buildSync({
    stdin: { contents: script, resolveDir: repoPath(""), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${heapLimit}`, program, path],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

it("case 124: a report of 500 GPOs and 120 MB is read in bounded memory", { timeout: 120_000 }, () => {
  const path = join(temp, "all.xml").replaceAll("\\", "/");
  writeReport(path, "utf16le");
  expect(statSync(path).size).toBeGreaterThan(120 * megabyte);
  const result = readInChild(path);
  // Of the file only the 60 settings of each GPO stay.
  expect(result).toMatchObject({ complete: true, gpos: gpoCount, writes: [60] });
  expect(result.growth).toBeLessThan(150);
  // Time of the processor: other tests run beside this one.
  expect(result.seconds).toBeLessThan(120);
});
