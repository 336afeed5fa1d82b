import { describe, expect, test } from "vitest";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import type { LdifDocument } from "../../src/formats/ldif/parse-ldif.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): LdifDocument => parseLdif(utf8(text), "d.ldif");

/** The records as plain data: DN, then the texts of each attribute. */
function contents(document: LdifDocument): unknown {
  return document.records.map(({ dn, attributes }) => [
    dn,
    Object.fromEntries([...attributes].map(([name, values]) => [name, values.map((value) => value.text)])),
  ]);
}

function codes(document: LdifDocument): string[] {
  return document.diagnostics.map(({ code, line }) => (line === undefined ? code : `${code}@${line}`));
}

const ou = "OU=Domain Controllers,DC=a,DC=test";
const link = "[LDAP://cn={11111111-2222-3333-4444-555555555555},cn=policies,cn=system,DC=a,DC=test;0]";
const one = (gplink: string): unknown => [[ou, { gplink: [gplink] }]];

describe("torture cases", () => {
  test("case 127: a value folded inside a GUID is unfolded", () => {
    const text = `dn: ${ou}\ngPLink: ${link.slice(0, 30)}\n ${link.slice(30, 50)}\n ${link.slice(50)}\n`;
    const document = read(text);
    expect(contents(document)).toEqual(one(link));
    expect(document.records[0]?.attributes.get("gplink")?.[0]?.line).toBe(2);
    expect(codes(document)).toEqual([]);
  });

  test("case 128: base64 is decoded as UTF-8", () => {
    const dn = "OU=Büro\\, Köln,DC=a,DC=test";
    const text = `dn:: ${btoa(String.fromCharCode(...utf8(dn)))}\ngPLink:: IA==\ndisplayName::  w4RyZ2Vy \n`;
    expect(contents(read(text))).toEqual([[dn, { gplink: [" "], displayname: ["Ärger"] }]]);
  });

  test("case 129: a tab continues a line as a space does", () => {
    expect(contents(read(`dn: ${ou}\ngPLink: ${link.slice(0, 9)}\n\t${link.slice(9)}\n`))).toEqual(one(link));
  });

  test("case 130: a value behind a URL is refused", () => {
    const document = read(`dn: ${ou}\ngPLink:< file:///etc/passwd\ndescription:< file:///etc/shadow\n`);
    expect(document.records[0]?.attributes.get("gplink")).toEqual([
      { text: null, bytes: new Uint8Array(0), line: 2, damaged: true },
    ]);
    expect(codes(document)).toEqual(["ldif.url-refused@2", "ldif.url-refused@3"]);
  });

  test("case 131: UTF-16LE is read", () => {
    const bytes = Buffer.from(`\uFEFFdn: ${ou}\r\ngPLink: ${link}\r\n\r\n`, "utf16le");
    const document = parseLdif(bytes, "d.ldif");
    expect(document).toMatchObject({ encoding: "utf-16le", bom: true, damaged: false });
    expect(contents(document)).toEqual(one(link));
  });

  test("case 132: the last record needs no line end", () => {
    const document = read(`dn: ${ou}\ngPLink: ${link}`);
    expect(contents(document)).toEqual(one(link));
    expect(document.damaged).toBe(false);
    expect(document.diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
      ["info", "ldif.unterminated"],
    ]);
  });

  test("case 133: bad base64 is damage, not a value", () => {
    for (const base64 of ["IA=", "IA", "I A==", "IA==IA==", "Zm9v*mFy", "===="]) {
      const document = read(`dn: ${ou}\ngPLink:: ${base64}\n`);
      expect(document.records[0]?.attributes.get("gplink")?.[0]).toMatchObject({ text: null, damaged: true });
      expect(codes(document)).toEqual(["ldif.bad-base64@2"]);
      expect(document.damaged).toBe(false);
    }
  });
});

describe("the three tools", () => {
  test("ldapsearch: trailers, referrals and rootDSE are no records", () => {
    const text = [
      "# extended LDIF",
      "# base <DC=a,DC=test> with scope",
      "#  subtree",
      "",
      "dn:",
      "supportedControl: 1.2.3",
      "",
      "# Domain Controllers, a.test",
      `dn: ${ou}`,
      "objectClass: organizationalUnit",
      "",
      "# search reference",
      "ref: ldaps://a.test/CN=Configuration,DC=a,DC=test",
      "",
      "# refldaps://a.test/CN=Configuration,DC=a,DC=test",
      "# search result",
      "search: 2",
      "result: 0 Success",
      "control: 1.2.840.113556.1.4.319 false MAUCAQAEAA==",
      "pagedresults: cookie=",
      "",
      "# numResponses: 4",
      "# numEntries: 2",
      "",
    ].join("\n");
    const document = read(text);
    expect(contents(document)).toEqual([[ou, { objectclass: ["organizationalUnit"] }]]);
    expect(codes(document)).toEqual([]);
    expect(document.damaged).toBe(false);
  });

  test("ldbsearch: numbered records, a pseudo record for the referral, a count at the end", () => {
    const text = `# record 1\ndn: ${ou}\nobjectSid: S-1-5-21-1-2-3\n\n# Referral\nref: ldap://a.test/X\n\n# returned 2 records\n# 1 entries\n# 1 referrals\n`;
    const document = read(text);
    expect(contents(document)).toEqual([[ou, { objectsid: ["S-1-5-21-1-2-3"] }]]);
    expect(document.damaged).toBe(false);
  });

  test("ldifde: changetype add is an entry", () => {
    const text = `version: 1\r\ndn: ${ou}\r\nchangetype: add\r\ngPLink: ${link}\r\n\r\n`;
    expect(contents(read(text))).toEqual(one(link));
  });

  test("CR CR LF, CR and whitespace-only lines", () => {
    const text = `dn: ${ou}\r\r\ngPLink: ${link}\r\r\n \r\r\ndn: DC=a,DC=test\rgPOptions: 1\r`;
    // A lone space continues the line before it with nothing, so the second record has no blank line before it.
    expect(codes(read(text))).toEqual(["ldif.bad-line@4"]);
    expect(read(text).damaged).toBe(true);
    expect(contents(read(text.replace(" \r\r\n", "\r\r\n  \r\r\n")))).toEqual([
      [ou, { gplink: [link] }],
      ["DC=a,DC=test", { gpoptions: ["1"] }],
    ]);
  });

  test("attribute names in any case, options stripped, unneeded attributes left out", () => {
    const document = read(`dn: ${ou}\ngpLINK;x-opt: ${link}\nwhenCreated: 2020\n1.2.840.1;x: y\n`);
    expect(contents(document)).toEqual(one(link));
    expect(document.diagnostics).toEqual([]);
  });

  test.each([
    ["member;range=0-1499: CN=x,DC=a,DC=test", ["member"], ["ldif.range@2"]],
    ["member;range=0-*: CN=x,DC=a,DC=test", [], []],
  ])("%s", (line, partial, expected) => {
    const document = read(`dn: CN=g,DC=a,DC=test\n${line}\n`);
    expect([...(document.records[0]?.partial ?? [])]).toEqual(partial);
    expect(codes(document)).toEqual(expected);
  });
});
