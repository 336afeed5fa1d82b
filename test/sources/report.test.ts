import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import type { GpoReport, RsopReport } from "../../src/model/backup.ts";
import { FileReader } from "../../src/sources/file-reader.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import { PathNaming } from "../../src/sources/naming.ts";
import { readReport, readRsopReport, recogniseReport } from "../../src/sources/report.ts";
import type { Vfs } from "../../src/sources/vfs.ts";
import { ReadError } from "../../src/sources/vfs.ts";
import { utf8 } from "../util/bytes.ts";
import { overlayVfs } from "../util/overlay-vfs.ts";
import { declaration, gpoElement, gpoGuid, section, securityOption, tag } from "../util/report-text.ts";
import { utf16Bom } from "../util/utf16.ts";

const temp = mkdtempSync(join(tmpdir(), "gpolint-report-")).replaceAll("\\", "/");
afterAll(() => rmSync(temp, { recursive: true, force: true }));
let count = 0;

interface Opened {
  readonly path: string;
  readonly reader: FileReader;
  readonly codes: () => readonly string[];
}

function open(content: string | Uint8Array, vfs: Vfs = fsVfs): Opened {
  const path = `${temp}/${count++}.xml`;
  writeFileSync(path, content);
  const reader = new FileReader(vfs, new PathNaming(temp));
  return { path, reader, codes: () => reader.diagnostics.map(({ code }) => code) };
}

function read(content: string | Uint8Array): { report: GpoReport | null; codes: readonly string[] } {
  const { path, reader, codes } = open(content);
  return { report: readReport(reader, path), codes: codes() };
}

describe("Get-GPOReport", () => {
  const option = section(
    "Security",
    "SecuritySettings",
    securityOption("MACHINE\\Soft\\A", tag("SettingNumber", "1")),
  );

  it("gives a GPO of both halves, and does not pretend to know the list of extensions", () => {
    const { report, codes } = read(
      utf16Bom(declaration + gpoElement({ computer: option, enabled: "false" })),
    );
    expect(codes).toEqual([]);
    expect(report).toMatchObject({
      complete: true,
      gpos: [
        {
          guid: gpoGuid,
          gpt: {
            guid: gpoGuid,
            domainLabel: "corp.example",
            empty: false,
            gptIni: { machineVersion: 5 },
            parts: [{ kind: "GptTmpl.inf", unreadable: false }],
          },
          gpc: {
            domain: "corp.example",
            flags: 2,
            machineVersion: 4,
            extensions: { effective: [], ineffective: [], damaged: true },
            wmiFilter: null,
          },
        },
      ],
    });
  });

  it("keeps the record of the file", () => {
    const { path, reader } = open(utf8("<GPO/>"));
    readReport(reader, path);
    expect(reader.files).toEqual([
      {
        path: path.slice(temp.length + 1),
        kind: "GPO report",
        size: 6,
        sha256: "45e20bb10385023e1489f7a6e24f8cd1c323ddd9ccea9204bb36015ef5c0cec7",
        encoding: "ascii",
        bom: false,
      },
    ]);
  });

  const filters: readonly (readonly [facts: string, filter: unknown])[] = [
    ["<FilterDataAvailable>true</FilterDataAvailable>", null],
    ["<FilterName>F</FilterName>", { id: null, name: "F", query: null, found: false }],
    ["<FilterDataAvailable>false</FilterDataAvailable>", { id: null, name: null, query: null, found: false }],
  ];
  test.for(filters)("WMI filter of %s", ([facts, filter]) => {
    expect(read(gpoElement({ facts })).report?.gpos[0]?.gpc?.wmiFilter).toEqual(filter);
  });

  const unfinished: readonly (readonly [
    title: string,
    text: string,
    gpos: number,
    codes: readonly string[],
  ])[] = [
    ["broken off", `<r>${gpoElement()}<GPO`, 1, ["xml.malformed"]],
    ["without a GPO", "<report/>", 0, ["report.no-gpo"]],
    [
      "with a GPO that cannot be told",
      `<r>${gpoElement({ guid: "" })}${gpoElement()}</r>`,
      1,
      ["report.identity"],
    ],
    ["with a DOCTYPE", `<!DOCTYPE r><r>${gpoElement()}</r>`, 0, ["xml.refused"]],
  ];
  test.for(unfinished)("a report %s is not complete", ([, text, gpos, codes]) => {
    const result = read(text);
    expect(result.report).toMatchObject({ complete: false });
    expect(result.report?.gpos).toHaveLength(gpos);
    expect(result.codes).toEqual(codes);
  });

  it("has no directory half where the domain is not named", () => {
    const identifier = `<Identifier><Identifier>{${gpoGuid}}</Identifier></Identifier>`;
    expect(read(gpoElement({ identifier })).report?.gpos).toMatchObject([{ domain: null, gpc: null }]);
  });

  it("comes from any file system: piece by piece, or as a whole", () => {
    const bytes = utf8(gpoElement({ computer: option }));
    const whole = overlayVfs(new Map([["/x/r.xml", bytes]]));
    const pieces = {
      ...whole,
      chunks: (): Iterable<Uint8Array> => Array.from(bytes, (byte) => Uint8Array.of(byte)),
    };
    const results = [whole, pieces].map((vfs) => {
      const reader = new FileReader(vfs, new PathNaming("/x"));
      return { report: readReport(reader, "/x/r.xml"), files: reader.files };
    });
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.report?.gpos).toHaveLength(1);
  });

  it("a file that cannot be read is said, at its start and in the middle", () => {
    const denied = overlayVfs(new Map([["/x/r.xml", new ReadError("denied", "access denied")]]));
    function* breaking(): Generator<Uint8Array> {
      yield utf8(gpoElement());
      throw new ReadError("failed", "reading failed with EIO");
    }
    for (const vfs of [denied, { ...denied, chunks: breaking }]) {
      const reader = new FileReader(vfs, new PathNaming("/x"));
      expect(readReport(reader, "/x/r.xml")).toBeNull();
      expect(reader.diagnostics.map(({ code }) => code)).toEqual(["file.unreadable"]);
      expect(reader.files).toEqual([]);
    }
    const { reader, codes } = open("");
    expect(readReport(reader, `${temp}/missing.xml`)).toBeNull();
    expect(recogniseReport(reader, `${temp}/missing.xml`)).toBeNull();
    expect(codes()).toEqual(["file.unreadable", "file.unreadable"]);
  });

  it("is recognised by its content", () => {
    const { path, reader } = open(utf16Bom(declaration + gpoElement()));
    expect(recogniseReport(reader, path)).toBe("gpo-report");
  });
});

describe("gpresult /x", () => {
  const ns = "http://www.microsoft.com/GroupPolicy";
  const owner = (guid: string, precedence: string): string =>
    `<GPO xmlns="${ns}/Settings/Base"><Identifier xmlns="${ns}/Types">${guid}</Identifier></GPO>` +
    (precedence === "" ? "" : `<Precedence xmlns="${ns}/Settings/Base">${precedence}</Precedence>`);
  const audit = (value: string, precedence = "1", guid = `{${gpoGuid}}`): string =>
    tag(
      "AuditSetting",
      owner(guid, precedence) +
        tag("PolicyTarget", "System") +
        tag("SubcategoryGuid", "{0cce9240-69ae-11d9-bed3-505054503030}") +
        tag("SettingValue", value),
    );
  const key = "audit-subcategory/0cce9240-69ae-11d9-bed3-505054503030";
  const auditing = (...elements: readonly string[]): string =>
    section("Auditing", "AuditSettings", elements.join(""));
  const results = (content: string): string =>
    `<ComputerResults><Name>CORP\\DC1$</Name>${content}</ComputerResults>`;
  const document = (content: string): string =>
    `<Rsop xmlns="${ns}/Rsop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><DataType>LoggedData</DataType>${content}` +
    `<UserResults><Name>CORP\\someone</Name>${auditing(audit("0"))}</UserResults></Rsop>`;

  function rsop(text: string): { report: RsopReport | null; codes: readonly string[] } {
    const { path, reader, codes } = open(text);
    return { report: readRsopReport(reader, path), codes: codes() };
  }

  const everything = [
    "registry-value/",
    "audit-category/",
    "user-right/",
    "event-log/",
    "audit-subcategory/",
  ];
  const right = (order: string, ...members: readonly string[]): string =>
    section(
      "Security",
      "SecuritySettings",
      tag(
        "UserRightsAssignment",
        owner(`{${gpoGuid}}`, order) +
          tag("Name", "SeBackupPrivilege") +
          members.map((name) => tag("Member", `<Name>${name}</Name>`)).join(""),
      ),
    );
  const cases: readonly (readonly [title: string, content: string, values: readonly unknown[], open: readonly string[], codes: readonly string[]])[] =
    [
      ["a winner", results(auditing(audit("3"))), [[key, 3, { guid: gpoGuid }]], [], []],
      ["a user right, whose holders are shown by name", results(right("1", "LOCAL SERVICE", "Administrators")), [["user-right/sebackupprivilege", ["Administrators", "LOCAL SERVICE"], { guid: gpoGuid }]], [], []],
      ["a winner of the local GPO", results(auditing(audit("3", "1", "LocalGPO"))), [[key, 3, "local"]], [], []],
      ["a winner without a name", results(auditing(audit("3", "1", ""))), [[key, 3, null]], [], ["report.value"]],
      ["one that is beaten", results(auditing(audit("1"), audit("3", "2"))), [[key, 1, { guid: gpoGuid }]], [], ["report.loser"]],
      ["one without precedence", results(auditing(audit("1", ""))), [], [key], ["report.value"]],
      ["two winners", results(auditing(audit("1"), audit("3"))), [[key, 3, { guid: gpoGuid }]], [key], ["report.duplicate"]],
      ["a value that is none", results(auditing(audit("x"))), [], [key], ["report.value"]],
      ["an element that nobody knows", results(auditing(tag("Novelty", ""))), [], [], ["report.element-unknown"]],
      ["administrative templates", results(section("Registry", "RegistrySettings", tag("Policy", tag("Name", "P") + owner("{x}", "1")))), [], ["registry-value/"], ["report.policies-opaque"]],
      ["preference items", results(section("Windows/Registry", "RegistrySettings", tag("RegistrySettings", ""))), [], ["registry-value/"], []],
      ["a section that is not shown", results("<ExtensionData><Name>Security</Name></ExtensionData>"), [], everything, ["report.section-lost"]],
      ["no results of the computer", "", [], everything, []],
    ]; // prettier-ignore
  test.for(cases)("%s", ([, content, values, prefixes, codes]) => {
    const { report, codes: found } = rsop(document(content));
    expect(report?.settings.map((setting) => [setting.key, setting.value, setting.winner])).toEqual(values);
    expect(report?.open.map(({ keyPrefix }) => keyPrefix)).toEqual(prefixes);
    expect(found).toEqual(codes);
    expect(report?.complete).toBe(content !== "");
  });

  const gpo = (facts: string, order: string, linkEnabled = "true"): string =>
    `<GPO><Name>G</Name><Path><Identifier xmlns="${ns}/Types">{${gpoGuid}}</Identifier></Path>${facts}` +
    `<Link><SOMPath>corp.example</SOMPath><AppliedOrder>${order}</AppliedOrder><Enabled>${linkEnabled}</Enabled><NoOverride>true</NoOverride></Link></GPO>`;
  test.for([
    ["", "2", "true", "applied"],
    ["", "0", "true", "not-applied"],
    ["", "0", "false", "link-disabled"],
    ["<Enabled>false</Enabled>", "0", "true", "disabled"],
    ["<IsValid>false</IsValid>", "0", "true", "invalid"],
    ["<FilterAllowed>false</FilterAllowed>", "0", "true", "wmi-filter"],
    ["<AccessDenied>true</AccessDenied>", "0", "true", "access-denied"],
  ] as const)("GPO with %s, order %s, link %s: %s", ([facts, order, linkEnabled, state]) => {
    expect(rsop(document(results(gpo(facts, order, linkEnabled)))).report?.gpos).toMatchObject([
      {
        guid: gpoGuid,
        name: "G",
        state,
        links: [{ somPath: "corp.example", appliedOrder: Number(order), enforced: true }],
      },
    ]);
  });

  it("leaves everything open where it breaks off", () => {
    const text = document(results(auditing(audit("3"))));
    const { report } = rsop(text.slice(0, text.indexOf("<UserResults>")));
    expect(report).toMatchObject({ complete: false, computer: "CORP\\DC1$", settings: [{ value: 3 }] });
    expect(report?.open.map(({ keyPrefix }) => keyPrefix)).toEqual(everything);
  });

  it("is not a report of GPOs", () => {
    expect(read(document("")).codes).toEqual(["report.no-gpo"]);
    expect(rsop(gpoElement()).codes).toEqual(["xml.root"]);
  });
});
