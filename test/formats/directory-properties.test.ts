import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExtensionList } from "../../src/formats/directory/extension-list.ts";
import { build, guid, gpoDn, link, links, cse } from "../util/directory-builder.ts";

describe("properties", () => {
  const pieces = fc.constantFrom(
    "[",
    "]",
    ";",
    "LDAP://",
    "CN=",
    `{${guid("1")}}`,
    ",DC=a",
    "0",
    "-1",
    " ",
    "{",
    "}",
    link("1"),
    `[${cse("1")}]`,
  );

  test("arbitrary values never throw, and what is left over is damage", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }).map((parts) => parts.join("")),
        (text) => {
          const result = links(text);
          expect(result.damaged).toBe(result.reports.some((code) => code !== "gplink.odd-options"));
          if (!result.damaged) {
            const again = result.links.map((item) => `[LDAP://${item.gpoDn};${item.options}]`).join("");
            expect(links(again).links).toEqual(result.links);
          }
          const list = parseExtensionList(text);
          if (list.effective.length + list.ineffective.length === 0 && text.trim() !== "")
            expect(list.damaged).toBe(true);
        },
      ),
    );
  });

  test("any mix of attributes and values is built without a throw", () => {
    const names = fc.constantFrom(
      "objectClass",
      "userAccountControl",
      "gPLink",
      "gPOptions",
      "objectSid",
      "member",
      "memberOf",
      "nTSecurityDescriptor",
      "gPCWQLFilter",
      "versionNumber",
      "tokenGroups",
      "serverReference",
      "groupType",
      "isDeleted",
    );
    const values = fc.oneof(
      fc.string(),
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        "computer",
        "group",
        "site",
        "server",
        "organizationalUnit",
        "groupPolicyContainer",
        "domainDNS",
        "8192",
        "1",
        link("1"),
      ),
    );
    const dns = fc.constantFrom(
      "DC=a,DC=test",
      "OU=x,DC=a,DC=test",
      gpoDn("1"),
      "CN=g,DC=a,DC=test",
      "CN=s,CN=Sites,CN=Configuration,DC=a",
      "CN=y,CN=Servers,CN=s,CN=Sites,CN=Configuration,DC=a",
      "CN=S-1-5-11,CN=ForeignSecurityPrincipals,DC=a,DC=test",
    );
    const records = fc.array(
      fc.record({ dn: dns, attributes: fc.array(fc.tuple(names, values), { maxLength: 8 }) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(records, (input) => {
        const built = build(...input);
        for (const { path } of built.diagnostics) expect(path).toBe("d.ldif");
        for (const { linksDamaged, links: all } of built.directory.soms.values())
          expect(linksDamaged || all.every((item) => item.guid !== "")).toBe(true);
      }),
    );
  });
});
