import { describe, expect, it } from "vitest";
import { loadPack } from "../../../src/checks/packs/load-pack.ts";
import { problemText } from "../../../src/checks/files/problem.ts";
import { packSource, packText, problemsOf, validPack } from "../../util/packs.ts";

const one = "requirements:\n  - { id: a, setting: Logon, expect: success }\n";

function problemsOfJson(text: string): readonly string[] {
  const loaded = loadPack(packSource(text, "pack.json"));
  return loaded.ok ? [] : loaded.problems.map(problemText);
}

describe("a file that is no honest pack", () => {
  it.each([
    ["flow lists", "[".repeat(200_000)],
    ["flow groups", "{a: ".repeat(100_000)],
    ["block lists", `${"- ".repeat(100_000)}a`],
    ["keys that are keys", "? ".repeat(5000)],
    ["indentation", Array.from({ length: 600 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("is refused for its depth before anything recurses: %s", (_, text) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/nested more than 24 levels deep/)]);
  });

  it("is refused for aliases that multiply", () => {
    const levels = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const rows = levels.map((name, index) => {
      const before = levels[index - 1];
      const item = before === undefined ? "x" : `*${before}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(", ")}]`;
    });
    expect(problemsOf(packText(`${rows.join("\n")}\n${one}`))).toEqual([
      expect.stringMatching(/cannot be read: Excessive alias count/),
    ]);
  });

  it("is refused for more aliases than anybody needs", () => {
    const text = packText(`${one.replace("Logon", "&a Logon")}remove: [${"*a, ".repeat(100_000)}]\n`);
    expect(problemsOf(text)).toEqual([expect.stringMatching(/found more than 100 aliases, expected fewer$/)]);
  });

  it("is read in no time with many names", () => {
    const names = Array.from({ length: 60_000 }, (_, at) => `k${at}: 1`).join("\n");
    const started = performance.now();
    expect(problemsOf(packText(`${one}${names}\n`))).toHaveLength(501);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("is told of its first mistakes where there are too many", () => {
    const problems = problemsOf(packText(`${one}remove: [${"7, ".repeat(100_000)}]\n`));
    expect(problems).toHaveLength(501);
    expect(problems).toContainEqual(expect.stringMatching(/:1:1: found \d+ more mistakes, expected none$/));
  });

  it("may name a piece and use it again", () => {
    const text = packText(`requirements:
  - { id: a, setting: Logon, expect: success, appliesTo: &where { roles: [dc] } }
  - { id: b, setting: Logoff, expect: success, appliesTo: *where }
`);
    expect(validPack(text).requirements.map(({ appliesTo }) => appliesTo.roles)).toEqual([["dc"], ["dc"]]);
  });

  it.each([
    ["a tag", `title: !!js/function "return 1"\n`, /Unresolved tag/],
    ["a tag of its own", "title: !mine x\n", /Unresolved tag/],
    ["a second document", "---\nname: other\n", /found a second document/],
    ["a field twice", "name: again\n", /:\d+:1: found 'name' a second time, expected each only once$/],
    [
      "an alias of nothing",
      "title: *nobody\n",
      /^test\.yaml:2:8: found the alias 'nobody', expected an anchor/,
    ],
    [
      "an alias of itself",
      "title: &me [*me]\n",
      /^test\.yaml:2:13: found the alias 'me' inside of what it stands for$/,
    ],
    ["a merge key", "<<: { title: x }\n", /unknown field '<<'/],
    ["__proto__", "__proto__: { isAdmin: true }\n", /unknown field '__proto__'/],
  ])("is refused for %s", (_, line, message) => {
    const text = packText(one).replace(/^title: .*\n/m, line.startsWith("title") ? line : "title: x\n");
    const problems = problemsOf(line.startsWith("title") ? text : `${text}${line}`);
    expect(
      problems.some((problem) => message.test(problem)),
      problems.join("\n"),
    ).toBe(true);
  });

  it("cannot forge a line or command a terminal with what it says", () => {
    const problems = problemsOf(packText(`"\\e[2J\\nforged: 1\\u202E": 1\n${one}`));
    expect(problems).toEqual([expect.stringContaining("'?[2J?forged: 1?'")]);
  });

  it("is told of briefly, whatever its length", () => {
    for (const problem of problemsOf(packText(`${"x".repeat(50_000)}: 1\n${one}`)))
      expect(problem.length).toBeLessThan(400);
  });

  it("with much broken syntax gives the first faults", () => {
    expect(problemsOf(": - [ } , \n".repeat(2000)).length).toBeLessThanOrEqual(20);
  });

  it("with names of the language itself is data", () => {
    const text = packText(`parameters:
  constructor: { description: x, value: 1 }
  toString: { description: x, value: 1 }
requirements:
  - { id: constructor, setting: 'HKLM\\a\\b', expect: { operator: dword-any-of, values: [{ parameter: constructor }] } }
  - { id: a, setting: 'HKLM\\a\\c', expect: { operator: dword-any-of, values: [{ parameter: valueOf }] } }
`);
    expect(problemsOf(text)).toEqual([expect.stringMatching(/unknown parameter 'valueOf'/)]);
  });
});

describe("a pack in JSON", () => {
  const fields = { name: "a", title: "t", version: "1.0.0", date: "2026-01-02", source: "s", licence: "l" };
  const requirements = [{ id: "a", setting: "Logon", expect: "success" }];

  it.each([
    ["plain", JSON.stringify({ ...fields, requirements })],
    ["with tabs", JSON.stringify({ ...fields, requirements }, null, "\t")],
    [
      "with a byte order mark and CRLF",
      `\uFEFF${JSON.stringify({ ...fields, requirements }, null, 2).replaceAll("\n", "\r\n")}`,
    ],
  ])("is read: %s", (_, text) => {
    expect(problemsOfJson(text.replace(/^\uFEFF/, ""))).toEqual([]);
  });

  it("is no YAML: what other programs refuse is refused", () => {
    const text = JSON.stringify({ ...fields, requirements }, null, 2);
    expect(problemsOfJson(text.replace(/\n\}$/, ",\n}"))).toEqual([
      expect.stringMatching(/^pack\.json:\d+:\d+: not JSON: /),
    ]);
  });

  it("has its mistakes at their places", () => {
    const text = JSON.stringify(
      { ...fields, requirements: [{ ...requirements[0], severity: "hi" }] },
      null,
      2,
    );
    const line = text.split("\n").findIndex((own) => own.includes('"severity"'));
    expect(problemsOfJson(text)).toEqual([
      expect.stringMatching(new RegExp(`^pack\\.json:${line + 1}:19: 'severity': found 'hi'`)),
    ]);
  });
});
