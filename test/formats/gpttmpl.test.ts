import { describe, expect, test } from "vitest";
import { parseGptTmpl } from "../../src/formats/gpttmpl/parse-gpttmpl.ts";
import { limits } from "../../src/model/limits.ts";
import { concat, latin1, lfsPointer, utf8 } from "../util/bytes.ts";
import type { Summary } from "../util/summary.ts";
import { summarize } from "../util/summary.ts";
import { utf16, utf16BeBom, utf16Bom } from "../util/utf16.ts";

const path = "{A}/Machine/Microsoft/Windows NT/SecEdit/GptTmpl.inf";
const head = '[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature="$CHICAGO$"\r\nRevision=1\r\n';
const text = (...lines: readonly string[]) => `${head}${lines.join("\r\n")}\r\n`;
const template = (...lines: readonly string[]) => utf16Bom(text(...lines));
const values = (...lines: readonly string[]) => template("[Registry Values]", ...lines);
const audit = (...lines: readonly string[]) => template("[Event Audit]", ...lines);
/** The same without the last line end. */
const unclosed = (...lines: readonly string[]) => utf16Bom(text(...lines).slice(0, -2));

const registry = "registry-value/";
const category = "audit-category/";
const right = "user-right/";
const log = "event-log/";
const prefixes = [registry, category, right, log];
const all = (code: string) => prefixes.map((prefix) => `${prefix} ${code}`);
const rights = (...lines: readonly string[]) => template("[Privilege Rights]", ...lines);
const service = "set user-right/seservicelogonright";
const x = "MACHINE\\A\\X=4,1";
const plain = text("[Registry Values]", x);
const openValues = ["inf.row-malformed"].map((code) => `${registry} ${code}`);

const cases: readonly (readonly [title: string, bytes: Uint8Array, expected: Partial<Summary>])[] = [
  [
    "case 32: UTF-8 without byte order mark",
    utf8(plain),
    { codes: ["inf.encoding"], writes: ["set a\\x = 1 ? inf.encoding"] },
  ],
  [
    "case 33: UTF-16LE without byte order mark",
    utf16(plain),
    { codes: ["text.no-bom", "inf.encoding"], writes: ["set a\\x = 1 ? inf.encoding"] },
  ],
  [
    "case 34: UTF-16BE",
    utf16BeBom(plain),
    { codes: ["inf.encoding"], writes: ["set a\\x = 1 ? inf.encoding"] },
  ],
  [
    "case 35: an odd number of bytes",
    concat(utf16Bom(plain), utf8("M")),
    {
      codes: ["text.odd-length", "inf.encoding"],
      writes: ["set a\\x = 1 ? text.undecodable"],
      open: all("text.undecodable"),
    },
  ],
  [
    "case 36: an 8-bit text",
    latin1(text("[Registry Values]", 'MACHINE\\A\\X=1,"Notificação"')),
    { codes: ["text.encoding-guessed", "inf.encoding"], writes: ['set a\\x = "Notificação" ? inf.encoding'] },
  ],
  [
    "case 37: sections in lower case, the version last",
    utf16Bom(`[unicode]\r\nUnicode=yes\r\n[registry values]\r\n${x}\r\n[version]\r\nRevision=1\r\n`),
    { writes: ["set a\\x = 1"] },
  ],
  [
    "case 38: a section twice",
    values(x, "[Registry Values]", "MACHINE\\A\\Y=4,2"),
    { codes: ["inf.section-repeated"], writes: ["set a\\x = 1", "set a\\y = 2"] },
  ],
  [
    "case 39: a value twice, different",
    values(x, "machine\\a\\x=4,0"),
    { codes: ["inf.duplicate-key"], writes: ["set a\\x = 0 or 1"] },
  ],
  [
    "a value four times",
    values(x, "MACHINE\\A\\X=4,2", x, "MACHINE\\A\\X=4,3"),
    { codes: ["inf.duplicate-key"], writes: ["set a\\x = 3 or 1 or 2"] },
  ],
  ["a value twice, equal", values(x, x), { codes: ["inf.duplicate-equal"], writes: ["set a\\x = 1"] }],
  [
    "a value twice, once unusable",
    values("MACHINE\\A\\X=4,abc", x),
    { codes: ["inf.value-unusable", "inf.duplicate-key"], writes: ["set a\\x = 1 ? inf.duplicate-key"] },
  ],
  [
    "case 40: another spelling of a name",
    values("machine\\system\\currentcontrolset\\control\\LSA\\scenoapplylegacyauditpolicy=4,1"),
    { writes: ["set system\\currentcontrolset\\control\\lsa\\scenoapplylegacyauditpolicy = 1"] },
  ],
  [
    "case 41: one binary byte",
    values("MACHINE\\A\\FullPrivilegeAuditing=3,01"),
    { writes: ['set a\\fullprivilegeauditing = "01"'] },
  ],
  [
    "binary bytes",
    values("MACHINE\\A\\X=3,0", "MACHINE\\A\\Y=3,1,2"),
    { writes: ['set a\\x = "00"', 'set a\\y = "0102"'] },
  ],
  [
    "a binary byte that depends on the base",
    values("MACHINE\\A\\X=3,10"),
    { writes: ['set a\\x = "10" or "0a"'] },
  ],
  [
    "a binary byte too long",
    values("MACHINE\\A\\X=3,255"),
    { codes: ["inf.value-unusable"], writes: ["unusable a\\x"] },
  ],
  [
    "case 42: a string where a number is expected",
    values('MACHINE\\A\\X=1,"7"'),
    { writes: ['set a\\x = "7"'] },
  ],
  ["case 43: a hexadecimal number", values("MACHINE\\A\\X=4,0x7"), { writes: ["set a\\x = 7"] }],
  ["case 44: spaces around a number", values("MACHINE\\A\\X = 4 , 7 "), { writes: ["set a\\x = 7"] }],
  [
    "case 45: a type without a value",
    values("MACHINE\\A\\X=4,"),
    { codes: ["inf.value-unusable"], writes: ["unusable a\\x"] },
  ],
  [
    "a number of minus one",
    values("MACHINE\\A\\X=4,-1"),
    { codes: ["inf.value-range"], writes: ["set a\\x = 4294967295"] },
  ],
  [
    "a number above 32 bits",
    values("MACHINE\\A\\X=4,4294967296"),
    { codes: ["inf.value-unusable"], writes: ["unusable a\\x"] },
  ],
  [
    "an unknown type",
    values("MACHINE\\A\\X=11,1"),
    { codes: ["inf.value-unusable"], writes: ["unusable a\\x"] },
  ],
  [
    "a value without a type",
    values("MACHINE\\A\\X=7"),
    { codes: ["inf.value-unusable"], writes: ["unusable a\\x"] },
  ],
  [
    "case 46: an equal sign in a quoted name",
    values('"MACHINE\\A=B\\C"=4,1'),
    { writes: ["set a=b\\c = 1"] },
  ],
  [
    "case 47: a quoted comma in a list",
    values('MACHINE\\A\\X=7,a)"," b,c'),
    { writes: ['set a\\x = ["a), b","c"]'] },
  ],
  ["case 48: an empty list", values("MACHINE\\A\\X=7,"), { writes: ["set a\\x = []"] }],
  [
    "an unbalanced quotation mark",
    values('MACHINE\\A\\X=1,"a'),
    { codes: ["inf.value-unusable"], writes: ["unusable a\\x"] },
  ],
  [
    "a row without an equal sign",
    values("MACHINE\\A\\X", x),
    { codes: ["inf.row-malformed"], writes: ["set a\\x = 1"], open: openValues },
  ],
  [
    "a row with an unknown root",
    values("MACHINF\\A\\X=4,0"),
    { codes: ["inf.row-malformed"], open: openValues },
  ],
  ["values below other roots", values("USERS\\.DEFAULT\\X=4,1", "CLASSES_ROOT\\A\\X=4,1"), {}],
  [
    "case 49: audit values with more bits",
    audit(
      "AuditLogonEvents = 7",
      "AuditSystemEvents = 4",
      "AuditObjectAccess = 8",
      "AuditPrivilegeUse = 0",
      "AuditDSAccess = 5",
      "AuditPolicyChange = 6",
    ),
    {
      codes: ["inf.audit-value-bits"],
      writes: [
        "set auditlogonevents = 3",
        "set auditsystemevents = 0",
        "set auditobjectaccess = 0",
        "set auditprivilegeuse = 0",
        "set auditdsaccess = 1",
        "set auditpolicychange = 2",
      ],
    },
  ],
  [
    "an audit value that is no number ends the section",
    audit("AuditLogonEvents = 3", "AuditDSAccess = abc", "AuditSystemEvents = 1"),
    {
      codes: ["inf.value-unusable"],
      writes: [
        "set auditlogonevents = 3 ? inf.value-unusable",
        "unusable auditdsaccess ? inf.value-unusable",
        "set auditsystemevents = 1 ? inf.value-unusable",
      ],
      open: [`${category} inf.value-unusable`],
    },
  ],
  [
    "case 50: an audit key without a value",
    audit("AuditLogonEvents="),
    {
      codes: ["inf.value-unusable"],
      writes: ["unusable auditlogonevents"],
    },
  ],
  ["an unknown audit key", audit("AuditMoon = 1"), { codes: ["inf.audit-key-unknown"] }],
  [
    "case 51: a log size out of range",
    template("[Security Log]", "MaximumLogSize = 9999999999"),
    {
      codes: ["inf.value-range"],
      writes: ["unusable event-log/security/maximumlogsize ? inf.value-range"],
    },
  ],
  [
    "log sizes at their bounds",
    template("[security log]", "maximumlogsize=64", "[System Log]", "MaximumLogSize = 0x3fffc0"),
    {
      writes: ["set event-log/security/maximumlogsize = 64", "set event-log/system/maximumlogsize = 4194240"],
    },
  ],
  [
    "log sizes beyond their bounds: Windows stops at one, so the others may not count",
    template("[Security Log]", "MaximumLogSize = 63", "[System Log]", "MaximumLogSize = 65"),
    {
      codes: ["inf.value-range"],
      writes: [
        "unusable event-log/security/maximumlogsize ? inf.value-range",
        "set event-log/system/maximumlogsize = 65 ? inf.value-range",
      ],
    },
  ],
  [
    "another row of a log that is no number",
    template("[Application Log]", "MaximumLogSize = 65", "RetentionDays = x"),
    {
      codes: ["inf.value-range"],
      writes: ["set event-log/application/maximumlogsize = 65 ? inf.value-range"],
    },
  ],
  [
    "a log size twice, and another row twice",
    template(
      "[Security Log]",
      "MaximumLogSize = 64",
      "MaximumLogSize = 65",
      "RetentionDays = 1",
      "RetentionDays = 1",
    ),
    {
      codes: ["inf.duplicate-equal", "inf.duplicate-key"],
      writes: ["set event-log/security/maximumlogsize = 65 or 64"],
    },
  ],
  [
    "a malformed row of a log",
    template("[Security Log]", "MaximumLogSize"),
    { codes: ["inf.row-malformed"], open: [`${log} inf.row-malformed`] },
  ],
  [
    "the size of a log in another section",
    template("[Securitx Log]", "MaximumLogSize = 64"),
    { codes: ["inf.row-misplaced"], open: [`${log} inf.row-misplaced`] },
  ],
  [
    "case 52: a right for nobody",
    rights("SeSecurityPrivilege ="),
    { writes: ["set user-right/sesecurityprivilege = []"] },
  ],
  [
    "case 52: a right for nobody, without a line end: somebody may have stood there",
    unclosed("[Privilege Rights]", "SeSecurityPrivilege ="),
    {
      writes: ["set user-right/sesecurityprivilege = []"],
      open: ["user-right/sesecurityprivilege inf.truncated"],
    },
  ],
  [
    "SIDs and names, each once, in an order of their own",
    rights("SeServiceLogonRight = *s-1-5-32-544 ,CORP\\svc, *S-1-5-20,*S-1-5-32-544,Guest"),
    { writes: [`${service} = ["CORP\\\\svc","Guest","S-1-5-20","S-1-5-32-544"]`] },
  ],
  [
    "a quoted name with a comma",
    rights('SeServiceLogonRight = "CORP\\a,b",c'),
    { writes: [`${service} = ["CORP\\\\a,b","c"]`] },
  ],
  [
    "nothing between commas",
    rights("SeServiceLogonRight = ,*S-1-5-20,,"),
    { writes: [`${service} = ["S-1-5-20"]`] },
  ],
  [
    "a SID without its star may be no account at all",
    rights("SeServiceLogonRight = S-1-5-20,*S-1-5-19"),
    { writes: [`${service} = ["S-1-5-19","S-1-5-20"] or ["S-1-5-19"]`] },
  ],
  [
    "a star without a SID",
    rights("SeServiceLogonRight = *S-1-5-20,*Administrators", "SeBackupPrivilege = *S-1-5-20"),
    {
      codes: ["inf.value-unusable"],
      writes: ["unusable user-right/seservicelogonright", 'set user-right/sebackupprivilege = ["S-1-5-20"]'],
    },
  ],
  [
    "an unbalanced quotation mark in a list",
    rights('SeServiceLogonRight = "a,*S-1-5-20'),
    { codes: ["inf.value-unusable"], writes: ["unusable user-right/seservicelogonright"] },
  ],
  [
    "a right twice, different",
    rights("SeServiceLogonRight = *S-1-5-20", "seservicelogonright = *S-1-5-19"),
    { codes: ["inf.duplicate-key"], writes: [`${service} = ["S-1-5-19"] or ["S-1-5-20"]`] },
  ],
  [
    "a right twice, in another order",
    rights("SeServiceLogonRight = *S-1-5-20,a", "SeServiceLogonRight = a,*S-1-5-20"),
    { codes: ["inf.duplicate-equal"], writes: [`${service} = ["S-1-5-20","a"]`] },
  ],
  [
    "rows of rights that name none",
    rights("SeServiceLogonRight", "Service = *S-1-5-20", "= *S-1-5-20"),
    { codes: ["inf.row-malformed"], open: [`${right} inf.row-malformed`] },
  ],
  [
    "a right in another section",
    template("[Privilege Rightz]", "SeServiceLogonRight = *S-1-5-20"),
    { codes: ["inf.row-misplaced"], open: [`${right} inf.row-misplaced`] },
  ],
  [
    "a right below a header that is lost",
    template("[Registry Values]", "SeServiceLogonRight = *S-1-5-20"),
    {
      codes: ["inf.row-misplaced", "inf.row-malformed"],
      open: [`${right} inf.row-misplaced`, `${registry} inf.row-malformed`],
    },
  ],
  [
    "a right in a doubtful file",
    utf8(text("[Privilege Rights]", "SeServiceLogonRight = *S-1-5-20")),
    { codes: ["inf.encoding"], writes: [`${service} = ["S-1-5-20"] ? inf.encoding`] },
  ],
  ["case 53: a last row without a line end", unclosed("[Service General Setting]", '"svc",4,""'), {}],
  [
    "case 54: a comment behind a value",
    template("[Event Audit]", "AuditLogonEvents = 3 ; both", "[Registry Values]", 'MACHINE\\A\\X=1,"D:P;x"'),
    {
      codes: ["inf.value-unusable"],
      writes: ['set a\\x = "D:P;x"', "unusable auditlogonevents ? inf.value-unusable"],
      open: [`${category} inf.value-unusable`],
    },
  ],
  [
    "case 55: NUL characters",
    utf16Bom(plain.replace("X=", "\0X=")),
    { codes: ["text.nul", "inf.encoding"], writes: ["set a\\x = 1 ? text.nul"], open: all("text.nul") },
  ],
  [
    "case 56: white space around a header",
    template("\t[Event Audit] \t", "AuditLogonEvents = 1"),
    { writes: ["set auditlogonevents = 1"] },
  ],
  ["case 57: an unknown section", template("[Profile Description]", "Description=x", "%words%"), {}],
  ["case 58: nothing but the frame", template(), {}],
  ["comments and blank lines", values("; comment", "", x, "  ;x"), { writes: ["set a\\x = 1"] }],
  [
    "no frame, as Samba writes it",
    utf8(`[Registry Values]\n${x}\n`),
    {
      codes: ["inf.encoding", "inf.section-missing"],
      writes: ["set a\\x = 1 ? inf.encoding"],
      open: all("inf.section-missing"),
    },
  ],
  [
    "cut before [Version]",
    utf16Bom(`[Unicode]\r\nUnicode=yes\r\n[Registry Values]\r\n${x}\r\n`),
    {
      codes: ["inf.section-missing"],
      writes: ["set a\\x = 1 ? inf.section-missing"],
      open: all("inf.section-missing"),
    },
  ],
  ["an empty file", utf8(""), { codes: ["inf.encoding", "inf.section-missing"], open: all("inf.truncated") }],
  ["a Git LFS pointer", lfsPointer, { codes: ["file.lfs-pointer"], open: all("file.lfs-pointer") }],
  [
    "a broken header",
    template("[Registry Values", "other"),
    { codes: ["inf.section-broken", "inf.row-outside"], open: all("inf.section-broken") },
  ],
  [
    "a header without its first bracket",
    template("Registry Values]"),
    { codes: ["inf.section-broken"], open: all("inf.section-broken") },
  ],
  [
    "registry values in another section",
    template("[Registry Valuez]", x),
    { codes: ["inf.row-misplaced"], open: [`${registry} inf.row-misplaced`] },
  ],
  [
    "audit values in another section",
    template("[Event-Audit]", "AuditDSAccess = 1"),
    { codes: ["inf.row-misplaced"], open: [`${category} inf.row-misplaced`] },
  ],
  ["rows above any section", utf16Bom(`words\r\n${head}`), { codes: ["inf.row-outside"] }],
  [
    "a malformed row of another section",
    template("[System Access]", "words"),
    { codes: ["inf.row-malformed"] },
  ],
  ["another key twice", template("[System Access]", "A = 1", "a = 2"), { codes: ["inf.duplicate-key"] }],
];

/** Ends of a file without a last line end: where the text may go on, everything that could follow is open. */
const ends: readonly (readonly [lines: readonly string[], cut: boolean])[] = [
  [["[Registry Values]", x], false],
  [["[Registry Values]", "MACHINE\\A\\X=4,"], true],
  [["[Registry Values]", "MACHINE\\A\\X="], true],
  [["[Registry Values]", "MACHINE\\A"], true],
  [["[Registry Values]", 'MACHINE\\A\\X=1,"a'], true],
  [["[Event Audit]", "AuditLogonEvents = 1"], false],
  [["[Event Audit]", "AuditLogonEvents ="], true],
  [["[Event Audit]", "AuditLog"], true],
  [["[Event Aud"], true],
  [["[Event Audit]"], true],
  [["[Registry Values]", "MACHINE\\A\\X=7,"], true],
  [["[Registry Values]", "MACHINE\\A\\X=7,a"], false],
  [["[System Access]", "MinimumPasswordAge = 1"], false],
  [["[System Access]", "MinimumPasswordAge ="], true],
  [["[Privilege Rights]", "SeSecurity"], true],
  [["[Privilege Rights]", "SeServiceLogonRight = *S-1-5-20,"], true],
  [["[Privilege Rights]", "SeServiceLogonRight = *S-1-5-20,*S-1-"], true],
  [["[Security Log]", "MaximumLogSize ="], true],
  [["[Security Log]", "MaximumLogSize = 65"], false],
  [["[File Security]", '"c:\\x",0'], true],
  [["[File Security]", '"c:\\x",0,"D:(A'], true],
  [["[File Security]", '"c:\\x",0,"D:(A;;;;;WD)"'], false],
  [["[Profile Description]", "Descr"], true],
];

describe("GptTmpl.inf", () => {
  test.for(cases)("%s", ([, bytes, expected]) => {
    expect(summarize(parseGptTmpl(bytes, path))).toEqual({ codes: [], writes: [], open: [], ...expected });
  });

  test.for(ends)("ends with %j, cut: %j", ([lines, isCut]) => {
    const document = parseGptTmpl(unclosed(...lines), path);
    const whole = document.open.filter(({ keyPrefix }) => keyPrefix.endsWith("/"));
    expect(whole.map(({ keyPrefix }) => keyPrefix)).toEqual(isCut ? prefixes : []);
    expect(document.diagnostics.some(({ code }) => code === "inf.truncated")).toBe(isCut);
  });

  test("a list that is cut anywhere is never taken for a shorter one", () => {
    const key = "user-right/seservicelogonright";
    const row = "SeServiceLogonRight = *S-1-5-32-544,CORP\\svc,*S-1-5-20";
    const whole = text("[Privilege Rights]", row);
    const start = whole.indexOf(row);
    for (let end = start + 1; end < start + row.length; end++) {
      const { writes, open } = parseGptTmpl(utf16Bom(whole.slice(0, end)), path);
      expect(writes.length).toBeLessThanOrEqual(1);
      expect(open.some(({ keyPrefix }) => key.startsWith(keyPrefix))).toBe(true);
    }
  });

  test("case 59: too many lines, and a line too long", () => {
    const lines = parseGptTmpl(utf16Bom(`${plain}${"\n".repeat(limits.infLines)}${x}`), path);
    expect(summarize(lines)).toMatchObject({ codes: ["limit.exceeded"], open: all("limit.exceeded") });
    const long = parseGptTmpl(values(x, `MACHINE\\A\\Y=1,${"y".repeat(limits.infLineLength)}`), path);
    expect(summarize(long)).toMatchObject({ writes: ["set a\\x = 1"], open: all("limit.exceeded") });
    const large = parseGptTmpl(new Uint8Array(limits.fileBytes + 1), path);
    expect(summarize(large)).toMatchObject({ codes: ["limit.exceeded"], open: all("limit.exceeded") });
  });

  test("entries keep keys and values as written", () => {
    const document = parseGptTmpl(
      values(
        x,
        "[Service General Setting]",
        '"svc ",4,"D:(A;;x)"',
        "[Event Audit]",
        " AuditLogonEvents =  3 ",
      ),
      path,
    );
    expect(document.entries.slice(3)).toEqual([
      { section: "Registry Values", key: "MACHINE\\A\\X", value: "4,1", line: 7 },
      {
        section: "Service General Setting",
        key: "svc ",
        value: null,
        line: 9,
        fields: ["svc ", "4", "D:(A;;x)"],
      },
      { section: "Event Audit", key: "AuditLogonEvents", value: "3", line: 11 },
    ]);
    expect(document.writes[0]).toMatchObject({ location: { path, line: 7 }, quote: x, type: 4 });
    expect(document.writes[1]).toMatchObject({
      location: { path, line: 11 },
      quote: "AuditLogonEvents =  3",
      type: null,
    });
  });

  test("all rows of a doubtful file share one doubt", () => {
    const { writes } = parseGptTmpl(
      utf8(text("[Registry Values]", x, "MACHINE\\A\\Y=4,1", "[Event Audit]", "AuditDSAccess=1")),
      path,
    );
    expect(writes.map(({ doubt }) => doubt?.code)).toEqual(["inf.encoding", "inf.encoding", "inf.encoding"]);
    expect(new Set(writes.map(({ doubt }) => doubt)).size).toBe(1);
  });
});
