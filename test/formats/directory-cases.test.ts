import { describe, expect, test } from "vitest";
import { parseExtensionList } from "../../src/formats/directory/extension-list.ts";
import {
  build,
  codes,
  guid,
  link,
  links,
  found,
  gpc,
  som,
  cse,
  bare,
  tool,
} from "../util/directory-builder.ts";

describe("torture cases", () => {
  test("case 94: a version with nothing but a user half", () => {
    expect(gpc([["versionNumber", "65536"]]).gpc.machineVersion).toBe(0);
    expect(gpc([["versionNumber", "65542"]]).gpc.machineVersion).toBe(6);
  });

  test("case 95: extensions behind a break in the order are listed in vain", () => {
    const text = `[${cse("B")}${tool}][${cse("a")}${tool}][${cse("C")}${tool}]`;
    expect(parseExtensionList(text)).toEqual({
      effective: [bare("b")],
      ineffective: [bare("a"), bare("c")],
      damaged: false,
    });
    expect(gpc([["gPCMachineExtensionNames", text]]).codes).toEqual(["gpc.extensions-unsorted"]);
    const sorted = `[${cse("a")}${tool}][${cse("B")}${tool}][${cse("c")}${tool}]`;
    expect(parseExtensionList(sorted).effective).toEqual([bare("a"), bare("b"), bare("c")]);
  });

  test("case 96: several tools make one extension", () => {
    const list = parseExtensionList(`[${cse("1")}${tool}${tool}${tool}]`);
    expect(list).toEqual({ effective: [bare("1")], ineffective: [], damaged: false });
  });

  test("case 97: lower-case GUIDs are the same GUIDs", () => {
    const text = `[${cse("A")}${tool}][${cse("f")}${tool}]`;
    expect(parseExtensionList(text.toLowerCase())).toEqual(parseExtensionList(text));
  });

  test("case 98: a blank list holds nothing", () => {
    for (const text of ["", " ", " \r\n"]) {
      expect(parseExtensionList(text)).toEqual({ effective: [], ineffective: [], damaged: false });
    }
  });

  test("case 99: of a cut list the whole groups count, and it is damaged", () => {
    const text = `[${cse("1")}${tool}][${cse("2")}${tool}`;
    expect(parseExtensionList(text)).toEqual({ effective: [bare("1")], ineffective: [], damaged: true });
    expect(gpc([["gPCMachineExtensionNames", text]]).codes).toEqual(["gpc.extensions-malformed"]);
  });

  test("case 100: flags beyond the two that mean something are reported and kept", () => {
    expect(gpc([["flags", "3"]])).toMatchObject({ gpc: { flags: 3 }, codes: [] });
    expect(gpc([["flags", "6"]])).toMatchObject({ gpc: { flags: 6 }, codes: ["gpc.odd-flags"] });
    expect(gpc([])).toMatchObject({ gpc: { flags: 0 }, codes: [] });
  });

  test("case 101: a blank gPLink holds no links", () => {
    expect(links(" ")).toEqual({ links: [], damaged: false, reports: [] });
    expect(som([["gPLink", " "]])).toMatchObject({ som: { links: [], linksDamaged: false }, codes: [] });
  });

  test("case 102: of a cut gPLink the whole links count, and it is damaged", () => {
    const cut = link("1") + link("2").slice(0, -1);
    expect(found(cut)).toEqual([[guid("1"), false, false]]);
    expect(links(cut)).toMatchObject({ damaged: true, reports: ["gplink.malformed"] });
    expect(som([["gPLink", cut]])).toMatchObject({
      som: { linksDamaged: true },
      codes: ["gplink.malformed"],
    });
  });

  test("case 103: options 3 are disabled", () => {
    expect(found(link("1", 3))).toEqual([[guid("1"), true, true]]);
    expect(links(link("1", 3)).reports).toEqual([]);
  });

  test("case 104: options -1 are disabled and enforced, that is, disabled", () => {
    expect(found(link("1", -1))).toEqual([[guid("1"), true, true]]);
    expect(links(link("1", -1))).toMatchObject({ damaged: false, reports: ["gplink.odd-options"] });
  });

  test("case 105: escaped commas and brackets belong to the DN of the container, not to that of the GPO", () => {
    const dn = "OU=Büro\\, Köln \\5B1\\5D,DC=a,DC=test";
    const built = build({
      dn,
      attributes: [
        ["objectClass", "organizationalUnit"],
        ["gPLink", link("1")],
      ],
    });
    expect([...built.directory.soms.values()]).toMatchObject([
      { dn, kind: "ou", links: [{ guid: guid("1") }] },
    ]);
    expect(codes(built)).toEqual([]);
  });

  test("case 106: both links of one GPO are kept, in stored order", () => {
    expect(found(link("1", 2) + link("2") + link("1"))).toEqual([
      [guid("1"), false, true],
      [guid("2"), false, false],
      [guid("1"), false, false],
    ]);
  });

  test("case 107: gPOptions is a number in text, and 0 where it is missing", () => {
    expect(som([["gPOptions", "1"]]).som.blocksInheritance).toBe(true);
    expect(som([["gPOptions", "3"]]).som.blocksInheritance).toBe(true);
    expect(som([["gPOptions", "0"]]).som.blocksInheritance).toBe(false);
    expect(som([["gPOptions", "2"]]).som.blocksInheritance).toBe(false);
    expect(som([]).som).toMatchObject({ blocksInheritance: false, linksDamaged: false });
    expect(som([["gPOptions", "yes"]])).toMatchObject({
      som: { blocksInheritance: false, linksDamaged: true },
      codes: ["directory.bad-value"],
    });
  });
});
