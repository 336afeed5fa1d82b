import { describe, expect, it } from "vitest";
import { packText, problemsOf } from "../../util/packs.ts";

/** A mistake on its own line, and what is said of it. */
const mistakes: readonly (readonly [line: string, message: RegExp])[] = [
  [
    "  - { id: a, setting: Credential Validatoin, expect: success }",
    /'Credential Validatoin'.*did you mean 'Credential Validation'\?$/,
  ],
  [
    "  - { id: b, setting: 0cce923f-69ae-11d9-bed3-505054503031, expect: success }",
    /the GUID of an audit subcategory; did you mean '0cce923f-69ae-11d9-bed3-505054503030' \(Credential Validation\)\?$/,
  ],
  [
    "  - { id: c, setting: SeServiceLogonRihgt, expect: { operator: right-only, values: [] } }",
    /did you mean 'SeServiceLogonRight'\?$/,
  ],
  [
    "  - { id: d, setting: SeFlyRight, expect: { operator: right-only, values: [] } }",
    /found the setting 'SeFlyRight', expected a user right of Windows/,
  ],
  [
    "  - { id: e, setting: Logon, expect: { operator: audit-atleast, value: 1 } }",
    /'operator': found 'audit-atleast', expected audit-at-least.*did you mean 'audit-at-least'\?$/,
  ],
  ["  - { id: f, setting: Logon, expect: sucess }", /'expect': found 'sucess'.*did you mean 'success'\?$/],
  [
    "  - { id: g, setting: Logon, expect: success, severty: high }",
    /unknown field 'severty', expected one of id, .*did you mean 'severity'\?$/,
  ],
  [
    "  - { id: h, setting: Logon, expect: success, severity: hgih }",
    /'severity': found 'hgih', expected critical, high, medium, low or info; did you mean 'high'\?$/,
  ],
  [
    "  - { id: i, setting: Logon, expect: success, events: [70000] }",
    /item 1 of 'events': found 70000, expected an event id from 1 to 65535$/,
  ],
  [
    "  - { id: j, setting: Logon, expect: success, events: [4662, 4623] }",
    /found the event 4623, expected one that the Security log knows; did you mean .*\b4624\b/,
  ],
  [
    "  - { id: k, setting: Logon, expect: 7 }",
    /operator 'dword-any-of' for registry values on 'Logon', expected audit-at-least or audit-exactly$/,
  ],
  [
    "  - { id: l, setting: 'HKLM\\Software\\A\\B', expect: success }",
    /operator 'audit-at-least' for audit subcategories on .*, expected dword-any-of, .* or text-contains$/,
  ],
  [
    "  - { id: m, setting: 'HKLM\\Software\\A\\B', expect: { operator: dword-any-of, value: 1 } }",
    /found no 'values' in 'expect', expected one$/,
  ],
  [
    "  - { id: n, setting: 'HKLM\\Software\\A\\B', expect: { operator: dword-any-of, values: [-1] } }",
    /item 1 of 'values': found -1, expected a whole number from 0 to 4294967295/,
  ],
  [
    "  - { id: o, setting: 'HKLM\\Software\\A\\B', expect: { operator: dword-between, minimum: 5, maximum: 4 } }",
    /found 4, expected no less than the minimum, 5$/,
  ],
  [
    "  - { id: p, setting: event-log-size/security, expect: { operator: log-size-at-least, value: { parameter: sise } } }",
    /unknown parameter 'sise', expected one of size, words; did you mean 'size'\?$/,
  ],
  [
    "  - { id: q, setting: event-log-size/security, expect: { operator: log-size-at-least, value: { parameter: words } } }",
    /the parameter 'words' with 'many', expected a whole number from 64/,
  ],
  [
    "  - { id: r, setting: SeServiceLogonRight, expect: { operator: right-includes, values: [svc-mdi] } }",
    /found 'svc-mdi', expected a SID such as S-1-5-32-544/,
  ],
  ["  - { id: first, setting: Logoff, expect: success }", /found the id 'first' a second time/],
  [
    "  - { id: Not OK, setting: Logoff, expect: success }",
    /'id': found 'Not OK', expected small letters, digits and hyphens$/,
  ],
  ["  - { id: s, setting: Logoff }", /found no 'expect' in requirement 's', expected one$/],
  ["  - { id: t }", /found neither setting nor check in requirement 't', expected one of them$/],
  [
    "  - { id: u, setting: Logoff, expect: success, appliesTo: { roles: [dcs] } }",
    /found 'dcs', expected dc, rodc, adfs, adcs or entra-connect; did you mean 'dc'\?$/,
  ],
  [
    "  - { id: v, setting: Logoff, expect: success, mappings: { attack: [T12] } }",
    /found 'T12', expected an ATT&CK technique such as T1003\.006$/,
  ],
  [
    "  - { id: w, setting: AuditLogonEvents, expect: success }",
    /expected its subcategories, by which a legacy category is judged$/,
  ],
  [
    "  - { id: x, setting: event-log/security/maximumlogsize, expect: 1 }",
    /did you mean 'event-log-size\/security'\?$/,
  ],
  ["  - { id: y, check: kds-root-keys }", /'check': found 'kds-root-keys'.*did you mean 'kds-root-key'\?$/],
  [
    "  - { id: z, setting: File System, expect: success, whenNotConfigured: maybe }",
    /'whenNotConfigured': found 'maybe', expected fail or pass$/,
  ],
  // In single quotes a backslash is one already: nothing would ever be configured there.
  [
    "  - { id: aa, setting: 'HKLM\\\\Software\\\\A\\\\B', expect: 1, whenNotConfigured: pass }",
    /expected the path of a machine registry value, .*did you mean 'HKLM\\software\\a\\b'\?$/,
  ],
  [
    "  - { id: bb, setting: 'registry-value/hklm\\software\\a\\b', expect: 1 }",
    /expected the path of a machine registry value, .*did you mean 'HKLM\\software\\a\\b'\?$/,
  ],
  [
    "  - { id: cc, setting: 'registry-value/user\\software\\a', expect: 1 }",
    /expected the path of a machine registry value, such as HKLM\\Software\\KEY\\VALUE$/,
  ],
  [
    "  - { id: dd, setting: 'HKLM\\Software\\Policies\\Microsoft\\Windows\\EventLog\\Security\\MaxSize', expect: 1024 }",
    /expected the size that its places come to; did you mean 'event-log-size\/security'\?$/,
  ],
  ["  - 7", /item \d+ of 'requirements': found 7, expected a group of fields$/],
];

const head = packText(`parameters:
  size: { description: a size, value: 1024 }
  words: { description: not a size, value: many }
requirements:
  - { id: first, setting: Special Logon, expect: success }
`);

describe("mistakes in a pack", () => {
  it.each(mistakes)("%s", (line, message) => {
    const problems = problemsOf(`${head}${line}\n`);
    expect(problems[0]).toMatch(/^test\.yaml:13:\d+: /);
    expect(problems.filter((problem) => message.test(problem))).toHaveLength(1);
  });

  it("are all told at once, each on its line", () => {
    const problems = problemsOf(`${head}${mistakes.map(([line]) => line).join("\n")}\n`);
    mistakes.forEach(([, message], index) => {
      const own = problems.filter((problem) => problem.startsWith(`test.yaml:${13 + index}:`));
      expect(
        own.some((problem) => message.test(problem)),
        own.join("\n") || String(message),
      ).toBe(true);
    });
    const lines = problems.map((problem) => Number(problem.split(":")[1]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  it("each stand at the piece that is wrong", () => {
    expect(problemsOf(`${head}  - { id: a, setting: Logon, expect: success, severity: hgih }\n`)).toEqual([
      "test.yaml:13:57: 'severity': found 'hgih', expected critical, high, medium, low or info; did you mean 'high'?",
    ]);
  });

  it.each([
    ["name: Mine", /'name': found 'Mine'/],
    ["version: 1.0", /'version': found 1, expected text of three numbers such as 1\.0\.0$/],
    ["date: today", /'date': found 'today', expected a date such as/],
    ["licence: 7", /'licence': found 7, expected text$/],
  ])("in the head: %s", (line, message) => {
    const field = /^\w+/.exec(line)?.[0] ?? "";
    const text = head.replace(new RegExp(`^${field}: .*$`, "m"), line);
    expect(problemsOf(text)).toEqual([expect.stringMatching(message)]);
  });

  it("a lost field is told of once, at the start", () => {
    expect(problemsOf(head.replace(/^title: .*\n/m, ""))).toEqual([
      "test.yaml:1:1: found no 'title' in the policy pack, expected one",
    ]);
  });

  it.each([
    ["", "found nothing, expected the fields of a policy pack"],
    ["[]", "found a list, expected the fields of a policy pack"],
    ["text", "found 'text', expected the fields of a policy pack"],
  ])("in what is no pack: %j", (text, message) => {
    expect(problemsOf(text)).toEqual([`test.yaml:1:1: the policy pack: ${message}`]);
  });

  it("a pack without requirements asks for nothing", () => {
    expect(problemsOf(packText(""))).toEqual(["test.yaml:1:1: found no requirement, expected one at least"]);
  });

  it.each([
    [
      "success only beside failure",
      "{ operator: audit-exactly, value: success }",
      "{ operator: audit-at-least, value: failure }",
    ],
    ["no auditing beside success", "no auditing", "success"],
  ])("a pack that contradicts itself: %s", (_, one, other) => {
    const text = `${head}  - { id: a, setting: Logon, expect: ${one} }\n  - { id: b, setting: Logon, expect: ${other} }\n`;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^test\.yaml:14:\d+: .*'Logon' that 'b' and 'a' cannot both have met/),
    ]);
  });
});

describe("self-tests of a pack", () => {
  const tests = (...rows: readonly string[]): string =>
    `${head}  - { id: size, setting: event-log-size/security, expect: { operator: log-size-at-least, value: { parameter: size } } }
  - { id: right, setting: Log on as a service, expect: { operator: right-includes, values: [Administrators] }, whenNotConfigured: pass }
tests:
${rows.map((row) => `  - ${row}`).join("\n")}
`;

  it.each([
    "{ name: none, settings: {}, fails: [size, first] }",
    "{ name: all, settings: { Special Logon: 3, event-log-size/security: 1024 }, fails: [] }",
    "{ name: words, settings: { special logon: failure, Security log size: 1023 }, fails: [first, size] }",
    "{ name: right, settings: { SeServiceLogonRight: [S-1-5-20], Special Logon: 1, event-log-size/security: 2000 }, fails: [right] }",
    "{ name: maybe, settings: { SeServiceLogonRight: [svc], Special Logon: 1, event-log-size/security: 2000 }, fails: [] }",
  ])("hold: %s", (row) => {
    expect(problemsOf(tests(row))).toEqual([]);
  });

  it.each([
    [
      "{ name: t, settings: {}, fails: [first] }",
      /16:\d+: self-test 't': found that first, size fail, expected first fails$/,
    ],
    [
      "{ name: t, settings: { Special Logon: 1 }, fails: [] }",
      /self-test 't': found that size fails, expected none fails$/,
    ],
    [
      "{ name: t, settings: { Special Logn: 1 }, fails: [] }",
      /'Special Logn'.*did you mean 'Special Logon'\?$/,
    ],
    [
      "{ name: t, settings: { Logoff: 1 }, fails: [] }",
      /found the setting 'Logoff', expected one that the pack asks for/,
    ],
    [
      "{ name: t, settings: { Special Logon: 1, Audit Special Logon: 0 }, fails: [size] }",
      /found the setting 'Audit Special Logon' a second time under another name/,
    ],
    ["{ name: t, settings: { Special Logon: 4 }, fails: [] }", /found 4, expected 0 to 3/],
    [
      "{ name: t, settings: { Special Logon: 1 }, fails: [frist] }",
      /found 'frist' in 'fails'.*did you mean 'first'\?$/,
    ],
    ["{ name: t, settings: {} }", /found no 'fails' in item 1 of 'tests'/],
  ])("fail: %s", (row, message) => {
    expect(problemsOf(tests(row))).toEqual([expect.stringMatching(message)]);
  });
});
