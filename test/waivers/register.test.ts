import { describe, expect, it } from "vitest";
import { registerProblems, registerText, validWaivers } from "../util/waivers.ts";

describe("a register", () => {
  it("is read in YAML and JSON alike, texts in one line, GUIDs in one form", () => {
    const text = registerText({
      scope: { gpo: "{6AC1786C-016F-11D2-945F-00C04FB984F9}" },
      justification: "Two\n  lines ",
      owner: " ad-team",
    });
    const [waiver] = validWaivers(text);
    expect(waiver).toMatchObject({
      id: "W-1",
      broad: false,
      scope: { domain: null, target: null, gpo: "6ac1786c-016f-11d2-945f-00c04fb984f9", setting: null },
      justification: "Two lines",
      owner: "ad-team",
      ticket: null,
      file: "w.yaml",
      line: 3,
    });
    const json = JSON.stringify({ schemaVersion: 1, waivers: [] });
    expect(registerProblems(json, "2026-11-25", "w.json")).toEqual([]);
  });

  it("dates need no quotes", () => {
    expect(validWaivers(registerText().replaceAll(/"(\d{4}-\d\d-\d\d)"/g, "$1"))[0]?.expires).toBe(
      "2026-12-31",
    );
  });

  const mistakes: readonly (readonly [name: string, fields: Record<string, unknown>, problem: RegExp])[] = [
    [
      "no expiry",
      { expires: null },
      /^w\.yaml:3:5: found no 'expires' in item 1 of 'waivers', expected one$/,
    ],
    ["no rule", { rule: null }, /found no 'rule' in item 1/],
    ["no scope", { scope: null }, /found no 'scope' in item 1/],
    ["no approver", { approvedBy: null }, /found no 'approvedBy' in item 1/],
    ["no justification", { justification: null }, /found no 'justification' in item 1/],
    [
      "an empty justification",
      { justification: " " },
      /^w\.yaml:6:20: 'justification': found ' ', expected text$/,
    ],
    [
      "an unknown field",
      { expiry: "2026-12-31" },
      /found the unknown field 'expiry'.*did you mean 'expires'/,
    ],
    ["an unknown type", { type: "accepted" }, /'type': found 'accepted', expected risk-accepted, /],
    ["a rule that can never be", { rule: "GPOL1001" }, /expected a rule id such as mdi\.logon$/],
    [
      "a wildcard",
      { rule: "mdi.*" },
      /^w\.yaml:4:11: found \* in 'mdi\.\*', expected 'broad: true' beside it/,
    ],
    ["a wildcard in the scope", { scope: { target: "DC*" } }, /found \* in 'DC\*', expected 'broad: true'/],
    [
      "an empty scope",
      { scope: {} },
      /found an empty scope, expected domain, target, gpo or setting, or 'broad: true'$/,
    ],
    [
      "a day that is none",
      { expires: "2026-11-31" },
      /'expires': found '2026-11-31', expected a day that the calendar has$/,
    ],
    ["a leap day in a common year", { expires: "2027-02-29" }, /expected a day that the calendar has$/],
    ["a moment", { expires: "2026-12-31T12:00:00Z" }, /expected a date such as 2026-12-31$/],
    [
      "an end before the beginning",
      { approvedOn: "2026-12-31", expires: "2026-12-30" },
      /expected a day from 2026-12-31 on, when it was approved$/,
    ],
    [
      "too long a life",
      { expires: "2027-01-03" },
      /found a life of 367 days from 2026-01-01, when it was approved, expected 366 at most/,
    ],
    [
      "too long a life from today",
      { approvedOn: null, expires: "2027-11-27" },
      /found a life of 367 days from today, 2026-11-25, for it has no approvedOn/,
    ],
    ["no GUID", { scope: { gpo: "Default Domain Policy" } }, /expected the GUID of a GPO$/],
    ["a number", { ticket: 7 }, /'ticket': found 7, expected /],
    ["an id with a blank", { id: "W 1" }, /expected letters, digits, dots, hyphens and underscores$/],
  ];
  it.each(mistakes)("is refused for %s", (_, fields, problem) => {
    expect(registerProblems(registerText(fields))).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ["the longest life", { expires: "2027-01-02" }],
    ["a leap day", { approvedOn: "2027-03-01", expires: "2028-02-29" }],
    ["a broad rule without scope", { rule: "*", broad: true, scope: {} }],
    ["no first day", { approvedOn: null, expires: "2027-11-26" }],
  ])("takes %s", (_, fields) => {
    expect(registerProblems(registerText(fields))).toEqual([]);
  });

  it("says how long a waiver may live", () => {
    expect(registerProblems(registerText({ expires: "2026-02-01" }, "maxLifeDays: 30\n"))).toEqual([
      expect.stringMatching(/a life of 31 days .*expected 30 at most \(maxLifeDays\)$/),
    ]);
    expect(registerProblems(registerText({ expires: "2028-01-01" }, "maxLifeDays: 1000\n"))).toEqual([]);
    expect(registerProblems(registerText({}, "maxLifeDays: 100000\n"))).toEqual([
      expect.stringMatching(/^w\.yaml:2:14: .*expected a whole number of days from 1 to 3660$/),
    ]);
  });

  it("tells all its mistakes at once, top to bottom", () => {
    const text = `${registerText({ expires: "2026-02-30", owner: 3 })}  - id: W-1\n    rule: mdi.*\n`;
    const problems = registerProblems(text);
    const lines = problems.map((problem) => Number(problem.split(":")[1]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(problems.join("\n")).toMatch(
      /calendar[\s\S]*owner[\s\S]*a second time[\s\S]*w\.yaml:3[\s\S]*found \*/,
    );
  });

  it.each([
    [
      "aliases that multiply",
      `schemaVersion: 1\na: &a [x, x]\nb: &b [*a, *a]\nwaivers: [${"*b, ".repeat(200)}]\n`,
      /more than 100 aliases/,
    ],
    [
      "depth",
      `schemaVersion: 1\nwaivers: ${"[".repeat(5000)}`,
      /nested more than 24 levels deep: no register is/,
    ],
    [
      "a second document",
      `${registerText()}---\nschemaVersion: 1\n`,
      /found a second document, expected one register a file/,
    ],
    ["a merge key", `schemaVersion: 1\n<<: { waivers: [] }\n`, /unknown field '<<'/],
    ["a list", "[]\n", /the register: found a list, expected a group of fields|the fields of a register/],
    ["nothing", "", /found nothing/],
    ["another version", "schemaVersion: 2\nwaivers: []\n", /'schemaVersion': found 2, expected 1$/],
    ["a tag", "schemaVersion: 1\nwaivers: !!js/function 'x'\n", /Unresolved tag/],
  ])("is refused for %s", (_, text, problem) => {
    expect(registerProblems(text).join("\n")).toMatch(problem);
  });

  it("tells a hostile name without obeying it", () => {
    const [problem = ""] = registerProblems(registerText({ type: "\u001B[31m\u202Ex" }));
    expect(problem).toContain("'?[31m?x'");
  });

  it("of a megabyte is read in no time", () => {
    const entry = (id: number): string =>
      `  - { id: W-${id}, rule: mdi.logon, scope: { target: DC${id} }, justification: ${"x".repeat(100)}, approvedBy: me, expires: 2026-12-31 }\n`;
    const text = `schemaVersion: 1\nwaivers:\n${Array.from({ length: 5000 }, (_, id) => entry(id)).join("")}`;
    expect(text.length).toBeGreaterThan(900_000);
    const started = performance.now();
    expect(validWaivers(text)).toHaveLength(5000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
