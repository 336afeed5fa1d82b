import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { GpoReportReader } from "../../src/formats/gpmc/gpo-report-reader.ts";
import { readXml } from "../../src/formats/gpmc/read-xml.ts";
import { recogniseXml } from "../../src/formats/gpmc/recognise-xml.ts";
import type { ReportedGpo } from "../../src/model/backup.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { utf8 } from "../util/bytes.ts";
import {
  auditSetting,
  declaration,
  gpoElement,
  gpoGuid,
  section,
  securityOption,
  tag,
} from "../util/report-text.ts";
import { utf16, utf16BeBom, utf16Bom } from "../util/utf16.ts";

interface Read {
  readonly gpos: readonly ReportedGpo[];
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
  readonly complete: boolean;
  readonly encoding: string;
}

function read(content: string | Uint8Array): Read {
  const gpos: ReportedGpo[] = [];
  const bytes = typeof content === "string" ? utf8(content) : content;
  let visitor: GpoReportReader | undefined;
  const frame = readXml(bytes, "r.xml", (diagnostics) => {
    visitor = new GpoReportReader("r.xml", diagnostics, (gpo) => gpos.push(gpo));
    return visitor;
  });
  if (!frame.complete) visitor?.abandon();
  return { ...frame, gpos, codes: frame.diagnostics.map(({ code }) => code) };
}

/** The writes and open prefixes of the first GPO, one text each. */
function rows(result: Read): readonly string[] {
  return (result.gpos[0]?.parts ?? []).flatMap(({ kind, writes, open }) => [
    ...writes.map((write) => {
      const target = "key" in write ? write.key : write.keyPrefix;
      const value = "value" in write ? ` = ${JSON.stringify(write.value)}` : "";
      const others =
        "alternatives" in write && write.alternatives.length > 0 ? ` or ${write.alternatives.join()}` : "";
      return `${kind}: ${write.action} ${target}${value}${others}`;
    }),
    ...open.map(({ keyPrefix, doubt }) => `${kind}: open ${keyPrefix} ${doubt.code}`),
  ]);
}

const logon = "{0CCE9215-69AE-11D9-BED3-505054503030}";
const logonKey = "audit-subcategory/0cce9215-69ae-11d9-bed3-505054503030";
const audit = (prefix?: string): string =>
  section("Auditing", "AuditSettings", auditSetting(logon, "3", "System", prefix), prefix);
const plain = gpoElement({ computer: audit() });
const auditRow = `audit.csv: set ${logonKey} = 3`;

describe("encoding", () => {
  const cases: readonly (readonly [
    title: string,
    bytes: Uint8Array,
    encoding: string,
    codes: readonly string[],
  ])[] = [
    [
      "case 115: UTF-8 that declares utf-16",
      utf8(declaration + plain.replace("more", "mehr ü")),
      "utf-8",
      [],
    ],
    ["case 116: UTF-16 without byte order mark", utf16(declaration + plain), "utf-16le", ["text.no-bom"]],
    ["UTF-16LE as the console writes it", utf16Bom(declaration + plain), "utf-16le", []],
    ["UTF-16BE", utf16BeBom(declaration + plain), "utf-16be", []],
    ["UTF-8 with byte order mark, no declaration", utf8(`\ufeff${plain}`), "ascii", []],
  ];
  test.for(cases)("%s", ([, bytes, encoding, codes]) => {
    const result = read(bytes);
    expect(rows(result)).toEqual([auditRow]);
    expect(result).toMatchObject({ encoding, codes, complete: true });
  });

  it("takes no bytes for text that are none", () => {
    const result = read(new Uint8Array([...utf8("<a>"), 0xff, 0xfe, 0xff]));
    expect(result).toMatchObject({ codes: ["text.undecodable"], complete: false, gpos: [] });
  });
});

describe("namespaces", () => {
  test.for(["q1", "q7", "", "a.b"])("case 118: prefix '%s' means nothing", (prefix) => {
    expect(rows(read(gpoElement({ computer: audit(prefix) })))).toEqual([auditRow]);
  });

  const item =
    '<q1:RegistrySettings><q1:Registry name="n"><q1:GPOSettingOrder>1</q1:GPOSettingOrder>' +
    '<q1:Properties action="U" hive="HKEY_LOCAL_MACHINE" key="Soft\\A" name="X" type="REG_DWORD" value="00000010">' +
    "<q1:Values/></q1:Properties><q1:Filters/></q1:Registry></q1:RegistrySettings>";

  it("case 119: two types are called RegistrySettings, and their namespaces tell them apart", () => {
    const result = read(gpoElement({ computer: section("Windows/Registry", "RegistrySettings", item) }));
    expect(rows(result)).toEqual(["GPP Registry.xml: set registry-value/machine\\soft\\a\\x = 16"]);
    expect(result.codes).toEqual([]);
    const templates = read(
      gpoElement({ computer: section("Registry", "RegistrySettings", tag("Policy", tag("Name", "P"))) }),
    );
    expect(rows(templates)).toEqual(["registry.pol: open registry-value/ report.policies-opaque"]);
  });

  it("finds nothing below a GPO element of another namespace", () => {
    expect(read(plain.replace('/Settings">', '/Other">')).gpos).toEqual([]);
  });
});

describe("sections", () => {
  const security = (...elements: readonly string[]): string =>
    section("Security", "SecuritySettings", elements.join("") + tag("Blocked", "false"));
  const templates = (...elements: readonly string[]): string =>
    section("Registry", "RegistrySettings", elements.join(""));
  const lsa = "MACHINE\\System\\CurrentControlSet\\Control\\Lsa";
  const lsaKey = "registry-value/machine\\system\\currentcontrolset\\control\\lsa";
  const category = (name: string, success: string, failure: string): string =>
    tag("Audit", tag("Name", name) + tag("SuccessAttempts", success) + tag("FailureAttempts", failure));
  const member = (sid: string | null, name = ""): string =>
    tag("Member", (sid === null ? "" : `<SID>${sid}</SID>`) + (name === "" ? "" : `<Name>${name}</Name>`));
  const right = (name: string, ...members: readonly string[]): string =>
    tag("UserRightsAssignment", tag("Name", name) + members.join(""));
  const eventLog = (name: string, log: string, number: string): string =>
    tag("EventLog", tag("Name", name) + tag("Log", log) + tag("SettingNumber", number));
  const setting = (value: string, path = "Software\\A"): string =>
    tag("RegistrySetting", tag("KeyPath", path) + tag("AdmSetting", "false") + value);

  const cases: readonly (readonly [title: string, computer: string, rows: readonly string[], codes: readonly string[]])[] =
    [
      ["4 is another word for none", section("Auditing", "AuditSettings", auditSetting(logon, "4")), [`audit.csv: set ${logonKey} = 0`], []],
      ["a value that is none", section("Auditing", "AuditSettings", auditSetting(logon, "5")), [`audit.csv: unusable ${logonKey}`], ["report.value"]],
      ["a row for one user", section("Auditing", "AuditSettings", auditSetting(logon, "3", "S-1-5-21-1-2-3-500")), [], []],
      ["a target in another language", section("Auditing", "AuditSettings", auditSetting(logon, "1", "Sistema")), [`audit.csv: set ${logonKey} = 1`], []],
      ["a subcategory that cannot be told", section("Auditing", "AuditSettings", auditSetting("{0cce}", "3")), ["audit.csv: open audit-subcategory/ report.value"], ["report.value"]],
      ["two values of one subcategory", section("Auditing", "AuditSettings", auditSetting(logon, "3") + auditSetting(logon, "0")), [`audit.csv: set ${logonKey} = 0 or 3`], ["report.duplicate"]],
      ["a number", security(securityOption(`${lsa}\\SCENoApplyLegacyAuditPolicy`, tag("SettingNumber", "1"))), [`GptTmpl.inf: set ${lsaKey}\\scenoapplylegacyauditpolicy = 1`], []],
      ["a number that is delivered as bytes", security(securityOption(`${lsa}\\FullPrivilegeAuditing`, tag("SettingNumber", "1"))), [`GptTmpl.inf: set ${lsaKey}\\fullprivilegeauditing = "01"`], []],
      ["a text in quotation marks", security(securityOption(`${lsa}\\A`, tag("SettingString", '"4"'))), [`GptTmpl.inf: set ${lsaKey}\\a = "4"`], []],
      ["a list", security(securityOption(`${lsa}\\A`, tag("SettingStrings", tag("Value", "a, b") + tag("Value", "c") + tag("Value", "")))), [`GptTmpl.inf: set ${lsaKey}\\a = ["a, b","c"]`], []],
      ["no value", security(securityOption(`${lsa}\\A`, "")), [`GptTmpl.inf: unusable ${lsaKey}\\a`], ["report.value"]],
      ["a number that is none", security(securityOption(`${lsa}\\A`, tag("SettingNumber", "x"))), [`GptTmpl.inf: unusable ${lsaKey}\\a`], ["report.value"]],
      ["an option without a registry path", security(tag("SecurityOptions", tag("SystemAccessPolicyName", "EnableGuestAccount") + tag("SettingNumber", "0"))), [], []],
      ["an option without any name", security(tag("SecurityOptions", tag("SettingNumber", "0"))), ["GptTmpl.inf: open registry-value/ report.value"], ["report.value"]],
      ["a path of another hive", security(securityOption("USERS\\.DEFAULT\\A", tag("SettingNumber", "0"))), [], []],
      ["legacy audit", security(category("AuditLogonEvents", "true", "false"), category("AuditSystemEvents", "false", "false")), ["GptTmpl.inf: set audit-category/auditlogonevents = 1", "GptTmpl.inf: set audit-category/auditsystemevents = 0"], []],
      ["legacy audit that cannot be read", security(category("AuditLogonEvents", "true", "maybe"), category("Anything", "true", "true")), ["GptTmpl.inf: unusable audit-category/auditlogonevents", "GptTmpl.inf: open audit-category/ report.value"], ["report.value", "report.value"]],
      ["sections of other things", security(tag("RestrictedGroups", ""), tag("Account", "")), [], []],
      ["a user right, by SID or by name", security(right("SeServiceLogonRight", member("S-1-5-32-544", "BUILTIN\\Administrators"), member("S-1-5-20"), member(null, "CORP\\svc"))), ['GptTmpl.inf: set user-right/seservicelogonright = ["CORP\\\\svc","S-1-5-20","S-1-5-32-544"]'], []],
      ["a user right of nobody", security(right("SeTcbPrivilege")), ["GptTmpl.inf: set user-right/setcbprivilege = []"], []],
      ["a user right of somebody who is not shown", security(right("SeTcbPrivilege", member("S-1-5-20"), member(null))), ["GptTmpl.inf: unusable user-right/setcbprivilege"], ["report.value"]],
      ["a user right of a SID that is none", security(right("SeTcbPrivilege", member("S-1-x", "Guest"))), ["GptTmpl.inf: unusable user-right/setcbprivilege"], ["report.value"]],
      ["a user right that cannot be told", security(right("", member("S-1-5-20"))), ["GptTmpl.inf: open user-right/ report.value"], ["report.value"]],
      ["two lists of one user right", security(right("SeTcbPrivilege", member("S-1-5-20")), right("SeTcbPrivilege")), ["GptTmpl.inf: set user-right/setcbprivilege = [] or S-1-5-20"], ["report.duplicate"]],
      ["the size of a log", security(eventLog("MaximumLogSize", "Security", "2048000")), ["GptTmpl.inf: set event-log/security/maximumlogsize = 2048000"], []],
      ["another setting of a log", security(eventLog("AuditLogRetentionPeriod", "Security", "0")), [], []],
      ["a size that is none", security(eventLog("MaximumLogSize", "System", "63"), eventLog("MaximumLogSize", "Application", "")), ["GptTmpl.inf: unusable event-log/system/maximumlogsize", "GptTmpl.inf: unusable event-log/application/maximumlogsize"], ["report.value", "report.value"]],
      ["a log that cannot be told", security(eventLog("MaximumLogSize", "Setup", "64"), eventLog("", "Security", "64")), ["GptTmpl.inf: open event-log/ report.value"], ["report.value"]],
      ["an element that nobody knows", security(tag("Novelty", "")), [], ["report.element-unknown"]],
      ["registry numbers and texts", templates(setting(tag("Value", tag("Name", "N") + tag("Number", "2"))), setting(tag("Value", tag("Name", "T") + tag("String", "t")))), ["registry.pol: set registry-value/machine\\software\\a\\n = 2", 'registry.pol: set registry-value/machine\\software\\a\\t = "t"'], []],
      ["a registry value of a kind that nobody knows", templates(setting(tag("Value", tag("Name", "N") + tag("Binary", "00")))), ["registry.pol: unusable registry-value/machine\\software\\a\\n"], ["report.value"]],
      ["a registry key without value", templates(setting("")), ["registry.pol: open registry-value/machine\\software\\a\\ report.policies-opaque"], ["report.policies-opaque"]],
      ["a section without content", "<ExtensionData><Name>Security</Name></ExtensionData>", allOpen("report.section-lost"), ["report.section-lost"]],
      ["an error in place of a section", "<ExtensionData><Error><Details>no access</Details></Error></ExtensionData>", allOpen("report.section-lost"), ["report.section-lost", "report.section-lost"]],
      ["a section of a type without namespace", '<ExtensionData><Extension xsi:type="q9:AuditSettings"/></ExtensionData>', allOpen("report.section-lost"), ["report.section-lost"]],
      ["a section of another extension", section("Scripts", "Scripts", tag("Script", "")), [], []],
    ]; // prettier-ignore

  test.for(cases)("%s", ([, computer, expected, codes]) => {
    const result = read(gpoElement({ computer }));
    expect(rows(result)).toEqual(expected);
    expect(result.codes).toEqual(codes);
  });

  it("says where each row stands", () => {
    const [gpo] = read(`\n\n${plain.replace("<Computer>", "\n<Computer>")}`).gpos;
    expect(gpo?.location).toEqual({ path: "r.xml", line: 3 });
    expect(gpo?.parts[0]?.writes[0]).toMatchObject({
      location: { path: "r.xml", line: 4 },
      quote: `AuditSetting ${logon} = 3`,
    });
  });

  it("does not take the user side for the computer's", () => {
    expect(rows(read(gpoElement()))).toEqual([]);
  });
});

/** Every kind of section with everything open. */
function allOpen(code: string): readonly string[] {
  return [
    `registry.pol: open registry-value/ ${code}`,
    `GptTmpl.inf: open registry-value/ ${code}`,
    `GptTmpl.inf: open audit-category/ ${code}`,
    `GptTmpl.inf: open user-right/ ${code}`,
    `GptTmpl.inf: open event-log/ ${code}`,
    `GPP Registry.xml: open registry-value/ ${code}`,
    `audit.csv: open audit-subcategory/ ${code}`,
  ];
}

describe("facts of a GPO", () => {
  const security = "http://www.microsoft.com/GroupPolicy/Types/Security";
  const types = "http://www.microsoft.com/GroupPolicy/Types";
  const descriptor = (sddl: string, owner = "S-1-5-21-1-2-3-512"): string =>
    `<SecurityDescriptor><SDDL xmlns="${security}">${sddl}</SDDL><Owner xmlns="${security}"><SID xmlns="${types}">${owner}</SID></Owner></SecurityDescriptor>`;
  const one = (gpo: Parameters<typeof gpoElement>[0]): ReportedGpo | undefined =>
    read(gpoElement(gpo)).gpos[0];

  it("are all there", () => {
    const links =
      "<LinksTo><SOMName>x</SOMName><SOMPath>corp.example/Domain Controllers</SOMPath><Enabled>true</Enabled><NoOverride>false</NoOverride></LinksTo>" +
      "<LinksTo><SOMPath>corp.example</SOMPath><Enabled>vielleicht</Enabled></LinksTo>";
    const result = read(gpoElement({ links }));
    expect(result.gpos[0]).toMatchObject({
      guid: gpoGuid,
      domain: "corp.example",
      displayName: "Audit & more",
      readTime: "2026-01-02T03:04:05Z",
      enabled: true,
      versions: { directory: 4, sysvol: 5 },
      securityDescriptor: { state: "absent" },
      wmiFilter: "none",
      links: [
        { somPath: "corp.example/Domain Controllers", enabled: true, enforced: false },
        { somPath: "corp.example", enabled: null, enforced: null },
      ],
    });
    expect(result.codes).toEqual(["report.value"]);
  });

  it("a disabled computer side, and one that cannot be read", () => {
    expect(one({ enabled: "false" })?.enabled).toBe(false);
    expect(one({ enabled: "" })?.enabled).toBeNull();
  });

  it("versions that are none", () => {
    const result = read(gpoElement({ versions: "<VersionDirectory>70000</VersionDirectory>" }));
    expect(result.gpos[0]?.versions).toEqual({ directory: null, sysvol: null });
    expect(result.codes).toEqual(["report.value", "report.value"]);
  });

  it.each([
    ["<FilterDataAvailable>true</FilterDataAvailable>", "none"],
    ["<FilterDataAvailable>false</FilterDataAvailable>", "unknown"],
    ["", "unknown"],
    ["<FilterDataAvailable>true</FilterDataAvailable><FilterName>F</FilterName>", { name: "F" }],
  ])("WMI filter: %s", (facts, expected) => {
    expect(one({ facts })?.wmiFilter).toEqual(expected);
  });

  it("the alias of Domain Admins is a SID only where the owner tells the domain", () => {
    const sid = (facts: string): unknown => {
      const fact = one({ facts })?.securityDescriptor;
      return fact?.state === "read" ? fact.descriptor.dacl?.map((ace) => ace.sid) : fact;
    };
    expect(sid(descriptor("O:DAG:DAD:(A;;GA;;;DA)(A;;GA;;;AU)"))).toEqual(["S-1-5-21-1-2-3-512", "S-1-5-11"]);
    expect(sid(descriptor("O:BAG:DAD:(A;;GA;;;DA)"))).toEqual([null]);
    expect(sid(descriptor("O:DAG:DAD:(A;;GA;;;DA)", "S-1-5-21-1-2-3-500"))).toEqual([null]);
    expect(sid(descriptor("rubbish"))).toMatchObject({ state: "malformed" });
  });

  it("a GPO without a GUID is skipped and said", () => {
    const result = read(`<r>${gpoElement({ guid: "{1}" })}${plain}</r>`);
    expect(result.gpos.map(({ guid }) => guid)).toEqual([gpoGuid]);
    expect(result.codes).toEqual(["report.identity"]);
  });

  it("all GPOs below whatever root", () => {
    const other = gpoElement({ guid: "{BBBBBBBB-0000-4000-8000-000000000002}" });
    expect(read(`<report>${plain}<x/>${other}</report>`).gpos).toHaveLength(2);
  });
});

describe("hostile documents", () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>`;
  const external = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>';
  const cases: readonly (readonly [title: string, text: string, code: string])[] = [
    ["case 117: entities are refused", bomb, "xml.refused"],
    ["case 117: external entities are refused", external, "xml.refused"],
    ["an entity without a DOCTYPE", `<r>&a;${plain}</r>`, "xml.malformed"],
    ["64-deep nesting", `${"<a>".repeat(65)}${"</a>".repeat(65)}`, "limit.exceeded"],
    ["deep nesting in a kept element", gpoElement({ facts: `<Name>${"<a>".repeat(70)}` }), "limit.exceeded"],
    [
      "many attributes",
      `<a ${Array.from({ length: 1100 }, (_, i) => `a${i}=""`).join(" ")}/>`,
      "limit.exceeded",
    ],
    ["endless text", `<a>${"x".repeat(17 * 1024 * 1024)}</a>`, "limit.exceeded"],
    ["an endless comment", `<a><!--${"x".repeat(17 * 1024 * 1024)}--></a>`, "limit.exceeded"],
    ["an endless attribute", `<a b="${"x".repeat(17 * 1024 * 1024)}"/>`, "limit.exceeded"],
    ["an endless name", `<${"x".repeat(17 * 1024 * 1024)}/>`, "limit.exceeded"],
    [
      "a record without end",
      gpoElement({ facts: `<Name>${"<a/>".repeat(100_001)}</Name>` }),
      "limit.exceeded",
    ],
    [
      "a record of many long texts",
      gpoElement({ facts: `<Name>${`<a>${"x".repeat(1024 * 1024)}</a>`.repeat(17)}</Name>` }),
      "limit.exceeded",
    ],
    ["a prefix that nobody declared", "<q:a/>", "xml.malformed"],
    ["a control character", "<a>\u0001</a>", "xml.malformed"],
    ["nothing", "", "xml.malformed"],
    ["two roots", "<a/><b/>", "xml.malformed"],
    ["no XML", "Registry value: 1", "xml.malformed"],
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\n", "file.lfs-pointer"],
  ];
  test.for(cases)("%s", { timeout: 30_000 }, ([, text, code]) => {
    const started = process.cpuUsage();
    const result = read(text);
    expect(result.complete).toBe(false);
    expect(result.codes.slice(0, 1)).toEqual([code]);
    // Time of the processor, in microseconds: others may run beside this.
    expect(process.cpuUsage(started).user).toBeLessThan(20_000_000);
  });

  it("leaves everything open in the GPO where the report breaks off, and keeps those before it", () => {
    const text = `<r>${gpoElement({ guid: "{BBBBBBBB-0000-4000-8000-000000000002}" })}${plain}`;
    const result = read(text.slice(0, text.indexOf("</q1:AuditSetting>")));
    expect(result.gpos.map(({ parts }) => parts.length)).toEqual([0, 4]);
    expect(result.gpos[1]?.parts.flatMap(({ open }) => open.map(({ doubt }) => doubt.code))).toEqual(
      Array.from({ length: 7 }, () => "xml.malformed"),
    );
  });

  it("never throws, whatever the bytes, and stays inside the file", () => {
    const bytes = utf8(declaration + plain);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(bytes.length),
        (edits, length) => {
          const damaged = Uint8Array.from(bytes);
          for (const [at, byte] of edits) damaged[at] = byte;
          const lines = new TextDecoder("latin1").decode(damaged).split(/\r\n|\r|\n/).length;
          const result = read(damaged.subarray(0, length));
          for (const { line } of result.diagnostics) expect(line ?? 1).toBeLessThanOrEqual(lines);
          // Cut inside the GPO, nothing is certain any more.
          const whole = result.complete || result.gpos.length === 0;
          if (!whole)
            expect(result.gpos.every(({ parts }) => parts.every(({ open }) => open.length > 0))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("reads the same whatever the length of the pieces", { timeout: 30_000 }, () => {
    const bytes = utf16Bom(declaration + plain);
    const whole = rows(read(bytes));
    // The reader cuts at 64 KiB: padding moves the cut through every byte of the GPO.
    for (let pad = 0; pad < bytes.length; pad += 101) {
      const text = `${declaration}<!--${"x".repeat((65_536 - pad) >> 1)}-->${plain}`;
      expect(rows(read(utf16Bom(text)))).toEqual(whole);
    }
  });
});

describe("recognition goes by the root element, not by the name of the file", () => {
  const ns = "http://www.microsoft.com/GroupPolicy";
  const cases: readonly (readonly [string, string | null])[] = [
    [plain, "gpo-report"],
    [`<report>${plain}</report>`, "gpo-report"],
    [`<GPOS xmlns="${ns}/Settings">${plain}</GPOS>`, "gpo-report"],
    [`<Rsop xmlns="${ns}/Rsop"/>`, "rsop-report"],
    [`<p:Rsop xmlns:p="${ns}/Rsop">`, "rsop-report"],
    [`<BackupInst xmlns="${ns}/GPOOperations/Manifest">`, "backup-info"],
    [`<Backups xmlns="${ns}/GPOOperations/Manifest">`, "manifest"],
    [`<GroupPolicyBackupScheme xmlns="${ns}/GPOOperations">`, "backup"],
    ["<GPO/>", null],
    [`<Rsop xmlns="${ns}/Settings"/>`, null],
    ["<RegistrySettings/>", null],
    ["", null],
    ["Machine Name,Policy Target", null],
  ];
  test.for(cases)("%s", ([text, kind]) => {
    expect(recogniseXml(utf8(text))).toBe(kind);
    expect(recogniseXml(utf16Bom(declaration + text))).toBe(kind);
  });
});
