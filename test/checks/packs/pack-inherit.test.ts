import { describe, expect, it } from "vitest";
import type { SettingRequirement } from "../../../src/model/requirement.ts";
import { loadText, packText, problemsOf, validPack } from "../../util/packs.ts";

const base = packText(
  `appliesTo: { roles: [dc] }
parameters:
  size: { description: KB, value: 2048 }
  people: { description: who, value: [S-1-5-32-544] }
requirements:
  - id: logon
    title: Logon is audited both ways
    setting: Logon
    settingName: The logon
    expect: success and failure
    expectText: Both of them
    rationale: Logons matter.
    notes: Both, as said.
    events: [4624, 4625]
    severity: critical
  - { id: logoff, setting: Logoff, expect: success }
  - { id: size, setting: event-log-size/security, expectText: two MB, expect: { operator: log-size-at-least, value: { parameter: size } } }
  - { id: right, setting: SeBackupPrivilege, expect: { operator: right-only, values: { parameter: people } } }
`,
  "base",
).replace("source: a source", "source: the source of base");

const others = { base };
const child = (rest: string): string => packText(`extends: base\n${rest}`, "child");

function find(text: string, id: string): SettingRequirement {
  const found = validPack(text, others).requirements.find((own) => own.id === id);
  if (found === undefined || !("setting" in found)) throw new Error(`no requirement ${id}`);
  return found;
}

describe("a pack that extends another", () => {
  it("has its requirements, under its own name and with their own source", () => {
    const pack = validPack(child(""), others);
    expect(pack.requirements.map(({ id }) => id)).toEqual([
      "child.logon",
      "child.logoff",
      "child.size",
      "child.right",
    ]);
    expect(pack.requirements.map(({ source }) => source)).toEqual(Array(4).fill("the source of base"));
    expect(pack.requirements.every(({ appliesTo }) => appliesTo.roles.join("") === "dc")).toBe(true);
    expect(pack.inherits).toEqual([{ name: "base", version: "1.0.0", sha256: "0".repeat(64) }]);
    expect(validPack(base).inherits).toBeUndefined();
  });

  it("removes, replaces and adds by id", () => {
    const pack = validPack(
      child(`remove: [logoff]
requirements:
  - { id: logon, severity: low }
  - { id: own, setting: Special Logon, expect: success }
`),
      others,
    );
    expect(pack.requirements.map(({ id, severity }) => [id, severity])).toEqual([
      ["child.logon", "low"],
      ["child.size", "high"],
      ["child.right", "high"],
      ["child.own", "high"],
    ]);
    expect(pack.requirements[0]).toMatchObject({
      title: "Logon is audited both ways",
      notes: "Both, as said.",
    });
    expect(pack.requirements[3]).toMatchObject({ source: "a source" });
  });

  it("with another expectation keeps no text that spoke of the old one", () => {
    const logon = find(child("requirements:\n  - { id: logon, expect: failure }\n"), "child.logon");
    expect(logon).toMatchObject({
      title: "The logon is audited for failure",
      settingName: "The logon",
      expectText: "Failure",
      rationale: "Logons matter.",
      notes: null,
      severity: "critical",
    });
    expect(logon.events.map(({ id }) => id)).not.toContain(4624);
  });

  it("with another setting keeps no text that spoke of the old one", () => {
    expect(
      find(child("requirements:\n  - { id: logon, setting: File System }\n"), "child.logon"),
    ).toMatchObject({
      title: "File System is audited for success and failure",
      settingName: "File System",
      expectText: "Success and Failure",
      severity: "critical",
    });
  });

  it("with the same expectation in other words keeps the texts", () => {
    const same = "requirements:\n  - { id: logon, expect: { operator: audit-at-least, value: 3 } }\n";
    expect(find(child(same), "child.logon").title).toBe("Logon is audited both ways");
  });

  it("sets parameters, and the texts say so", () => {
    expect(find(child(""), "child.size")).toMatchObject({ expectText: "two MB", expect: { value: 2048 } });
    expect(find(child("set: { size: 4096, people: [] }\n"), "child.size")).toMatchObject({
      expectText: "at least 4096 KB (4 MB)",
      expect: { value: 4096 },
    });
    expect(find(child("set: { people: [] }\n"), "child.right").expectText).toBe("nobody");
  });

  it("says where its requirements apply", () => {
    const text = child("appliesTo: { operatingSystems: ['2022'] }\n");
    expect(find(text, "child.logon").appliesTo).toEqual({ roles: ["dc"], operatingSystems: ["2022"] });
  });

  it("can itself be extended", () => {
    const middle = packText("extends: base\nset: { size: 8192 }\nremove: [logon]\n", "middle");
    const pack = validPack(packText("extends: middle\nset: { size: 1024 }\n", "top"), { base, middle });
    expect(pack.requirements.map(({ id }) => id)).toEqual(["top.logoff", "top.size", "top.right"]);
    expect(pack.requirements[1]).toMatchObject({ expect: { value: 1024 } });
    expect(pack.inherits?.map(({ name }) => name)).toEqual(["middle", "base"]);
  });

  it("takes what two packs both ask for once", () => {
    const other = packText("requirements:\n  - { id: logoff, setting: Logoff, expect: success }\n", "other");
    const pack = validPack(packText("extends: [base, other]\n", "top"), { base, other });
    expect(pack.requirements).toHaveLength(4);
  });

  it.each([
    ["remove: [logofff]", /6:\d+|'logofff' in 'remove'.*did you mean 'logoff'\?$/],
    ["set: { sizes: 4 }", /'sizes' in 'set', expected an inherited parameter; did you mean 'size'\?$/],
    ["set: { size: many }", /found text for the parameter 'size', expected a number, as it is inherited$/],
    [
      "set: { size: 1 }",
      /in the inherited requirement 'size': found the parameter 'size' with 1, expected a whole number from 64/,
    ],
    [
      "parameters: { size: { description: x, value: 3 } }",
      /found the parameter 'size' again, which is inherited, expected its value in 'set'$/,
    ],
    [
      "requirements: [{ id: logofff, severity: low }]",
      /neither setting nor check in requirement 'logofff', expected one of them, or the id of an inherited requirement; did you mean 'logoff'\?$/,
    ],
    ["requirements: [{ id: logon, expect: 7 }]", /operator 'dword-any-of' for registry values on 'Logon'/],
    [
      "requirements: [{ id: logon, setting: SeBackupPrivilege }]",
      /operator 'audit-at-least' for audit subcategories on 'Back up files and directories'/,
    ],
    [
      "requirements: [{ id: own, setting: Logon, expect: no auditing }]",
      /'own' and 'logon' cannot both have met/,
    ],
  ])("is refused: %s", (line, message) => {
    expect(problemsOf(child(`${line}\n`), others)).toEqual([expect.stringMatching(message)]);
  });

  it("is refused where two packs ask different things under one id, until it says which", () => {
    const other = packText("requirements:\n  - { id: logon, setting: Logon, expect: success }\n", "other");
    const both = { base, other };
    expect(problemsOf(packText("extends: [base, other]\n", "top"), both)).toEqual([
      expect.stringMatching(/^test\.yaml:8:1: found 'logon' twice in what is extended/),
    ]);
    expect(problemsOf(packText("extends: [base, other]\nremove: [logon]\n", "top"), both)).toEqual([]);
    const own = "extends: [base, other]\nrequirements:\n  - { id: logon, expect: failure }\n";
    expect(problemsOf(packText(own, "top"), both)).toEqual([]);
    // What it says of something else does not choose between the two.
    const besides = "extends: [base, other]\nrequirements:\n  - { id: logon, severity: low }\n";
    expect(problemsOf(packText(besides, "top"), both)).toHaveLength(1);
  });

  it("asks what several packs ask of the computers that each of them asks", () => {
    const year = (own: string, ids: readonly string[]): string =>
      packText(
        `appliesTo: { operatingSystems: ['${own}'] }
requirements:
${ids.map((id) => `  - { id: ${id}, setting: ${id}, expect: success }\n`).join("")}`,
        `y${own}`,
      );
    const years = {
      old: year("2019", ["logon", "lock"]).replace("setting: lock", "setting: Logoff"),
      young: year("2022", ["logon"]),
    };
    const own = "requirements:\n  - { id: own, setting: Special Logon, expect: success }\n";
    const systems = (rest: string): unknown =>
      validPack(packText(`extends: [old, young]\n${rest}`, "top"), years).requirements.map(
        ({ appliesTo }) => appliesTo.operatingSystems,
      );
    expect(systems(own)).toEqual([["2019", "2022"], ["2019"], []]);
    expect(systems("appliesTo: { operatingSystems: ['2025'] }\n")).toEqual([["2025"], ["2025"]]);
  });

  it("hears of a pack that is not there once, and not of what it would have had", () => {
    const text = packText(
      "extends: bsae\nremove: [logon]\nset: { size: 1 }\nrequirements: [{ id: logon }]\n",
    );
    expect(problemsOf(text, others)).toEqual([
      "test.yaml:8:10: found 'bsae' in 'extends': no such file; did you mean 'base'?",
    ]);
  });

  it("hears of the mistakes of the other file, with its name", () => {
    const broken = base.replace("severity: critical", "severity: grave");
    const problems = problemsOf(child("remove: [logofff]\n"), { base: broken });
    expect(problems).toEqual([
      expect.stringMatching(/^test\.yaml:9:10: /),
      expect.stringMatching(/^base:\d+:15: 'severity': found 'grave'/),
    ]);
  });

  it.each([
    ["itself", { a: packText("extends: a\n") }],
    ["two", { a: packText("extends: b\n"), b: packText("extends: a\n") }],
  ])("is refused in a circle: %s", (_, files) => {
    const problems = problemsOf(packText("extends: a\n"), files);
    expect(problems).toContainEqual(
      expect.stringMatching(/which extends this pack itself, expected no circle$/),
    );
  });

  it("is refused beyond eight levels", () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, level) => [`p${level}`, packText(`extends: p${level + 1}\n`)]),
    );
    expect(problemsOf(packText("extends: p0\n"), files)).toContainEqual(
      expect.stringMatching(/more than 8 packs that extend each other/),
    );
  });

  it("runs its own self-tests and those of the other, each on its own", () => {
    const tested = `${base}tests:\n  - { name: logoff, settings: { Logoff: 1, Logon: 3, Security log size: 2048, SeBackupPrivilege: [] }, fails: [] }\n`;
    const text = child("requirements:\n  - { id: logoff, expect: failure }\n");
    expect(problemsOf(text, { base: tested })).toEqual([]);
    const loaded = loadText(
      `${text}tests:\n  - { name: own, settings: { Logoff: 2 }, fails: [logon, size, right] }\n`,
      others,
    );
    expect(loaded).toMatchObject({ ok: true, testCount: 1 });
  });
});

describe("a check that is inherited", () => {
  const checks = packText(
    `requirements:
  - id: dormant
    check: honeytoken-dormant
    parameters: { days: 30 }
    title: Not used for 30 days
    settingName: honeytokens
    expectText: 30 days
    rationale: Somebody used it.
    remediation: Look who it was.
`,
    "checks",
  );
  const own = (fields: string): string =>
    packText(`extends: checks\nrequirements:\n  - { id: dormant, ${fields} }\n`);

  it("needs texts of its own where its parameters change", () => {
    expect(problemsOf(own("severity: low"), { checks })).toEqual([]);
    expect(problemsOf(own("parameters: { days: 9 }, title: t, expectText: 9 days"), { checks })).toEqual([]);
    expect(problemsOf(own("parameters: { days: 9 }, title: t"), { checks })).toEqual([
      expect.stringMatching(
        /found other parameters than the inherited ones, expected a 'expectText' that says so$/,
      ),
    ]);
  });

  it("has parameters that fit the check", () => {
    expect(problemsOf(own("parameters: { days: 0 }, title: t, expectText: never"), { checks })).toEqual([
      expect.stringMatching(/'days': found 0, expected/),
    ]);
  });
});
