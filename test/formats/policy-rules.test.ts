import { describe, expect, it, test } from "vitest";
import { looksLikePolicyRules, parsePolicyRules } from "../../src/formats/policy-rules/parse-policy-rules.ts";
import type { Write } from "../../src/model/setting.ts";
import { lfsPointer, utf8 } from "../util/bytes.ts";
import { utf16Bom } from "../util/utf16.ts";

const file = (...rows: readonly string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\r\n<PolicyRules>\r\n${rows.join("\r\n")}\r\n</PolicyRules>`;
const registry = (key: string, name: string, type: string, data: string, more = "") =>
  `<ComputerConfig><Key>${key}</Key><Value>${name}</Value><RegType>${type}</RegType><RegData>${data}</RegData><SourceFile>x</SourceFile>${more}</ComputerConfig>`;
const policy = (name: string) => `<PolicyName>${name}</PolicyName>`;
const audit = (guid: string, setting: string, more = "") =>
  `<AuditSubcategory><GUID>${guid}</GUID><Name>Credential Validation</Name><Setting>${setting}</Setting>${more}</AuditSubcategory>`;
const template = (section: string, line: string, more = "") =>
  `<SecurityTemplate Section="${section}"><LineItem>${line}</LineItem>${more}</SecurityTemplate>`;
const credentialValidation = "0cce923f-69ae-11d9-bed3-505054503030";

function read(text: string) {
  const { policies, readable, diagnostics } = parsePolicyRules(utf8(text), "a.PolicyRules");
  return {
    readable,
    codes: diagnostics.map(({ code, line }) => (line === undefined ? code : `${code}:${line}`)),
    policies: policies.map(({ name, parts, unjudged }) => ({
      name,
      writes: parts.flatMap(({ kind, writes }) => writes.map((write) => `${kind}: ${wrote(write)}`)),
      open: parts.flatMap(({ open }) => open.map(({ keyPrefix }) => keyPrefix)),
      unjudged: unjudged.map(({ what, count }) => `${what} ${count}`),
    })),
  };
}

function wrote(write: Write): string {
  const key = "key" in write ? write.key : write.keyPrefix;
  const place = "line" in write.location ? `:${write.location.line}` : "";
  if (write.action !== "set" && write.action !== "set-if-absent") return `${write.action} ${key}${place}`;
  const or = write.alternatives.length === 0 ? "" : ` or ${JSON.stringify(write.alternatives)}`;
  const type = write.type === null ? "" : ` (${write.type})`;
  return `${write.action} ${key} = ${JSON.stringify(write.value)}${type}${or}${place}`;
}

const machine = "registry-value/machine\\";

/** What the rows of a file without policy names come to. */
const cases: readonly (readonly [title: string, rows: readonly string[], expected: object])[] = [
  [
    "numbers, texts and types that packs cannot ask for",
    [
      registry("Software\\A", "N", "REG_DWORD", "7"),
      registry("HKLM\\Software\\A\\", "H", "REG_DWORD", "0x10"),
      registry("Software\\A", "T", "REG_SZ", "a &amp; b"),
      registry("Software\\A", "M", "REG_MULTI_SZ", "a"),
      registry("Software\\A", "", "REG_EXPAND_SZ", "%x%"),
    ],
    {
      writes: [
        `registry.pol: set ${machine}software\\a\\n = 7 (4):3`,
        `registry.pol: set ${machine}software\\a\\h = 16 (4):4`,
        `registry.pol: set ${machine}software\\a\\t = "a & b" (1):5`,
        `registry.pol: set ${machine}software\\a\\m = "a" (7):6`,
        `registry.pol: set ${machine}software\\a\\ = "%x%" (2):7`,
      ],
    },
  ],
  [
    "names that registry.pol gives a meaning to",
    [
      registry("A\\B", "**del.N", "REG_SZ", " "),
      registry("A\\B", "**delvals.", "REG_SZ", " "),
      registry("A", "**DeleteKeys", "REG_SZ", "C;D"),
      registry("A\\B", "**soft.S", "REG_DWORD", "1"),
    ],
    {
      writes: [
        `registry.pol: delete ${machine}a\\b\\n:3`,
        `registry.pol: delete-values ${machine}a\\b\\:4`,
        `registry.pol: delete-keys ${machine}a\\c\\:5`,
        `registry.pol: delete-keys ${machine}a\\d\\:5`,
        `registry.pol: set-if-absent ${machine}a\\b\\s = 1 (4):6`,
      ],
    },
  ],
  [
    "registry rows that cannot be used",
    [
      registry("A", "N", "REG_DWORD", "-1"),
      registry("A", "O", "REG_DWORD", "4294967296"),
      registry("A", "P", "REG_ODD", "1"),
      "<ComputerConfig><Value>Q</Value></ComputerConfig>",
    ],
    {
      codes: ["rules.row:3", "rules.row:4", "rules.row:5", "rules.row:6"],
      writes: [
        `registry.pol: unusable ${machine}a\\n:3`,
        `registry.pol: unusable ${machine}a\\o:4`,
        `registry.pol: unusable ${machine}a\\p:5`,
      ],
      open: ["registry-value/"],
    },
  ],
  [
    "the same value twice",
    [registry("A", "N", "REG_DWORD", "1"), registry("a", "n", "REG_DWORD", "2")],
    {
      codes: ["inf.duplicate-key:4"],
      writes: [`registry.pol: set ${machine}a\\n = 2 (4) or [1]:4`],
    },
  ],
  [
    "audit rows by number and by word",
    [
      audit(`{${credentialValidation.toUpperCase()}}`, "3"),
      audit("{0CCE9215-69AE-11D9-BED3-505054503030}", "Failure"),
    ],
    {
      writes: [
        `audit.csv: set audit-subcategory/${credentialValidation} = 3:3`,
        "audit.csv: set audit-subcategory/0cce9215-69ae-11d9-bed3-505054503030 = 2:4",
      ],
    },
  ],
  [
    "audit rows that cannot be used",
    [audit(credentialValidation, "9"), audit("Logon", "1")],
    {
      codes: ["audit.value-unusable:3", "rules.row:4"],
      writes: [`audit.csv: unusable audit-subcategory/${credentialValidation}:3`],
      open: ["audit-subcategory/"],
    },
  ],
  [
    "rows of a security template",
    [
      template("Registry Values", "MACHINE\\System\\A\\N=4,1"),
      template("Privilege Rights", "SeServiceLogonRight = *S-1-5-32-544,*S-1-5-19"),
      template("Security Log", "MaximumLogSize = 196608"),
      template("Event Audit", "AuditLogonEvents = 3"),
    ],
    {
      writes: [
        `GptTmpl.inf: set ${machine}system\\a\\n = 1 (4):3`,
        "GptTmpl.inf: set audit-category/auditlogonevents = 3:6",
        'GptTmpl.inf: set user-right/seservicelogonright = ["S-1-5-19","S-1-5-32-544"]:4',
        "GptTmpl.inf: set event-log/security/maximumlogsize = 196608:5",
      ],
    },
  ],
  [
    "what packs do not ask about is counted",
    [
      "<UserConfig><Key>A</Key><Value>N</Value><RegType>REG_DWORD</RegType><RegData>1</RegData></UserConfig>",
      template("System Access", "MinimumPasswordLength = 14"),
      template("System Access", "LockoutBadCount = 5"),
      template("Security Log", "AuditLogRetentionPeriod = 0"),
      "<CSE-Machine>{00000000-0000-0000-0000-000000000000}</CSE-Machine>",
    ],
    {
      writes: [],
      unjudged: ["[Security Log] 1", "[System Access] 2", "registry values of users 1"],
    },
  ],
  [
    "elements that are not known",
    ["<Firewall/>", registry("A", "N", "REG_DWORD", "1", "<Odd>1</Odd>"), "<SecurityTemplate/>"],
    {
      codes: ["rules.element-unknown:3", "rules.element-unknown:4", "rules.row:5"],
      writes: [`registry.pol: set ${machine}a\\n = 1 (4):4`],
      unjudged: ["<Firewall> 1", "rows of a template that cannot be used 1"],
    },
  ],
];

describe("PolicyRules", () => {
  test.each(cases)("%s", (_, rows, expected) => {
    expect(read(file(...rows))).toEqual({
      readable: true,
      codes: [],
      ...("codes" in expected ? { codes: expected.codes } : {}),
      policies: [{ name: null, open: [], unjudged: [], ...withoutCodes(expected) }],
    });
  });

  it("keeps the policies of a file apart", () => {
    const rows = [
      registry("A", "N", "REG_DWORD", "1", policy("One")),
      audit(credentialValidation, "1", policy("Two")),
      template("Registry Values", "MACHINE\\A\\M=4,1", policy("One")),
    ];
    expect(read(file(...rows)).policies.map(({ name, writes }) => [name, writes.length])).toEqual([
      ["One", 2],
      ["Two", 1],
    ]);
  });

  it.each([
    ["a document type", `<!DOCTYPE x [<!ENTITY a "b">]>${file()}`, "gpp.refused"],
    ["an unknown entity", file(registry("&a;", "N", "REG_SZ", "")), "gpp.malformed"],
    ["an element left open", file().slice(0, -4), "gpp.malformed"],
    ["another root", "<PolicyRule/>", "xml.root"],
    ["elements in elements without end", "<a>".repeat(100) + "</a>".repeat(100), "limit.exceeded"],
  ])("refuses %s", (_, text, code) => {
    const { readable, codes, policies } = read(text);
    expect({ readable, policies }).toEqual({ readable: false, policies: [] });
    expect(codes.map((own) => own.replace(/:.*/, ""))).toEqual([code]);
  });

  it("refuses a Git LFS pointer", () => {
    expect(parsePolicyRules(lfsPointer, "a").readable).toBe(false);
  });

  it("reads UTF-16, as Microsoft writes it", () => {
    const { encoding, policies } = parsePolicyRules(utf16Bom(file(audit(credentialValidation, "1"))), "a");
    expect({ encoding, count: policies[0]?.parts[0]?.writes.length }).toEqual({
      encoding: "utf-16le",
      count: 1,
    });
  });

  it.each([
    [utf8(file()), true],
    [utf16Bom(file()), true],
    [utf8("<!-- x --><PolicyRules/>"), true],
    [utf8("<GPO><PolicyRules/></GPO>"), false],
    [utf8("<PolicyRulesOther/>"), false],
    [new Uint8Array(), false],
  ])("knows such a file by its beginning (%#)", (bytes, expected) => {
    expect(looksLikePolicyRules(bytes)).toBe(expected);
  });
});

function withoutCodes(expected: object): object {
  return Object.fromEntries(Object.entries(expected).filter(([name]) => name !== "codes"));
}
