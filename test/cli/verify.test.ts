import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Verification } from "../../src/model/verification.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";
import { packFolder } from "../util/pack-folder.ts";

const temp = realpathSync(mkdtempSync(join(tmpdir(), "gpolint-verify-")));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const example = repoPath("examples/corp.example");
const gpo = "sysvol/corp.example/Policies/{CA96E1D5-DC66-459E-8886-94003AA4C1EB}";
const audit = `${gpo}/Machine/Microsoft/Windows NT/Audit/audit.csv`;
const at = (name: string): string => join(temp, name);

beforeEach(() => {
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp);
  cpSync(example, at("export"), { recursive: true });
});

async function scan(args: readonly string[], cwd = temp): Promise<void> {
  const { code, stderr } = await runCli(["scan", ...args, "--out", `json=${at("result.json")}`], { cwd });
  expect([1, 3], stderr).toContain(code);
}

async function verify(args: readonly string[], cwd = temp): Promise<Verification> {
  const { code, stdout, stderr } = await runCli(["verify", at("result.json"), ...args, "--format", "json"], {
    cwd,
  });
  expect(stderr).toBe("");
  const verification = JSON.parse(stdout) as Verification;
  expect(verification.exitCode).toBe(code);
  return verification;
}

const told = ({ differences }: Verification): readonly string[] =>
  differences.map(({ state, path }) => `${state} ${path}`);

describe("verify", () => {
  const asScanned = ["export/sysvol", "export/directory.ldif"];
  beforeEach(() => scan(["export/sysvol", "--directory", "export/directory.ldif"]));

  it("everything is the same", async () => {
    const verification = await verify(asScanned);
    expect(verification).toMatchObject({ exitCode: 0, differences: [], same: { policy: 1, waivers: 0 } });
    expect(verification.same.input).toBeGreaterThan(20);
    const { stdout } = await runCli(["verify", at("result.json"), ...asScanned], { cwd: temp });
    expect(stdout).toContain("still the same\n");
  });

  it("elsewhere too: what counts is what is reported", async () => {
    renameSync(at("export"), at("moved"));
    expect((await verify(["moved/sysvol", "moved/directory.ldif"])).exitCode).toBe(0);
  });

  it("a byte more is a change", async () => {
    appendFileSync(at(`export/${audit}`), "\n");
    const verification = await verify(asScanned);
    const name = audit.slice("sysvol/".length);
    expect(told(verification)).toEqual([`changed ${name}`]);
    expect(verification.exitCode).toBe(1);
    const [difference] = verification.differences;
    expect(difference?.found?.size).toBe((difference?.recorded?.size ?? 0) + 1);
    const { code, stdout } = await runCli(["verify", at("result.json"), ...asScanned], { cwd: temp });
    expect(code).toBe(1);
    expect(stdout).toContain(`Changed\n  ${name}\n    was SHA-256 ${difference?.recorded?.sha256}`);
  });

  it("another byte of the same size is a change", async () => {
    const path = at(`export/${audit}`);
    const bytes = readFileSync(path);
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(told(await verify(asScanned))).toEqual([`changed ${audit.slice("sysvol/".length)}`]);
  });

  it("what is gone is missing, and a directory file that was not given as well", async () => {
    rmSync(at(`export/${audit}`));
    expect(told(await verify(["export/sysvol"]))).toEqual([
      `missing ${audit.slice("sysvol/".length)}`,
      "missing directory.ldif",
    ]);
  });

  it("what a scan would read today and did not is new", async () => {
    const other = "corp.example/Policies/{11111111-2222-3333-4444-555555555555}";
    mkdirSync(at(`export/sysvol/${other}`));
    cpSync(at(`export/${gpo}/GPT.INI`), at(`export/sysvol/${other}/GPT.INI`));
    writeFileSync(at("export/sysvol/notes.txt"), "nobody reads this");
    expect(told(await verify(asScanned))).toEqual([`new ${other}/GPT.INI`]);
    expect(told(await verify([...asScanned, "export/README.md"]))).toContain("new README.md");
  });

  it("a folder in place of a file is no input", async () => {
    rmSync(at("export/directory.ldif"));
    mkdirSync(at("export/directory.ldif"));
    expect(told(await verify(asScanned))).toEqual(["missing directory.ldif"]);
  });

  it("a result cannot make it read what was not given", async () => {
    writeFileSync(at("secret.txt"), "secret");
    const text = readFileSync(at("result.json"), "utf8").replaceAll('"directory.ldif"', '"../../secret.txt"');
    writeFileSync(at("result.json"), text);
    expect(told(await verify(["export/sysvol"]))).toEqual(["missing ../../secret.txt"]);
  });

  it("a pack that is another one, or not there", async () => {
    const text = readFileSync(at("result.json"), "utf8");
    const [, hash = ""] = /"policies": \[[^\]]*?"sha256": "([0-9a-f]{64})"/.exec(text) ?? [];
    writeFileSync(at("result.json"), text.replace(hash, "0".repeat(64)));
    expect(told(await verify(asScanned))).toEqual(["changed mdi"]);
    writeFileSync(at("result.json"), text.replaceAll('"name": "mdi"', '"name": "own"'));
    expect(told(await verify(asScanned))).toEqual(["missing own"]);
  });

  it.each([
    [[], /no PATH given/],
    [["nowhere"], /cannot read PATH 'nowhere'/],
    [["export/sysvol", "--root", "nowhere"], /cannot read root folder/],
    [["export/sysvol", "--format", "html"], /format/],
    [["export/sysvol", "--policy", "nowhere.json"], /cannot use policy pack/],
  ] as const)("%j is a usage error", async (args, expected) => {
    const { code, stderr } = await runCli(["verify", at("result.json"), ...args], { cwd: temp });
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
  });
});

describe("verify: everything that a scan takes", () => {
  it("archives, proposals, evidence and directory files, below the root or given", async () => {
    mkdirSync(at("repo/.git"), { recursive: true });
    cpSync(at("export/directory.ldif"), at("repo/directory.ldif"));
    writeFileSync(at("repo/sysvol.zip"), packFolder(at("export/sysvol"), "sysvol"));
    cpSync(at(`export/${gpo}`), at("proposed/{CA96E1D5-DC66-459E-8886-94003AA4C1EB}"), { recursive: true });
    const measured =
      "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\r\nHAM-DC01,System,Audit Credential Validation,{0CCE923F-69AE-11D9-BED3-505054503030},Success,,1\r\n";
    writeFileSync(at("HAM-DC01.csv"), measured);
    const scanned = [
      "repo/sysvol.zip",
      "--directory",
      "repo/directory.ldif",
      "--overlay",
      "proposed",
      "--evidence",
      "HAM-DC01.csv",
    ];
    await scan(scanned);
    const given = ["repo/sysvol.zip", "proposed", "HAM-DC01.csv"];
    expect(told(await verify(given))).toEqual([]);
    // The archive itself lies below the root: it is found without being given.
    expect(told(await verify(["repo/directory.ldif", "proposed", "HAM-DC01.csv"]))).toEqual([]);
    appendFileSync(at("HAM-DC01.csv"), "\r\n");
    appendFileSync(at("proposed/{CA96E1D5-DC66-459E-8886-94003AA4C1EB}/GPT.INI"), "\n");
    rmSync(at(`export/${audit}`));
    writeFileSync(at("repo/sysvol.zip"), packFolder(at("export/sysvol"), "sysvol"));
    const verification = await verify(given);
    const own = (path: string): string => `sysvol.zip/${path}`;
    expect(told(verification).toSorted()).toEqual([
      "changed HAM-DC01.csv",
      "changed proposed/{CA96E1D5-DC66-459E-8886-94003AA4C1EB}/GPT.INI",
      "changed sysvol.zip",
      `missing ${own(audit)}`,
    ]);
  });

  it("a damaged archive is a change, and what was in it cannot be read", async () => {
    writeFileSync(at("sysvol.zip"), packFolder(at("export/sysvol"), "sysvol"));
    await scan(["sysvol.zip", "--directory", "export/directory.ldif"]);
    writeFileSync(at("sysvol.zip"), readFileSync(at("sysvol.zip")).subarray(0, 2000));
    const verification = await verify(["sysvol.zip", "export/directory.ldif"]);
    expect(verification.exitCode).toBe(3);
    expect(verification.counts).toMatchObject({ changed: 1, missing: 0, new: 0 });
    expect(verification.counts.unreadable).toBeGreaterThan(10);
  });

  it("a result that was made from nothing proves nothing", async () => {
    mkdirSync(at("empty"));
    await scan(["empty"]);
    expect(await verify(["empty"])).toMatchObject({ exitCode: 3, differences: [] });
  });

  it("a pack and a register of one's own", async () => {
    const pack = JSON.parse(readFileSync(repoPath("policies/mdi.json"), "utf8")) as Record<string, unknown>;
    writeFileSync(at("own.json"), JSON.stringify({ ...pack, name: "own" }));
    const register = "schemaVersion: 1\nwaivers: []\n";
    writeFileSync(at("gpolint.waivers.yaml"), register);
    await scan([
      "export/sysvol",
      "--directory",
      "export/directory.ldif",
      "--policy",
      "own.json",
      "--waivers",
      "gpolint.waivers.yaml",
    ]);
    const given = ["export/sysvol", "export/directory.ldif"];
    expect(told(await verify(given))).toEqual(["missing own"]);
    expect(await verify([...given, "--policy", "own.json"])).toMatchObject({
      exitCode: 0,
      same: { policy: 1, waivers: 1 },
    });
    writeFileSync(at("gpolint.waivers.yaml"), `${register}\n`);
    expect(told(await verify([...given, "--policy", "own.json"]))).toEqual(["changed gpolint.waivers.yaml"]);
    rmSync(at("gpolint.waivers.yaml"));
    expect(told(await verify([...given, "--policy", "own.json"]))).toEqual(["missing gpolint.waivers.yaml"]);
  });

  it("a register of a commit is read from that commit", async () => {
    const git = (...args: readonly string[]): void => {
      const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
      expect(spawnSync("git", [...identity, ...args], { cwd: temp }).status, args.join(" ")).toBe(0);
    };
    writeFileSync(at("gpolint.waivers.yaml"), "schemaVersion: 1\nwaivers: []\n");
    git("init", "-q");
    git("add", "gpolint.waivers.yaml");
    git("commit", "-q", "-m", "register");
    const given = ["export/sysvol", "export/directory.ldif"];
    await scan(["export/sysvol", "--directory", "export/directory.ldif", "--waivers-ref", "HEAD"]);
    rmSync(at("gpolint.waivers.yaml"));
    expect(await verify(given)).toMatchObject({ exitCode: 0, same: { waivers: 1 } });
    rmSync(at(".git"), { recursive: true });
    mkdirSync(at(".git"));
    expect(await verify(given)).toMatchObject({ exitCode: 3, counts: { unreadable: 1 } });
  });
});
