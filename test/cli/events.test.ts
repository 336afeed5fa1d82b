import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { EventResult } from "../../src/model/event-result.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { runCli } from "../util/cli.ts";
import { repoPath } from "../util/run.ts";

const input = [
  "examples/corp.example/sysvol",
  "--directory",
  "examples/corp.example/directory.ldif",
  "--root",
  "examples/corp.example",
];

async function json(...argv: readonly string[]): Promise<EventResult> {
  return JSON.parse((await runCli(["events", ...argv, "--format", "json"])).stdout) as EventResult;
}

describe("events without files", () => {
  it("says what gates an event and who needs it", async () => {
    const { code, stdout, stderr } = await runCli(["events", "4776"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("gated by Credential Validation: success and failure");
    expect(stdout).toContain("mdi.credential-validation  critical");
    expect(stdout).toContain("T1110");
    expect((await json("4776")).targets).toBeNull();
  });

  it("names requirements that list an event although nothing gates it", async () => {
    const { neededBy, producers } = await json("7045");
    expect(producers).toMatchObject([{ log: "System", gates: [] }]);
    const own = neededBy.find(({ rule }) => rule === "mdi.security-system-extension");
    expect(own?.gated).toBe(false);
  });

  it("leaves out who forbids an event, and keeps who forbids to silence it", async () => {
    const rules = async (id: string) => (await json(id)).neededBy.map(({ rule }) => rule);
    expect(await rules("1644")).toEqual([]);
    expect(await rules("8004")).toContain("mdi.ntlm-log-enabled");
  });

  it("sorts who needs it by pack, each rule once", async () => {
    const { neededBy } = await json("4728");
    const policies = neededBy.map(({ policy }) => policy);
    expect(policies).toEqual([...policies].sort());
    expect(new Set(neededBy.map(({ rule }) => rule)).size).toBe(neededBy.length);
  });
});

describe("events with files", () => {
  it("says of every target whether it writes the event, and why", async () => {
    const { code, stdout, stderr } = await runCli(["events", "4776", ...input]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("HAM-DC01: is written\n");
    expect(stdout).toContain("HAM-DC04: may or may not be written\n");
    expect(stdout).toContain("OPO-RODC1: is written in part\n");
    expect(stdout).toMatch(/Credential Validation is Success and Failure \(open\), by GPO 'Audit/);
    expect(stdout).toMatch(/audit\.csv:2: ,System,Audit Credential Validation,/);
  });

  it("as JSON: the same, by target", async () => {
    const { targets } = await json("4662", ...input, "--target", "HAM-DC01");
    expect(targets).toMatchObject([
      {
        name: "HAM-DC01",
        written: "unknown",
        producers: [
          {
            log: "Security",
            written: "unknown",
            because: expect.stringContaining("SACL"),
            gates: [{ name: "Directory Service Access", written: "yes", value: 3 }],
          },
        ],
      },
    ]);
  });

  it.each([
    ["no directory data", [input[0] ?? ""], /^gpolint: incomplete: no directory data/],
    ["no GPO", ["docs", ...input.slice(1)], /^gpolint: incomplete: docs: holds neither GPO folders/],
    ["no directory that can be read", [input[0] ?? "", "--directory", "README.md"], /^gpolint: incomplete: /],
  ])("is incomplete with %s", async (_name, argv, message) => {
    const { code, stderr } = await runCli(["events", "4776", ...argv]);
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
  });
});

describe("events and scan", () => {
  it("agree about every event that a requirement of mdi loses or keeps", async () => {
    const { stdout } = await runCli(["scan", ...input, "--format", "json"]);
    const { findings, rules } = JSON.parse(stdout) as ScanResult;
    const eventsOf = new Map(rules.map(({ id, events }) => [id, events.filter(({ gated }) => gated)]));
    const ids = new Set([...eventsOf.values()].flat().map(({ id }) => id));
    const written = new Map<string, string>();
    for (const id of ids) {
      const { targets } = await json(String(id), ...input);
      for (const target of targets ?? []) written.set(`${id} ${target.dn}`, target.written);
    }
    const wrong = findings.flatMap(({ rule, verdict, target, loss }) => {
      const ends = (list: readonly number[]) => list.map((id) => written.get(`${id} ${target ?? ""}`));
      if (verdict !== "fail" && loss !== null) return [`${rule}: ${verdict} with a loss`];
      const kept = verdict === "pass" ? (eventsOf.get(rule) ?? []).map(({ id }) => id) : [];
      const isWrong = ends(kept).includes("no") || ends(loss?.events ?? []).includes("yes");
      return isWrong ? [`${rule} on ${target ?? ""}`] : [];
    });
    expect(findings.filter(({ loss }) => loss !== null).length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
});

describe("what cannot be asked", () => {
  it.each([
    [["4560"], "no event 4560 is known: the nearest are 4608, 4609, 4610, 4611"],
    [["credential"], "'credential' is no event ID: give a number such as 4776"],
    [["-1"], ""],
    [[], ""],
    [["4776", "--directory", "examples/corp.example/directory.ldif"], "no PATH given"],
    [["4776", "--target", "DC1"], "no PATH given"],
    [["4776", "no-such-folder"], "no-such-folder"],
  ])("%j", async (argv, message) => {
    const { code, stdout, stderr } = await runCli(["events", ...argv]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^gpolint: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });
});

describe("events where something is missing", () => {
  const temp = mkdtempSync(join(tmpdir(), "gpolint-events-"));
  afterAll(() => rmSync(temp, { recursive: true, force: true }));
  const base = repoPath("test/fixtures/what-if/base");
  const directory = ["--directory", `${base}/directory.ldif`];

  it("a GPO without its files that leaves the answer open is told, and ends with 3", async () => {
    cpSync(`${base}/sysvol`, `${temp}/sysvol`, { recursive: true });
    rmSync(`${temp}/sysvol/corp.example/Policies/{C0000000-0000-4000-8000-000000000001}`, {
      recursive: true,
    });
    const { code, stderr } = await runCli(["events", "4776", `${temp}/sysvol`, ...directory]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      "GPO 'Domain Enforced' of corp.example: its files are in none of the given sources",
    );
  });

  it("what the services of domain controllers write is not promised of a member", async () => {
    const text = readFileSync(`${base}/directory.ldif`, "utf8");
    // WORKSTATION_TRUST_ACCOUNT (MS-ADTS 2.2.16) in the place of SERVER_TRUST_ACCOUNT.
    writeFileSync(
      `${temp}/member.ldif`,
      text.replace("userAccountControl: 532480", "userAccountControl: 4096"),
    );
    const of = async (id: string) => {
      const member = [`${base}/sysvol`, "--directory", `${temp}/member.ldif`, "--target", "DC1"];
      return (await json(id, ...member)).targets?.map(({ written }) => written);
    };
    expect(await of("4776")).toEqual(["yes"]);
    expect(await of("4662")).toEqual(["unknown"]);
    expect(await of("8004")).toEqual(["unknown"]);
  });
});
