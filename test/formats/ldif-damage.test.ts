import { describe, expect, test } from "vitest";
import { parseLdif } from "../../src/formats/ldif/parse-ldif.ts";
import type { LdifDocument } from "../../src/formats/ldif/parse-ldif.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): LdifDocument => parseLdif(utf8(text), "d.ldif");

function codes(document: LdifDocument): string[] {
  return document.diagnostics.map(({ code, line }) => (line === undefined ? code : `${code}@${line}`));
}

const ou = "OU=Domain Controllers,DC=a,DC=test";
const link = "[LDAP://cn={11111111-2222-3333-4444-555555555555},cn=policies,cn=system,DC=a,DC=test;0]";

describe("what makes a whole file doubtful", () => {
  const good = `dn: ${ou}\ngPLink: ${link}\n`;
  test.each([
    ["empty", "", ["ldif.not-ldif"]],
    ["only comments", "# nothing\n", ["ldif.not-ldif"]],
    ["prose", "Hello World\n", ["ldif.bad-line@1", "ldif.not-ldif"]],
    ["csvde", 'DN,objectClass,gPLink\n"OU=x",y,z\n', ["ldif.csvde"]],
    ["LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", ["file.lfs-pointer"]],
    ["cut inside a name", `${good}gPOpti`, ["ldif.unterminated@3", "ldif.bad-line@3"]],
    ["no DN", `${good}\nobjectClass: top\n`, ["ldif.no-dn@4"]],
    ["bad DN", `${good}\ndn: nonsense\n`, ["ldif.bad-dn@4"]],
    ["DN not UTF-8", `${good}\ndn:: /w==\n`, ["ldif.bad-dn@4"]],
    ["DN of damaged base64", `${good}\ndn:: /w=\n`, ["ldif.bad-base64@4", "ldif.bad-dn@4"]],
    ["two DNs", `${good}dn: DC=a,DC=test\n`, ["ldif.bad-line@3"]],
    ["continuation of nothing", `${good}\n lost\n`, ["ldif.bad-line@4"]],
    ["name with a blank", `${good}gP Options: 1\n`, ["ldif.bad-line@3"]],
    ["NULs", `${good}\0\0\0\0\n`, ["text.nul"]],
    ["size limit", `${good}\nsearch: 2\nresult: 4 Size limit exceeded\n`, ["ldif.search-incomplete@5"]],
    ["size limit in a comment", `${good}\n# result: 4 Size limit exceeded\n`, ["ldif.search-incomplete@4"]],
    [
      "a page that was not fetched",
      `${good}\n# pagedresults: cookie=AQAAAA==\n`,
      ["ldif.search-incomplete@4"],
    ],
    ["fewer entries than counted", `${good}\n# numEntries: 2\n`, ["ldif.search-incomplete@4"]],
    ["fewer records than counted", `${good}\n# 2 entries\n`, ["ldif.search-incomplete@4"]],
    ["a numbered record is missing", `# record 2\n${good}\n# 1 entries\n`, ["ldif.search-incomplete@1"]],
    ["object deleted later", `${good}\ndn: ${ou}\nchangetype: delete\n`, ["ldif.change-not-applied@4"]],
    [
      "object renamed later",
      `${good}\ndn: ${ou}\nchangetype: modrdn\nnewrdn: OU=y\n`,
      ["ldif.change-not-applied@4"],
    ],
  ])("%s", (_, text, expected) => {
    const document = read(text);
    expect(codes(document)).toEqual(expected);
    expect(document.damaged).toBe(true);
  });

  test("half a UTF-16 character at the end", () => {
    const bytes = Buffer.from(`\uFEFF${good}`, "utf16le");
    expect(parseLdif(bytes.subarray(0, -1), "d.ldif")).toMatchObject({ damaged: true });
    expect(parseLdif(bytes, "d.ldif")).toMatchObject({ damaged: false });
  });

  test("numbered records without the count at the end are worth a warning", () => {
    const document = read(`# record 1\n${good}\n`);
    expect(codes(document)).toEqual(["ldif.no-count@1"]);
    expect(document.damaged).toBe(false);
    expect(read(`# record 1\n${good}\n# 1 entries\n`).diagnostics).toEqual([]);
  });

  test("pages that were fetched to the end", () => {
    expect(read(`${good}\n# pagedresults: cookie=AQ==\n\n# pagedresults: cookie=\n`).damaged).toBe(false);
  });
});
