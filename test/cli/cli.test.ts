import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { EffectiveResult } from "../../src/model/effective-result.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { runCli } from "../util/cli.ts";

const sysvol = "examples/corp.example/sysvol";
const ldif = "examples/corp.example/directory.ldif";
const input = [sysvol, "--directory", ldif];

const temp = mkdtempSync(join(tmpdir(), "gpolint-cli-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

function tempFile(name: string, content: string | Uint8Array): string {
  const path = join(temp, name);
  writeFileSync(path, content);
  return path;
}

/** One line for people, and never a stack trace. */
function expectOneLine(stderr: string): void {
  expect(stderr).toMatch(/^gpolint: [^\n]+\n$/);
  expect(stderr).not.toContain("    at ");
}

describe("scan", () => {
  it("is the default command, and prints text for people", async () => {
    const plain = await runCli(input);
    expect(plain).toEqual(await runCli(["scan", ...input]));
    expect(plain.stdout).toContain("HAM-DC01");
    expect(plain.code).toBe(3);
  });

  it("--deterministic leaves out time and command line, and nothing else", async () => {
    const run = async (...more: string[]): Promise<ScanResult> =>
      JSON.parse((await runCli(["scan", ...input, "--format", "json", ...more])).stdout) as ScanResult;
    const [plain, still] = [await run(), await run("--deterministic")];
    expect(plain.run.startTime).toBe("2026-01-02T03:04:05.000Z");
    expect(plain.run.command).toContain("gpolint scan examples/corp.example/sysvol");
    expect({ ...plain, run: { ...plain.run, startTime: null, command: null } }).toEqual(still);
  });

  it("writes files aside and whole, with the sums of the standard set", async () => {
    const folder = join(temp, "reports", "deep");
    const extra = join(temp, "extra.sarif");
    const { stderr } = await runCli(["scan", ...input, "--report-dir", folder, "--out", `sarif=${extra}`]);
    expect(readdirSync(folder).sort()).toEqual([
      "SHA256SUMS",
      "report.csv",
      "report.html",
      "report.md",
      "report.sarif",
      "result.json",
    ]);
    expect(readFileSync(extra, "utf8")).toBe(readFileSync(join(folder, "report.sarif"), "utf8"));
    expect(readFileSync(join(folder, "SHA256SUMS"), "utf8")).toMatch(/^([0-9a-f]{64} {2}[\w.]+\n){5}$/);
    expect(stderr).toContain("report.html");
  });

  it("gates by severity", async () => {
    const wmi = ["--assume", "wmi:{E10CC350-42C1-44BC-916A-B8907F80C078}=true"];
    const code = async (...more: string[]): Promise<number> =>
      (await runCli(["scan", ...input, ...more])).code;
    expect(await code()).toBe(3);
    expect(await code("--allow-incomplete")).toBe(1);
    expect(await code(...wmi)).toBe(1);
    expect(await code(...wmi, "--soft-fail")).toBe(0);
    expect(await code("--soft-fail")).toBe(3);
    expect(await code(...wmi, "--fail-on", "none")).toBe(0);
    expect(await code(...wmi, "--fail-on", "critical")).toBe(1);
    expect(await code(...wmi, "--target", "OPO-RODC1", "--policy", "mdi-2021", "--fail-on", "high")).toBe(1);
  });

  it("an assumption stands in every report", async () => {
    const { stdout } = await runCli(["scan", ...input, "--assume", "no-site-links", "--format", "json"]);
    const result = JSON.parse(stdout) as ScanResult;
    expect(result.run.assumptions).toEqual(["no-site-links"]);
    expect(result.findings.find(({ verdict }) => verdict === "pass")?.assumptions).toEqual(["no-site-links"]);
  });

  it("judges only the computers that are named", async () => {
    for (const name of ["ham-dc04", "HAM-DC04$", "CN=HAM-DC04,OU=Legacy,OU=Servers,DC=corp,DC=example"]) {
      const result = JSON.parse(
        (await runCli(["scan", ...input, "--target", name, "--format", "json"])).stdout,
      ) as ScanResult;
      expect(result.targets.map((target) => target.name)).toEqual(["HAM-DC04"]);
    }
  });

  it("findings = targets x requirements, always all of them", async () => {
    const result = JSON.parse(
      (await runCli(["scan", ...input, "--policy", "mdi", "--policy", "mdi-2021", "--format", "json"]))
        .stdout,
    ) as ScanResult;
    expect(result.findings).toHaveLength(result.targets.length * result.rules.length);
    expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
  });

  it("without directory data: what each GPO contains, the commands to get it, exit code 3", async () => {
    const { code, stdout, stderr } = await runCli(["scan", sysvol]);
    expect(code).toBe(3);
    for (const text of [
      "ldifde -f",
      "ldapsearch",
      "1.2.840.113556.1.4.801",
      "DC=corp,DC=example",
      "nTSecurityDescriptor",
    ])
      expect(stdout).toContain(text);
    expectOneLine(stderr);
    const result = JSON.parse((await runCli(["scan", sysvol, "--format", "json"])).stdout) as ScanResult;
    expect(result.targets).toEqual([]);
    expect(new Set(result.findings.map(({ verdict, target }) => `${verdict} ${String(target)}`))).toEqual(
      new Set(["unknown null"]),
    );
    expect(result.gpos.some(({ settings }) => settings.length > 0)).toBe(true);
  });
});

describe("effective, explain, inspect", () => {
  it("effective prints the same targets in every format", async () => {
    const json = JSON.parse(
      (await runCli(["effective", ...input, "--format", "json"])).stdout,
    ) as EffectiveResult;
    const lines = (await runCli(["effective", ...input, "--format", "jsonl"])).stdout.trimEnd().split("\n");
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(json.targets);
    const pretty = (await runCli(["effective", ...input])).stdout;
    for (const { name } of json.targets) expect(pretty).toContain(name);
  });

  it("explain takes a key, a GUID, a name or a registry path", async () => {
    const explain = async (setting: string): Promise<string> =>
      (await runCli(["explain", ...input, "--target", "LIS-DC02", "--setting", setting])).stdout;
    const expected = await explain("audit-subcategory/0cce923b-69ae-11d9-bed3-505054503030");
    expect(expected).toContain("Security Baseline");
    for (const setting of [
      "{0CCE923B-69AE-11D9-BED3-505054503030}",
      "Directory Service Access",
      "Audit Directory Service Access",
      "Verzeichnisdienstzugriff",
    ]) {
      expect(await explain(setting)).toBe(expected);
    }
    expect(
      await explain("HKLM\\System\\CurrentControlSet\\Services\\Netlogon\\Parameters\\AuditNTLMInDomain"),
    ).toContain("value: 1");
  });

  it("explain tells of a row that is never delivered", async () => {
    const { stdout } = await runCli([
      "explain",
      ...input,
      "--target",
      "HAM-DC01",
      "--setting",
      "Distribution Group Management",
    ]);
    expect(stdout).toMatch(
      /CHG-20417[^\n]*\n[^\n]*lists Success and Failure, but its audit.csv is not delivered/,
    );
    expect(stdout).toMatch(/audit\.csv:\d+: /);
  });

  it("inspect reads a file or a folder, at any depth", async () => {
    const all = await runCli(["inspect", "examples", "--format", "jsonl"]);
    expect(all.code).toBe(0);
    const files = all.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { path: string; kind: string });
    expect(new Set(files.map(({ kind }) => kind))).toEqual(
      new Set(["GPT.INI", "GptTmpl.inf", "audit.csv", "registry.pol", "GPP Registry.xml"]),
    );
    const one = await runCli(["inspect", files[0]?.path ?? "", "--format", "jsonl"]);
    expect(JSON.parse(one.stdout)).toEqual(files[0]);
    expect(JSON.parse((await runCli(["inspect", "examples", "--format", "json"])).stdout)).toEqual(files);
  });
});

describe("mistakes and damage", () => {
  const usage: readonly [string, readonly string[], RegExp][] = [
    ["no path", ["scan"], /no PATH given/],
    ["a path that does not exist", ["scan", "nowhere"], /cannot read PATH 'nowhere': no such file or folder/],
    [
      "a directory file that does not exist",
      ["scan", sysvol, "--directory", "nowhere.ldif"],
      /cannot read directory file 'nowhere.ldif'/,
    ],
    [
      "a file where a folder is needed",
      ["scan", sysvol, "--root", ldif],
      /it is a file, and a folder is needed/,
    ],
    ["an unknown option", ["scan", sysvol, "--wrong"], /Unknown argument: wrong/],
    ["an unknown format", ["scan", sysvol, "--format", "xml"], /format/],
    [
      "an unknown policy",
      ["scan", sysvol, "--policy", "mdo"],
      /policy pack 'mdo'.*there are asd, mdi, mdi-2021.*did you mean 'mdi'\?/,
    ],
    ["an unknown computer", ["scan", ...input, "--target", "DC99"], /no computer named 'DC99'.*HAM-DC01/],
    ["an unknown setting", ["explain", ...input, "--setting", "nonsense"], /no setting named 'nonsense'/],
    ["an unusable assumption", ["scan", ...input, "--assume", "all-is-well"], /cannot assume 'all-is-well'/],
    ["an unusable output", ["scan", ...input, "--out", "pdf=x"], /expected FORMAT=PATH/],
    ["a folder that cannot be written", ["scan", ...input, "--out", `json=${ldif}/x.json`], /cannot write/],
    ["an option without its value", ["scan", sysvol, "--directory"], /directory/],
  ];
  it.each(usage)("%s is a usage error", async (_title, argv, text) => {
    const { code, stderr, stdout } = await runCli(argv);
    expect(code).toBe(2);
    expectOneLine(stderr);
    expect(stderr).toMatch(text);
    expect(stdout).toBe("");
  });

  const broken: readonly [string, () => readonly string[], RegExp][] = [
    [
      "a directory file that is no LDIF",
      () => [sysvol, "--directory", tempFile("bad.ldif", "this is not LDIF at all\n")],
      /bad\.ldif/,
    ],
    ["an empty directory file", () => [sysvol, "--directory", tempFile("empty.ldif", "")], /empty\.ldif/],
    [
      "binary rubbish as directory file",
      () => [
        sysvol,
        "--directory",
        tempFile(
          "rubbish.ldif",
          Uint8Array.from({ length: 999 }, (_, index) => (index * 7) % 256),
        ),
      ],
      /rubbish\.ldif/,
    ],
    [
      "a folder without GPOs",
      () => [emptyFolder(), "--directory", ldif],
      /empty-folder: holds neither GPO folders/,
    ],
  ];
  it.each(broken)("%s is incomplete", async (_title, argv, text) => {
    for (const command of ["scan", "effective"]) {
      const { code, stderr } = await runCli([command, ...argv()]);
      expect(code).toBe(3);
      expect(stderr.split("\n").filter((line) => line.startsWith("gpolint: "))).toHaveLength(1);
      if (command === "scan") expect(stderr).toMatch(text);
    }
  });

  function emptyFolder(): string {
    const path = join(temp, "empty-folder");
    if (!existsSync(path)) mkdirSync(path);
    return path;
  }

  it("a symbolic link is reported and not followed", async () => {
    const folder = join(temp, "linked");
    mkdirSync(folder);
    symlinkSync(join(temp, ".."), join(folder, "{31B2F340-016D-11D2-945F-00C04FB984F9}"));
    const { code, stdout } = await runCli(["scan", folder, "--directory", ldif, "--format", "json"]);
    expect(code).toBe(3);
    expect((JSON.parse(stdout) as ScanResult).diagnostics.map((diagnostic) => diagnostic.code)).toContain(
      "file.link-skipped",
    );
  });

  it("--help and --version end with 0", async () => {
    const help = await runCli(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const text of ["scan", "effective", "explain", "inspect", "Exit codes"])
      expect(help.stdout).toContain(text);
    expect(await runCli(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown,
    });
  });
});
