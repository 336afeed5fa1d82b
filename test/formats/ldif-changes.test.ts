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

describe("change records", () => {
  const base = `dn: ${ou}\ngPLink: old\nmember: CN=a,DC=a,DC=test\n\n`;
  const modify = (dn: string, ...lines: readonly string[]): string =>
    `dn: ${dn}\nchangetype: modify\n${lines.join("\n")}\n\n`;

  test("add and replace are applied to the record before them", () => {
    const change = modify(
      ou.toLowerCase(),
      "replace: gPLink",
      "gPLink: new",
      "-",
      "add: member",
      "member: CN=b,DC=a,DC=test",
      "-",
    );
    const document = read(base + change);
    expect(document.records).toHaveLength(1);
    expect(contents(document)).toEqual([
      [ou.toLowerCase(), { gplink: ["new"], member: ["CN=a,DC=a,DC=test", "CN=b,DC=a,DC=test"] }],
    ]);
    expect(document.damaged).toBe(false);
  });

  test("replace by nothing takes the attribute away", () => {
    expect(contents(read(base + modify(ou, "replace: gPLink", "-")))).toEqual([
      [ou, { member: ["CN=a,DC=a,DC=test"] }],
    ]);
  });

  test("without a record before it, a replaced value is all there is and an added one is only a part", () => {
    const document = read(
      modify(ou, "replace: gPLink", "gPLink: new", "-", "add: member", "member: CN=b,DC=a,DC=test", "-"),
    );
    expect(contents(document)).toEqual([[ou, { gplink: ["new"], member: ["CN=b,DC=a,DC=test"] }]]);
    expect([...(document.records[0]?.partial ?? [])]).toEqual(["member"]);
  });

  test.each([
    ["delete", modify(ou, "delete: gPLink", "-"), "ldif.change-not-applied@7"],
    [
      "increment",
      modify(ou, "increment: versionNumber", "versionNumber: 1", "-"),
      "ldif.change-not-applied@7",
    ],
    ["value of another attribute", modify(ou, "replace: gPLink", "gPOptions: 1", "-"), "ldif.bad-line@8"],
    ["replace by nothing of nothing", modify("DC=b", "replace: gPLink", "-"), "ldif.change-not-applied@7"],
  ])("%s is a loss", (_, change, expected) => {
    const document = read(base + change);
    expect(codes(document)).toEqual([expected]);
    expect(document.damaged).toBe(true);
  });
});
