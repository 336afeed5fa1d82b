import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import { draftGuid, hiddenGuid } from "./dc/extra-objects.ts";
import { administrator, domain, reader } from "./dc/settings.ts";
import { effective } from "./util/effective.ts";
import { exportByLdapsearch, exportSysvol, exportWholeSysvol, newFolder } from "./util/exports.ts";
import { collect, gpolint } from "./util/program.ts";

interface LinkedGpo {
  readonly guid: string;
  readonly state: string;
  readonly reason: string | null;
}

let whole = "";
const snapshots = { administrator: "", reader: "" };

beforeAll(async () => {
  whole = exportWholeSysvol(administrator).path;
  snapshots.administrator = await collect(administrator);
  snapshots.reader = await collect(reader);
});

/** Where GPOs stand at each target that has a link to them: `HAM-DC01: GUID applied null`. */
async function standings(sysvol: string, directory: string | readonly string[]): Promise<readonly string[]> {
  const { targets } = JSON.parse(await effective(sysvol, [directory].flat())) as {
    readonly targets: readonly { readonly name: string; readonly gpos: readonly LinkedGpo[] }[];
  };
  return targets
    .flatMap(({ name, gpos }) =>
      gpos.map(({ guid, state, reason }) => `${name}: ${guid} ${state} ${String(reason)}`),
    )
    .toSorted();
}

/** The same for one GPO, without its name. */
async function standing(
  sysvol: string,
  directory: string | readonly string[],
  guid: string,
): Promise<readonly string[]> {
  const all = await standings(sysvol, directory);
  return all.filter((line) => line.includes(guid)).map((line) => line.replace(`${guid} `, ""));
}

const everyTarget = ["AzureADKerberos", "HAM-DC01", "LIS-DC02", "OPO-RODC1", "HAM-DC04"];
const dcOuTargets = everyTarget.filter((name) => name !== "HAM-DC04");

describe("a GPO that the account may not see", () => {
  it("with a folder in SYSVOL is unknown at every computer", async () => {
    expect(await standing(whole, snapshots.administrator, hiddenGuid)).toEqual(
      expect.arrayContaining([`HAM-DC01: applied null`]),
    );
    const expected = everyTarget.map((name) => `${name}: unknown missing`).toSorted();
    expect(await standing(whole, snapshots.reader, hiddenGuid)).toEqual(expected);
    expect(await standing(whole, exportByLdapsearch(reader), hiddenGuid)).toEqual(expected);
  });

  it("without a folder is unknown too, never taken for a link that leads nowhere", async () => {
    const asAdministrator = await standing(whole, snapshots.administrator, draftGuid);
    expect(asAdministrator.toSorted()).toEqual(
      dcOuTargets.map((name) => `${name}: excluded computer-settings-disabled`).toSorted(),
    );
    const seen = await standing(whole, snapshots.reader, draftGuid);
    expect(seen.toSorted()).toEqual(dcOuTargets.map((name) => `${name}: unknown missing`).toSorted());
    const without = join(newFolder("without"), "sysvol");
    cpSync(whole, without, { recursive: true });
    rmSync(join(without, domain.dns, "Policies", `{${hiddenGuid.toUpperCase()}}`), { recursive: true });
    const hidden = await standing(without, snapshots.reader, hiddenGuid);
    expect(hidden.toSorted()).toEqual(everyTarget.map((name) => `${name}: unknown missing`).toSorted());
  });

  it("leaves the others as they are: their descriptors are there for everybody who may read them", async () => {
    const others = async (directory: string): Promise<readonly string[]> =>
      (await standings(whole, directory)).filter(
        (line) => !line.includes(hiddenGuid) && !line.includes(draftGuid),
      );
    const seen = await others(snapshots.reader);
    expect(seen).toEqual(await others(snapshots.administrator));
    expect(seen.filter((line) => line.includes("security-filtering")).length).toBeGreaterThan(1);
  });

  it("leaves no requirement passed or failed that it could decide", async () => {
    const scan = async (directory: string): Promise<ScanResult> =>
      JSON.parse(
        (await gpolint(["scan", whole, "--directory", directory, "--format", "json"])).stdout,
      ) as ScanResult;
    const known = await scan(snapshots.administrator);
    const limited = await scan(snapshots.reader);
    expect(known.findings.some(({ verdict }) => verdict === "pass")).toBe(true);
    // An enforced GPO that may set anything leaves nothing standing but what does not hang on Group Policy.
    expect(new Set(limited.findings.map(({ verdict }) => verdict))).toEqual(
      new Set(["unknown", "not-applicable"]),
    );
    expect(limited.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      known.findings.map(({ fingerprint }) => fingerprint),
    );
  });
});

describe("SYSVOL as the account may copy it", () => {
  it("lacks the files of a GPO that is refused, and its empty folder proves nothing", async () => {
    const copy = exportSysvol(reader);
    expect(copy.run.stdout + copy.run.stderr).toContain("NT_STATUS_ACCESS_DENIED");
    const folder = join(copy.path, domain.dns, "Policies", `{${hiddenGuid.toUpperCase()}}`);
    if (existsSync(folder)) expect(readdirSync(folder)).toEqual([]);
    for (const directory of [snapshots.administrator, snapshots.reader]) {
      const seen = await standing(copy.path, directory, hiddenGuid);
      expect(new Set(seen.map((line) => line.split(": ")[1]))).toEqual(new Set(["unknown missing"]));
    }
  });
});
