import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PackComparison } from "../../src/model/pack-comparison.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { listBundledPacks } from "../../src/sources/pack-files.ts";
import { runCli } from "../util/cli.ts";
import { packText, validPack } from "../util/packs.ts";
import { bundledPack } from "../util/run.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-policy-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(temp, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return name;
}

const inTemp = { cwd: temp };
const logon = (wanted: string): string =>
  `requirements:\n  - { id: logon, setting: Logon, expect: ${wanted} }\n`;

describe("policy check", () => {
  it("finds every pack that comes with gpolint valid, with its self-tests", async () => {
    const { code, stdout, stderr } = await runCli(["policy", "check", ...listBundledPacks()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => line.replace(/:.*/, ""))).toEqual(listBundledPacks());
    for (const line of lines)
      expect(line).toMatch(/: valid, \d+ requirements?, (?:\d+ self-tests? passed|no self-tests)$/);
  });

  it("prints every mistake of every file, as compilers do, and goes on with the next", async () => {
    file("good.yaml", packText(logon("success")));
    file("bad.yaml", packText(logon("sucess").replace("Logon", "Logn")));
    const names = ["bad.yaml", "no-such.yaml", "no-such-name", "good.yaml"];
    const { code, stdout, stderr } = await runCli(["policy", "check", ...names], inTemp);
    expect(code).toBe(2);
    expect(stdout).toBe("good.yaml: valid, 1 requirement, no self-tests\n");
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^bad\.yaml:9:27: found the setting 'Logn'.*did you mean 'Logon'\?$/),
      expect.stringMatching(/^bad\.yaml:9:41: 'expect': found 'sucess'.*did you mean 'success'\?$/),
      "no-such.yaml: no such file or folder",
      expect.stringMatching(/^no-such-name: no pack of that name; there are asd, /),
    ]);
  });

  it.each([
    ["not UTF-8", Uint8Array.of(0x6e, 0xff, 0xfe), /it is not UTF-8 text/],
    ["too large", new Uint8Array(2 * 1024 * 1024), /bytes, and the limit is/],
  ])("refuses a file that is %s", async (_, bytes, message) => {
    writeFileSync(join(temp, "odd.yaml"), bytes);
    const { code, stderr } = await runCli(["policy", "check", "odd.yaml"], inTemp);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("a wrong pack is a usage error of scan, in one line", async () => {
    file("wrong.yaml", packText(logon("sucess")));
    const { code, stderr, stdout } = await runCli(["scan", ".", "--policy", "wrong.yaml"], inTemp);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^gpolint: cannot use policy pack 'wrong\.yaml': it is invalid: wrong\.yaml:9:42: [^\n]+\n$/,
    );
  });
});

describe("a pack that extends a file", () => {
  it("finds it beside itself and below, and names that come with gpolint", async () => {
    file(
      "packs/base/base.json",
      JSON.stringify({ ...validHead, requirements: [{ id: "a", setting: "Logon", expect: "success" }] }),
    );
    file("packs/own.yaml", packText("extends: [base/base.json, ./beside.yaml, mdi-adcs]\n"));
    file("packs/beside.yaml", packText(logon("success")));
    const { code, stdout } = await runCli(["policy", "check", "packs/own.yaml"], inTemp);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "packs/own.yaml: valid, 3 requirements, no self-tests\n",
    });
  });

  it("tells of the mistakes of that file where it is", async () => {
    file("packs/own2.yaml", packText("extends: sub/broken.yaml\n"));
    file("packs/sub/broken.yaml", packText(logon("sucess")));
    const { stderr } = await runCli(["policy", "check", "packs/own2.yaml"], inTemp);
    expect(stderr).toMatch(/^packs\/sub\/broken\.yaml:9:42: /);
  });

  it.each([
    ["../outside.yaml", "expected a file in the folder of this pack or below"],
    ["sub/../../outside.yaml", "expected a file in the folder of this pack or below"],
    ["C:\\outside.yaml", "expected a file in the folder of this pack or below"],
    ["\\\\server\\share\\outside.yaml", "expected a file in the folder of this pack or below"],
    [join(temp, "outside.yaml"), "expected a file in the folder of this pack or below"],
    ["linked.yaml", "it leads out of the folder of this pack"],
    ["linked/outside.yaml", "it leads out of the folder of this pack"],
    ["absent.yaml", "no such file"],
  ])("reads nothing elsewhere: %s", async (reference, message) => {
    file("outside.yaml", packText(logon("success")));
    file("inner/own.yaml", packText(`extends: '${reference}'\n`));
    for (const [name, target] of [
      ["linked.yaml", "outside.yaml"],
      ["linked", "."],
    ] as const) {
      rmSync(join(temp, "inner", name), { force: true });
      symlinkSync(join(temp, target), join(temp, "inner", name));
    }
    const { code, stderr } = await runCli(["policy", "check", "inner/own.yaml"], inTemp);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("is evidence of a scan together with what it extends", async () => {
    file("evidence/own.yaml", packText("extends: mdi\n", "own"));
    const policy = join(temp, "evidence/own.yaml");
    const { run } = await scanJson("--policy", policy);
    expect(run.policies).toMatchObject([
      { name: "own", inherits: [{ name: "mdi", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] },
    ]);
    const plain = await scanJson("--policy", "mdi");
    expect(plain.run.policies[0]).not.toHaveProperty("inherits");
    expect(run.policies[0]?.inherits?.[0]?.sha256).toBe(plain.run.policies[0]?.sha256);
  });
});

const validHead = { name: "x", title: "t", version: "1.0.0", date: "2026-01-02", source: "s", licence: "l" };

const example = ["examples/corp.example/sysvol", "--directory", "examples/corp.example/directory.ldif"];

async function scanJson(...more: readonly string[]): Promise<ScanResult> {
  return JSON.parse((await runCli(["scan", ...example, "--format", "json", ...more])).stdout) as ScanResult;
}

describe("policy list", () => {
  it("names every pack that comes with gpolint", async () => {
    const { code, stdout } = await runCli(["policy", "list", "--format", "json"]);
    const rows = JSON.parse(stdout) as { readonly name: string; readonly requirements: number }[];
    expect(code).toBe(0);
    expect(rows.map(({ name }) => name)).toEqual(listBundledPacks());
    for (const { name, requirements } of rows)
      expect(requirements).toBe(bundledPack(name).requirements.length);
    const pretty = await runCli(["policy", "list"]);
    expect(pretty.stdout.trimEnd().split("\n")).toHaveLength(rows.length + 1);
  });
});

describe("policy show", () => {
  it("prints a page with every requirement, the same each time", async () => {
    const { code, stdout } = await runCli(["policy", "show", "mdi"]);
    expect(code).toBe(0);
    expect(stdout).toBe((await runCli(["policy", "show", "mdi", "--format", "markdown"])).stdout);
    for (const { id, title } of bundledPack("mdi").requirements) {
      const anchor = id.replaceAll(".", "-");
      expect(stdout).toContain(`| [\`${id}\`](#${anchor}) |`);
      expect(stdout).toContain(`<a id="${anchor}"></a>\n\n### ${title}\n`);
    }
  });

  it("prints what a pack inherits, as a pack that can be read again", async () => {
    file("shown.yaml", packText("extends: mdi-2021\nremove: [credential-validation]\n", "own"));
    const { stdout } = await runCli(["policy", "show", "shown.yaml", "--format", "json"], inTemp);
    const ids = validPack(stdout).requirements.map(({ id }) => id);
    const all = bundledPack("mdi-2021").requirements.map(({ id }) => id.replace("mdi-2021.", "own."));
    expect(ids).toEqual(all.filter((id) => id !== "own.credential-validation"));
  });

  it("takes nothing of a pack for Markdown, HTML or a command to the terminal", async () => {
    const hostile = "<img src=x> [link](javascript:1) | `code` *b* \\e[2J";
    const pack = {
      ...validHead,
      title: hostile.replace("\\e", "\u001B"),
      requirements: [
        {
          id: "a",
          setting: "Logon",
          expect: "success",
          rationale: hostile,
          title: hostile,
          expectText: hostile,
          settingName: hostile,
        },
      ],
    };
    file("hostile.json", JSON.stringify(pack));
    const { stdout } = await runCli(["policy", "show", "hostile.json"], inTemp);
    expect(stdout).not.toMatch(/(?<!\\)<img|(?<!\\)\[link|(?<!\\)`code|\u001B/);
    const rows = stdout.split("\n").filter((line) => line.startsWith("|"));
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
  });
});

describe("policy diff", () => {
  const one = packText(
    `requirements:
  - { id: ds, setting: Directory Service Access, expect: { operator: audit-exactly, value: failure } }
  - { id: logon, setting: Logon, expect: success }
  - { id: logoff, setting: Logoff, expect: success }
`,
    "one",
  );

  it("tells what cannot both be met first", async () => {
    file("one.yaml", one);
    const { code, stdout } = await runCli(
      ["policy", "diff", "one.yaml", join(process.cwd(), "policies/mdi.json")],
      inTemp,
    );
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.slice(2, 7)).toEqual([
      "",
      "Cannot both be satisfied (1)",
      "  Directory Service Access",
      "    Failure only  one.ds (high)",
      "    Success and Failure  mdi.directory-service-access (critical)",
    ]);
    expect(stdout).toContain("Only in one (2)\n  Logon\n");
  });

  it("has one row for each setting of either", async () => {
    file("one.yaml", one);
    const { stdout } = await runCli(["policy", "diff", "one.yaml", "one.yaml", "--format", "json"], inTemp);
    const { rows, counts } = JSON.parse(stdout) as PackComparison & {
      readonly counts: Record<string, number>;
    };
    expect(rows.map(({ relation }) => relation)).toEqual(["same", "same", "same"]);
    expect(counts).toMatchObject({ same: 3, conflict: 0 });
  });

  it("a scan with both says so before anything else that it cannot see", async () => {
    file("one.yaml", one);
    const { coverage } = await scanJson("--policy", "mdi", "--policy", join(temp, "one.yaml"));
    expect(coverage.limits[0]).toBe(
      "Policies 'mdi' and 'one' cannot both be satisfied: 'Directory Service Access' would have to be Success and Failure for mdi.directory-service-access, and Failure only for one.ds.",
    );
    const single = await scanJson("--policy", "mdi");
    expect(single.coverage.limits.join()).not.toContain("cannot both");
  });
});

describe("a policy for some computers", () => {
  const verdicts = ({ findings }: ScanResult): readonly string[] => [
    ...new Set(findings.map(({ verdict }) => verdict)),
  ];

  it("for servers that nobody named is judged on none, and the run is incomplete", async () => {
    const run = await runCli(["scan", ...example, "--policy", "mdi-adcs", "--format", "json"]);
    const result = JSON.parse(run.stdout) as ScanResult;
    expect(run.code).toBe(3);
    expect(verdicts(result)).toEqual(["not-applicable"]);
    expect(result.coverage.gaps).toContainEqual(expect.objectContaining({ code: "nothing-applicable" }));
    expect(result.findings.find(({ message }) => message.includes("HAM-DC01"))?.message).toContain(
      "It is asked of certification authorities, which the directory does not show: name them with --target.",
    );
  });

  it("is judged on the computers that are named", async () => {
    const result = await scanJson("--policy", "mdi-adcs", "--target", "HAM-DC04");
    expect(result.findings.map(({ rule }) => rule)).toEqual(["mdi-adcs.certification-services"]);
    expect(verdicts(result)).not.toContain("not-applicable");
    expect(result.coverage.gaps.map(({ code }) => code)).not.toContain("nothing-applicable");
  });

  it("beside one that is judged is told of, and hides nothing", async () => {
    const both = await scanJson("--policy", "mdi", "--policy", "mdi-adcs");
    expect(verdicts(both)).toContain("pass");
    expect(both.coverage.gaps).toContainEqual(expect.objectContaining({ code: "nothing-applicable" }));
    expect(both.findings).toHaveLength(both.targets.length * both.rules.length);
  });

  it("of one operating system leaves the others out", async () => {
    file("year.yaml", packText(`appliesTo: { operatingSystems: ['1999'] }\n${logon("success")}`));
    const result = await scanJson("--policy", join(temp, "year.yaml"), "--allow-incomplete");
    expect(verdicts(result)).toEqual(["not-applicable"]);
  });

  it("of which nothing is asked of a computer leaves a gap with its name", async () => {
    file("year.yaml", packText(`appliesTo: { operatingSystems: ['2016'] }\n${logon("success")}`));
    const { coverage, findings } = await scanJson("--policy", join(temp, "year.yaml"));
    expect(findings.filter(({ verdict }) => verdict !== "not-applicable")).toHaveLength(1);
    const gaps = coverage.gaps.filter(({ code }) => code === "computer-not-asked");
    expect(gaps.map(({ text }) => text.split(" ")[1])).toEqual(["HAM-DC01", "LIS-DC02", "OPO-RODC1"]);
    expect((await scanJson("--policy", "mdi")).coverage.gaps.map(({ code }) => code)).not.toContain(
      "computer-not-asked",
    );
  });
});

describe("mistakes on the command line", () => {
  it.each([
    [["policy"], /say what to do/],
    [["policy", "chek"], /Unknown argument: chek/],
    [["policy", "check"], /Not enough non-option arguments/],
    [["policy", "show", "mdi", "--format", "pdf"], /Invalid values/],
    [["policy", "show", "mid"], /no pack of that name.*did you mean 'mdi'\?/],
    [["policy", "diff", "mdi"], /Not enough non-option arguments/],
  ])("%j", async (argv, message) => {
    const { code, stderr, stdout } = await runCli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
