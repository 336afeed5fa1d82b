import { describe, expect, test } from "vitest";
import { parseGppRegistry } from "../../src/formats/gpp-xml/parse-gpp-registry.ts";
import { limits } from "../../src/model/limits.ts";
import { concat, lfsPointer, utf8 } from "../util/bytes.ts";
import type { Summary } from "../util/summary.ts";
import { summarize } from "../util/summary.ts";
import { utf16, utf16Bom } from "../util/utf16.ts";

const path = "{A}/Machine/Preferences/Registry/Registry.xml";
const all = "registry-value/";
const file = (...items: readonly string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\r\n<RegistrySettings clsid="{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}">\r\n${items.join("\r\n")}\r\n</RegistrySettings>`;
const xml = (...items: readonly string[]) => utf8(file(...items));
const properties = (attributes: string, children = "") =>
  `<Properties hive="HKEY_LOCAL_MACHINE" key="Soft\\A" ${attributes}>${children}</Properties>`;
const item = (attributes: string, outer = "", inner = "") =>
  `<Registry name="n"${outer}>${properties(attributes)}${inner}</Registry>`;
const typed = (type: string, value: string) => item(`action="U" name="X" type="${type}" value="${value}"`);
const dword = 'name="X" type="REG_DWORD" value="00000007"';
const filters = "<Filters><FilterComputer/><FilterRunOnce/></Filters>";

const cases: readonly (readonly [title: string, bytes: Uint8Array, expected: Partial<Summary>])[] = [
  [
    "case 125: disabled items and hexadecimal numbers",
    xml(
      item(dword, ' disabled="1"'),
      item(`action="U" ${dword}`),
      typed("REG_DWORD", "7"),
      typed("REG_DWORD", "0x7"),
      item('action="U" displayDecimal="1" name="X" type="REG_DWORD" value="10"'),
    ),
    {
      codes: ["gpp.disabled", "gpp.hex"],
      writes: ["set soft\\a\\x = 7", "set soft\\a\\x = 7", "set soft\\a\\x = 7", "set soft\\a\\x = 16"],
    },
  ],
  [
    "case 126: control characters",
    xml(typed("REG_SZ", "a\u0001")),
    { codes: ["gpp.refused"], open: [`${all} gpp.malformed`] },
  ],
  [
    "a reference to a control character",
    xml(typed("REG_SZ", "&#1;")),
    { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] },
  ],
  [
    "a document type",
    utf8(`<!DOCTYPE x [<!ENTITY a "b">]>${file()}`),
    { codes: ["gpp.refused"], open: [`${all} gpp.malformed`] },
  ],
  [
    "an unknown entity",
    xml(typed("REG_SZ", "&a;")),
    { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] },
  ],
  [
    "an element left open",
    utf8(file().slice(0, -4)),
    { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] },
  ],
  ["two roots", utf8(`${file()}<a/>`), { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] }],
  ["text behind the root", utf8(`${file()}x`), { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] }],
  ["no XML", utf8("words"), { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] }],
  ["an empty file", utf8(""), { codes: ["gpp.malformed"], open: [`${all} gpp.malformed`] }],
  ["another root", utf8("<Other/>"), { codes: ["gpp.root"], open: [`${all} gpp.malformed`] }],
  ["a NUL character", concat(xml(), utf8("\0")), { codes: ["text.nul"], open: [`${all} gpp.malformed`] }],
  ["a Git LFS pointer", lfsPointer, { codes: ["file.lfs-pointer"], open: [`${all} file.lfs-pointer`] }],
  ["UTF-16 that declares UTF-8", utf16Bom(file(item(dword))), { writes: ["set soft\\a\\x = 7"] }],
  [
    "UTF-16 without byte order mark",
    utf16(file(item(dword))),
    { codes: ["text.no-bom"], writes: ["set soft\\a\\x = 7"] },
  ],
  [
    "a prefix",
    utf8(
      file(item(dword))
        .replaceAll(/<(\/?)(?=[RP])/g, "<$1q:")
        .replace("<q:RegistrySettings", '<q:RegistrySettings xmlns:q="x"'),
    ),
    { writes: ["set soft\\a\\x = 7"] },
  ],
  ["nothing", xml(), {}],
  [
    "actions",
    xml(item(dword), ...["C", "R", "U", "D", "X"].map((action) => item(`action="${action}" ${dword}`))),
    {
      codes: ["gpp.action"],
      writes: [
        "set soft\\a\\x = 7",
        "set-if-absent soft\\a\\x = 7",
        "set soft\\a\\x = 7",
        "set soft\\a\\x = 7",
        "delete soft\\a\\x",
        "unusable soft\\a\\x",
      ],
    },
  ],
  [
    "items about a key: delete, replace, update",
    xml(...["D", "R", "U", ""].map((action) => item(`action="${action}" name="" type="REG_SZ" value=""`))),
    { writes: ["delete-keys soft\\a\\", "delete-keys soft\\a\\"] },
  ],
  [
    "an unknown action on a key",
    xml(item('action="X" name=""')),
    { codes: ["gpp.action"], open: ["registry-value/machine\\soft\\a\\ gpp.action"] },
  ],
  [
    "a value without a name",
    xml(item('name="" type="REG_SZ" value="v"')),
    { codes: ["gpp.value"], writes: ["unusable soft\\a\\"] },
  ],
  [
    "the default value",
    xml(item('default="1" name="" type="REG_SZ" value="v"'), item('action="D" default="1" name=""')),
    { writes: ['set soft\\a\\ = "v"', "delete soft\\a\\"] },
  ],
  [
    "types",
    xml(
      typed("REG_SZ", "a&amp;b&#x41;&#10;"),
      typed("REG_EXPAND_SZ", "%x%"),
      typed("REG_BINARY", "0aFF"),
      typed("REG_QWORD", "0000000100000005"),
      typed("REG_QWORD", "8000000000000001"),
      `<Registry>${properties('name="L" type="REG_MULTI_SZ" value="a b"', "<Values><Value>a </Value><Value>b&lt;</Value></Values>")}</Registry>`,
      item('name="L" type="REG_MULTI_SZ" value=""'),
    ),
    {
      writes: [
        'set soft\\a\\x = "a&bA\\n"',
        'set soft\\a\\x = "%x%"',
        'set soft\\a\\x = "0aff"',
        "set soft\\a\\x = 4294967301",
        'set soft\\a\\x = "9223372036854775809"',
        'set soft\\a\\l = ["a ","b<"]',
        "set soft\\a\\l = []",
      ],
    },
  ],
  [
    "values that do not fit their type",
    xml(
      typed("REG_DWORD", ""),
      typed("REG_DWORD", "123456789"),
      typed("REG_DWORD", "xyz"),
      typed("REG_BINARY", "0"),
      typed("REG_MULTI_SZ", "a b"),
      typed("REG_ODD", "1"),
    ),
    { codes: ["gpp.value"], writes: Array.from({ length: 6 }, () => "unusable soft\\a\\x") },
  ],
  [
    "what does not reach the machine",
    xml(
      item(dword, ' userContext="1"'),
      item(dword).replace("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER"),
      item(dword).replace("HKEY_LOCAL_MACHINE", "HKEY_USERS"),
    ),
    {},
  ],
  [
    "an unknown hive",
    xml(item(dword).replace("HKEY_LOCAL_MACHINE", "HKLM")),
    { codes: ["gpp.item"], open: [`${all} gpp.item`] },
  ],
  ["an item without properties", xml("<Registry/>"), { codes: ["gpp.item"], open: [`${all} gpp.item`] }],
  [
    "all disabled",
    utf8(file(item(dword)).replace("clsid", 'disabled="1" clsid')),
    { codes: ["gpp.disabled"] },
  ],
  [
    "a disabled collection",
    xml(`<Collection disabled="1"><Collection>${item(dword)}</Collection></Collection>`),
    { codes: ["gpp.disabled"] },
  ],
  [
    "targeting of an item",
    xml(item(dword, "", filters)),
    { codes: ["gpp.filter"], writes: ["set soft\\a\\x = 7 ? gpp.filter"] },
  ],
  ["targeting of nobody", xml(item(dword, "", "<Filters/>")), { writes: ["set soft\\a\\x = 7"] }],
  [
    "an unknown element",
    xml(`<registry>${properties(dword)}</registry>`),
    { codes: ["gpp.element-unknown"] },
  ],
  [
    "a variable in a key",
    xml(`<Registry><Properties hive="HKEY_LOCAL_MACHINE" key="Soft\\%Name%\\B" ${dword}/></Registry>`),
    { codes: ["gpp.variable"], open: ["registry-value/machine\\soft\\ gpp.variable"] },
  ],
  [
    "backslashes around a key",
    xml(`<Registry><Properties hive="HKEY_LOCAL_MACHINE" key="\\K\\" ${dword}/></Registry>`),
    { writes: ["set k\\x = 7"] },
  ],
];

describe("GPP Registry.xml", () => {
  test.for(cases)("%s", ([, bytes, expected]) => {
    expect(summarize(parseGppRegistry(bytes, path))).toEqual({
      codes: [],
      writes: [],
      open: [],
      ...expected,
    });
  });

  test("one doubt for each filter, shared by what is below it", () => {
    const collection = `<Collection>${filters}${item(dword)}${item(dword)}</Collection>`;
    const { writes } = parseGppRegistry(xml(collection, item(dword, "", filters), item(dword)), path);
    const doubts = writes.map(({ doubt }) => doubt);
    expect(doubts[0]).not.toBeNull();
    expect(doubts[1]).toBe(doubts[0]);
    expect(doubts[2]).toEqual(doubts[0]);
    expect(doubts[2]).not.toBe(doubts[0]);
    expect(doubts[3]).toBeNull();
  });

  test("entries name the line of the item, writes that of its properties", () => {
    const multiline = `<!--\r\n<Registry>\r\n-->\r\n<Registry name="n">\r\n\t<Properties\r\n hive="HKEY_LOCAL_MACHINE" key="K" name="a&gt;" action="U" type="REG_DWORD" value="0000000a"/></Registry>`;
    const document = parseGppRegistry(xml(item(dword), multiline), path);
    expect(document.entries).toEqual([
      {
        action: "",
        key: "HKEY_LOCAL_MACHINE\\Soft\\A",
        name: "X",
        type: "REG_DWORD",
        value: "00000007",
        line: 3,
      },
      {
        action: "U",
        key: "HKEY_LOCAL_MACHINE\\K",
        name: "a>",
        type: "REG_DWORD",
        value: "0000000a",
        line: 7,
      },
    ]);
    expect(document.writes[1]).toMatchObject({
      location: { path, line: 8 },
      quote:
        '<Properties hive="HKEY_LOCAL_MACHINE" key="K" name="a&gt;" action="U" type="REG_DWORD" value="0000000a"/>',
    });
  });

  test("a file of the user side says nothing about the machine", () => {
    const user = parseGppRegistry(xml(item(dword)), "{A}/User/Preferences/Registry/Registry.xml");
    expect(user.writes).toEqual([]);
    expect(user.entries.length).toBe(1);
    expect(parseGppRegistry(utf8("<"), "{A}/User/Preferences/Registry/Registry.xml").open).toEqual([]);
  });

  test("limits of depth, attributes and size", () => {
    const deep = (depth: number) => xml("<Collection>".repeat(depth) + "</Collection>".repeat(depth));
    const exceeded = { codes: ["limit.exceeded"], writes: [], open: [`${all} gpp.malformed`] };
    expect(summarize(parseGppRegistry(deep(limits.xmlDepth - 4), path)).open).toEqual([]);
    expect(summarize(parseGppRegistry(deep(limits.xmlDepth + 1), path))).toEqual(exceeded);
    const wide = Array.from({ length: limits.xmlAttributes + 1 }, (_, i) => `a${i}="1"`).join(" ");
    expect(summarize(parseGppRegistry(xml(`<Collection ${wide}/>`), path))).toEqual(exceeded);
    expect(summarize(parseGppRegistry(new Uint8Array(limits.fileBytes + 1), path)).open).toEqual([
      `${all} limit.exceeded`,
    ]);
  });

  test("names that a JavaScript object would take for its own are only names", () => {
    const document = parseGppRegistry(
      xml('<__proto__/><constructor/><Collection __proto__="1" toString="2"/>', item(dword)),
      path,
    );
    expect({}.constructor).toBe(Object);
    expect([...document.writes, ...document.open].length).toBe(1);
  });
});
