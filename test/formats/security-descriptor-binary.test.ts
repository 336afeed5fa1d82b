import { describe, expect, test } from "vitest";
import { parseSecurityDescriptor } from "../../src/formats/security-descriptor/parse-binary.ts";
import type { SecurityDescriptorFact } from "../../src/model/gpo.ts";
import type { AceSpec } from "../util/descriptor-writer.ts";
import { applyAndRead, applyGroupPolicy, writeDescriptor } from "../util/descriptor-writer.ts";

function dacl(fact: SecurityDescriptorFact): unknown {
  return fact.state === "read" ? fact.descriptor.dacl : fact.state;
}

const ace = (spec: Partial<Record<string, unknown>>): unknown => ({
  type: "allow",
  conditional: false,
  inheritOnly: false,
  mask: 0x100,
  objectType: null,
  sid: "S-1-5-11",
  ...spec,
});

describe("binary", () => {
  test("the hand-made Apply-Group-Policy entry", () => {
    const entry = "05022800000100000100 00008FFDACEDB3FFD111B41D00A0C968F9390101000000000005 0B000000";
    const bytes = Buffer.from(writeDescriptor({ dacl: applyAndRead("S-1-5-11").slice(0, 1) }));
    expect(bytes.subarray(-40).toString("hex")).toBe(entry.replaceAll(" ", "").toLowerCase());
    expect(dacl(parseSecurityDescriptor(bytes))).toEqual([ace({ objectType: applyGroupPolicy })]);
  });

  test("no DACL and an empty DACL are opposites", () => {
    expect(dacl(parseSecurityDescriptor(writeDescriptor({ dacl: null })))).toBeNull();
    expect(dacl(parseSecurityDescriptor(writeDescriptor({ dacl: [] })))).toEqual([]);
    const nullDacl = writeDescriptor({ dacl: [] });
    nullDacl.fill(0, 16, 20);
    expect(dacl(parseSecurityDescriptor(nullDacl))).toBeNull();
  });

  test("an export of nothing but the audit part shows no DACL", () => {
    const bytes = writeDescriptor({ dacl: null });
    bytes.fill(0, 4, 12);
    expect(parseSecurityDescriptor(bytes)).toEqual({
      state: "malformed",
      detail: "exported without its DACL",
    });
  });

  test("order is kept: deny before allow and allow before deny (torture case 110)", () => {
    const deny: AceSpec = { type: "deny", mask: 0x100, objectType: applyGroupPolicy, sid: "S-1-5-9" };
    const [allow] = applyAndRead("S-1-5-11");
    if (allow === undefined) throw new Error("no entry");
    const order = (...aces: readonly AceSpec[]): unknown => {
      const found = dacl(parseSecurityDescriptor(writeDescriptor({ dacl: aces })));
      return Array.isArray(found) ? found.map((entry: { type: string }) => entry.type) : found;
    };
    expect(order(deny, allow)).toEqual(["deny", "allow"]);
    expect(order(allow, deny)).toEqual(["allow", "deny"]);
  });

  const good = writeDescriptor({ dacl: applyAndRead("S-1-5-11") });
  const acl = 32;
  const patch = (at: number, ...bytes: readonly number[]): Uint8Array => {
    const copy = Uint8Array.from(good);
    copy.set(bytes, at);
    return copy;
  };
  test.each([
    ["nothing", new Uint8Array(0)],
    ["header only", good.subarray(0, 20)],
    ["cut in the last entry", good.subarray(0, -1)],
    ["cut behind the first entry", good.subarray(0, acl + 8 + 40)],
    ["revision 2", patch(0, 2)],
    ["DACL offset beyond the end", patch(16, 0xff, 0xff)],
    ["DACL offset in the header", patch(16, 4)],
    ["DACL revision 9", patch(acl, 9)],
    ["DACL shorter than its header", patch(acl + 2, 4, 0)],
    ["DACL larger than the descriptor", patch(acl + 2, 0xff, 0x7f)],
    ["case 111: AceCount too large", patch(acl + 4, 3)],
    ["AceCount beyond the limit", patch(acl + 4, 0xff, 0xff)],
    ["ACE size 0", patch(acl + 10, 0, 0)],
    ["ACE size 0 of an entry that does not decide", patch(acl + 8, 2, 2, 0, 0)],
    ["DACL that ends inside its last entry", patch(acl + 2, 64, 0)],
    ["ACE size 4", patch(acl + 10, 4, 0)],
    ["ACE size beyond the DACL", patch(acl + 10, 0xff, 0)],
    ["more sub-authorities than the entry holds", patch(acl + 8 + 28 + 1, 9)],
    ["SID revision 2", patch(acl + 8 + 28, 2)],
    ["over the size limit", new Uint8Array(70_000).fill(1)],
  ])("malformed: %s", (_, bytes) => {
    expect(dacl(parseSecurityDescriptor(bytes))).toBe("malformed");
  });

  test.each([
    [0x02, []],
    [0x11, []],
    [0x0d, []],
    [0x0b, [ace({ objectType: applyGroupPolicy, conditional: true })]],
    [0x0c, [ace({ objectType: applyGroupPolicy, conditional: true, type: "deny" })]],
    [0x06, [ace({ objectType: applyGroupPolicy, type: "deny" })]],
    [
      0x04,
      [
        ace({ conditional: true, type: "deny", mask: 0xffffffff, sid: null }),
        ace({ conditional: true, type: "allow", mask: 0xffffffff, sid: null }),
      ],
    ],
    [
      0x77,
      [
        ace({ conditional: true, type: "deny", mask: 0xffffffff, sid: null }),
        ace({ conditional: true, type: "allow", mask: 0xffffffff, sid: null }),
      ],
    ],
  ])("first entry of type %i", (type, expected) => {
    expect(dacl(parseSecurityDescriptor(patch(acl + 8, type)))).toEqual([
      ...expected,
      ace({ mask: 0x20094 }),
    ]);
  });
});
