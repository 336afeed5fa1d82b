import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDirectory } from "../../src/formats/directory/build-directory.ts";
import { parseDirectoryFile } from "../../src/formats/snapshot/parse-directory-file.ts";
import { parseSnapshot } from "../../src/formats/snapshot/parse-snapshot.ts";
import type { SnapshotHeader } from "../../src/formats/snapshot/snapshot-header.ts";
import type { SnapshotObject } from "../../src/formats/snapshot/write-snapshot.ts";
import { snapshotValue, writeSnapshot } from "../../src/formats/snapshot/write-snapshot.ts";
import { dnKey } from "../../src/model/dn.ts";
import { repoPath } from "../util/run.ts";

const header: SnapshotHeader = {
  collected: {
    time: "2026-01-02T03:04:05.000Z",
    server: "dc1.corp.example",
    transport: "ldaps",
    certificate: "verified",
    account: "administrator",
    tool: "0.1.0",
  },
  domains: [{ dn: "DC=corp,DC=example", name: "corp.example", sid: "S-1-5-21-1-2-3" }],
  notCollected: [],
  problems: [],
  lookedUp: { names: ["svcmdi"], principalNames: [] },
};

function object(
  dn: string,
  attributes: Readonly<Record<string, readonly string[]>>,
  partial: readonly string[] = [],
): SnapshotObject {
  return { dn, attributes: new Map(Object.entries(attributes)), partial: new Set(partial) };
}

const objects = [
  object("OU=Zoo,DC=corp,DC=example", { objectclass: ["organizationalUnit"], gplink: ["\n x"] }),
  object("DC=corp,DC=example", { objectclass: ["domainDNS"] }),
  object("CN=g\\, h,DC=corp,DC=example", { objectclass: ["group"], member: ["CN=a", "CN=ü"] }, ["member"]),
];
const whole = writeSnapshot(header, objects);
const lines = whole.split("\n");

function parse(text: string | Uint8Array) {
  return parseSnapshot(typeof text === "string" ? new TextEncoder().encode(text) : text, "x.gpodir.json");
}

function codes(text: string): readonly string[] {
  return parse(text).diagnostics.map(({ code, line }) => `${code}${line === undefined ? "" : `:${line}`}`);
}

describe("a snapshot", () => {
  it("comes back as it was written, by DN, each object at its line", () => {
    const document = parse(whole);
    expect(document.header).toEqual(header);
    expect(document.damaged).toBe(false);
    expect(document.encoding).toBe("utf-8");
    expect(document.records.map(({ dn, location }) => [dn, location.line])).toEqual([
      ["CN=g\\, h,DC=corp,DC=example", 2],
      ["DC=corp,DC=example", 3],
      ["OU=Zoo,DC=corp,DC=example", 4],
    ]);
    expect(document.records[0]?.attributes.get("member")?.map(({ text, line }) => [text, line])).toEqual([
      ["CN=a", 2],
      ["CN=ü", 2],
    ]);
    expect([...(document.records[0]?.partial ?? [])]).toEqual(["member"]);
    expect(codes(whole)).toEqual(["snapshot.partial:2"]);
  });

  it("does not depend on the order in which a server sends its objects", () => {
    expect(writeSnapshot(header, objects.toReversed())).toBe(whole);
  });

  it("keeps every value, whatever its bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const value = snapshotValue(bytes);
        const record = parse(
          writeSnapshot(header, [{ dn: "CN=x", attributes: new Map([["a", [value]]]), partial: new Set() }]),
        ).records[0];
        expect(Buffer.from(record?.attributes.get("a")?.[0]?.bytes ?? [])).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each([
    ["text", "Büro 你好 \t\r\n", "Büro 你好 \t\r\n"],
    ["a byte order mark, which is part of the value", "\ufeffx", "\ufeffx"],
    [
      "the SID of a built-in group, valid UTF-8 all the same",
      Buffer.from("01020000000000052000000020020000", "hex"),
      { base64: "AQIAAAAAAAUgAAAAIAIAAA==" },
    ],
    ["bytes that are no UTF-8", Buffer.from([0x41, 0xff]), { base64: "Qf8=" }],
    ["the character that stands for them", "\ufffd", { base64: "77+9" }],
  ])("writes %s in a form that shows what it is", (_what, value, expected) => {
    expect(snapshotValue(Buffer.from(value))).toEqual(expected);
  });

  it("is what its schema describes", () => {
    const schema = JSON.parse(
      readFileSync(repoPath("policies/schema/snapshot.schema.json"), "utf8"),
    ) as object;
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    const value = JSON.parse(whole) as Record<string, unknown>;
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    const base64 = writeSnapshot(header, [
      { dn: "CN=x", attributes: new Map([["a", [{ base64: "AA==" }]]]), partial: new Set() },
    ]);
    expect(validate(JSON.parse(base64)), JSON.stringify(validate.errors)).toBe(true);
    for (const name of Object.keys(value)) {
      const { [name]: _left, ...rest } = value;
      expect(validate(rest), `without ${name}`).toBe(false);
    }
    expect(validate({ ...value, objects: [{ dn: "CN=x", attributes: { A: ["x"] } }] })).toBe(false);
  });
});

describe("damage", () => {
  const edit = (line: number, change: (text: string) => string): string =>
    lines.map((text, index) => (index === line - 1 ? change(text) : text)).join("\n");

  it.each([
    [
      "a lost object",
      lines.filter((_, index) => index !== 2).join("\n"),
      ["snapshot.partial:2", "snapshot.truncated"],
      2,
    ],
    ["a lost end", lines.slice(0, 4).join("\n"), ["snapshot.partial:2", "snapshot.truncated"], 3],
    [
      "a cut line",
      whole.slice(0, whole.indexOf("domainDNS")),
      ["snapshot.partial:2", "snapshot.bad-object:3", "snapshot.truncated"],
      1,
    ],
    ["something behind the end", `${whole}{}`, ["snapshot.partial:2", "snapshot.bad-object:6"], 3],
    [
      "an unknown field",
      edit(3, (text) => text.replace('{"dn"', '{"extra":1,"dn"')),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
    [
      "an object without a DN",
      edit(3, (text) => text.replace('"dn"', '"Dn"')),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
    [
      "a DN that is none",
      edit(3, (text) => text.replace("DC=corp", "corp")),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
    [
      "a value that is none",
      edit(3, (text) => text.replace('"domainDNS"', "7")),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
    [
      "base64 that is none",
      edit(3, (text) => text.replace('"domainDNS"', '{"base64":"AAA"}')),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
    [
      "no value",
      edit(3, (text) => text.replace('"domainDNS"', "")),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
    [
      "a name in capitals",
      edit(3, (text) => text.replace("objectclass", "objectClass")),
      ["snapshot.partial:2", "snapshot.bad-object:3"],
      2,
    ],
  ] as const)("%s is seen, and nothing is taken for whole", (_what, text, expected, records) => {
    const document = parse(text);
    expect(codes(text)).toEqual(expected);
    expect(document.damaged).toBe(true);
    expect(document.records).toHaveLength(records);
  });

  it.each([
    ["another layout", JSON.stringify(JSON.parse(whole), null, 2)],
    ["one line", JSON.stringify(JSON.parse(whole))],
    ["another kind", whole.replace("gpolint-directory", "other")],
    ["a later version", whole.replace('"1.0"', '"2.0"')],
    ["an account of another kind", whole.replace('"administrator"', '"root"')],
    ["no account", whole.replace('"account":"administrator",', "")],
    ["no count", whole.replace('"objectCount":3', '"objectCount":"3"')],
    ["no JSON", `{${whole}`],
    ["nothing but a brace", "{"],
    ["JSON of something else", '{"a":1}'],
    ["nothing", ""],
  ])("%s is refused as a whole", (_what, text) => {
    const document = parse(text);
    expect(document.records).toEqual([]);
    expect(document.header).toBeNull();
    expect(document.damaged).toBe(true);
    expect(document.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "error snapshot.refused",
    ]);
  });

  it("that the server did is damage too", () => {
    const document = parse(
      writeSnapshot({ ...header, problems: [{ what: "GPOs", why: "size limit" }] }, objects),
    );
    expect(document.damaged).toBe(true);
    expect(document.diagnostics[0]).toMatchObject({
      code: "snapshot.problem",
      severity: "error",
      detail: "GPOs: size limit",
    });
  });

  it("never throws, and every place lies inside the file", () => {
    const bytes = new TextEncoder().encode(whole);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 5 }),
        fc.nat(bytes.length),
        (changes, cut) => {
          const copy = Uint8Array.from(bytes);
          for (const [at, byte] of changes) copy[at] = byte;
          const document = parse(copy.subarray(0, cut));
          for (const { line } of document.diagnostics)
            expect(line ?? 1).toBeLessThanOrEqual(lines.length + 5);
          if (document.records.length < 3) expect(document.damaged).toBe(true);
          buildDirectory(document.records);
        },
      ),
    );
  });
});

describe("what a snapshot admits", () => {
  it.each([
    [{ transport: "plaintext", certificate: "not-verified" }, "dc1.corp.example was read without encryption"],
    [
      { transport: "ldaps", certificate: "not-verified" },
      "the certificate of dc1.corp.example was not verified",
    ],
  ] as const)("%j is a warning", (change, detail) => {
    const text = writeSnapshot({ ...header, collected: { ...header.collected, ...change } }, []);
    expect(parse(text).diagnostics).toMatchObject([
      { code: "snapshot.unverified", severity: "warning", detail },
    ]);
  });

  it("what was not collected is told", () => {
    const text = writeSnapshot({ ...header, notCollected: [{ what: "domain a", why: "b" }] }, []);
    expect(parse(text)).toMatchObject({
      damaged: false,
      diagnostics: [{ code: "snapshot.not-collected", detail: "domain a: b" }],
    });
  });
});

describe("a directory file", () => {
  const utf16 = Buffer.from(`\ufeff${whole}`, "utf16le");
  it.each([
    ["a snapshot", Buffer.from(whole), "gpolint snapshot"],
    ["a snapshot with a byte order mark", Buffer.from(`\ufeff${whole}`), "gpolint snapshot"],
    ["a snapshot that a shell wrote in UTF-16", utf16, "gpolint snapshot"],
    ["a snapshot with CR LF", Buffer.from(whole.replaceAll("\n", "\r\n")), "gpolint snapshot"],
    ["LDIF", Buffer.from("dn: DC=corp,DC=example\nobjectClass: domainDNS\n"), "LDIF"],
  ])("is told by its content: %s", (_what, bytes, kind) => {
    const document = parseDirectoryFile(bytes, "directory.any");
    expect(document.kind).toBe(kind);
    expect(document.damaged).toBe(false);
    const { domains } = buildDirectory(document.records).directory;
    expect([...domains.keys()]).toEqual(["corp.example"]);
    expect(dnKey(document.records[0]?.dn ?? "")).toContain("dc=corp");
  });
});
