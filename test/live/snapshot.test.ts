import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { bigGroup, draftGuid, gmsa, rootKeyText } from "./dc/extra-objects.ts";
import { administrator, reader } from "./dc/settings.ts";
import type { SysvolExport } from "./util/exports.ts";
import { exportWholeSysvol } from "./util/exports.ts";
import { collect, gpolint, live } from "./util/program.ts";

const accounts = [administrator, reader];
let sysvol: SysvolExport;
const snapshots = new Map<string, string>();

beforeAll(async () => {
  sysvol = exportWholeSysvol(administrator);
  for (const account of accounts) {
    // One folder each: the data has the same name in both.
    const file = join(sysvol.folder, account.name, "corp.example.gpodir.json");
    mkdirSync(join(sysvol.folder, account.name));
    snapshots.set(account.name, await collect(account, { file }));
  }
});

describe("a snapshot", () => {
  it.each(accounts)("of $name gives the findings that the live directory gives", async (account) => {
    const { password } = account;
    // What is cited stands in the same place of both, as both call the data by the same name.
    const folder = join(sysvol.folder, account.name);
    const scan = async (...directory: readonly string[]): Promise<ScanResult> => {
      const packs = ["mdi", "mdi-2021", "mdi-readiness"].flatMap((name) => ["--policy", name]);
      const policies = [...packs, "--service-account", gmsa.name];
      const shape = ["--format", "json", "--deterministic", "--root", folder];
      const run = await gpolint(["scan", sysvol.path, ...directory, ...policies, ...shape], { password });
      expect(run.stdout, run.stderr).not.toBe("");
      return {
        ...(JSON.parse(run.stdout) as ScanResult),
        summary: { exitCode: run.code } as ScanResult["summary"],
      };
    };
    const offline = await scan("--directory", snapshots.get(account.name) ?? "");
    const online = await scan(...live(account));
    expect(offline.findings.length).toBeGreaterThan(50);
    expect(online.findings).toEqual(offline.findings);
    expect(online.summary).toEqual(offline.summary);
    expect(online.targets).toEqual(offline.targets);
  });

  it("is the same again, but for its time", async () => {
    const file = await collect(administrator);
    const lines = (path: string): string[] => readFileSync(path, "utf8").split("\n").slice(1);
    expect(lines(file)).toEqual(lines(snapshots.get(administrator.name) ?? ""));
    expect(lines(file).length).toBeGreaterThan(40);
  });

  it("knows whether objects may be hidden from its account", () => {
    const text = (name: string): string => readFileSync(snapshots.get(name) ?? "", "utf8");
    expect(text(administrator.name)).toContain('"account":"administrator"');
    expect(text(administrator.name)).toContain(draftGuid.toUpperCase());
    expect(text(reader.name)).toContain('"account":"limited"');
    expect(text(reader.name)).not.toContain(
      `CN={${draftGuid.toUpperCase()}},CN=Policies,CN=System,DC=corp,DC=example","attributes`,
    );
  });

  it("has every member of a group that a descriptor names", () => {
    const text = readFileSync(snapshots.get(administrator.name) ?? "", "utf8");
    const line = text.split("\n").find((each) => each.startsWith(`{"dn":"${bigGroup.dn}"`)) ?? "";
    expect(line.match(/"CN=contact \d+,/g)).toHaveLength(bigGroup.members);
  });

  it("holds no secret", () => {
    for (const file of snapshots.values()) {
      const text = readFileSync(file, "utf8");
      expect(secretsIn(text)).toEqual([]);
      expect(text).not.toMatch(
        /unicodepwd|dbcspwd|supplementalcredentials|managedpassword"|rootkeydata|ntpwdhistory/i,
      );
      expect(text).toContain("no password");
    }
  });
});

describe("reports on the live directory", () => {
  it("hold no secret, and say how they were made", async () => {
    const folder = join(sysvol.folder, "reports");
    const { password } = administrator;
    const args = ["scan", sysvol.path, ...live(administrator), "--report-dir", folder, "--debug"];
    const run = await gpolint(args, { password });
    expect([1, 3]).toContain(run.code);
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    expect(texts.length).toBeGreaterThan(2);
    for (const text of [run.stdout, run.stderr, ...texts]) expect(secretsIn(text)).toEqual([]);
    expect(texts.some((text) => text.includes("corp.example.gpodir.json"))).toBe(true);
  });
});

/** Secrets of the domain that stand in the text, as they are or in base64. */
function secretsIn(text: string): readonly string[] {
  const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/.{0,2}=*$/, "");
  return [administrator.password, reader.password, rootKeyText]
    .flatMap((secret) => [secret, base64(Buffer.from(secret)), base64(Buffer.from(secret, "utf16le"))])
    .filter((form) => text.includes(form));
}
