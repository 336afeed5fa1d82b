import { describe, expect, test } from "vitest";
import { parseSddl } from "../../src/formats/security-descriptor/parse-sddl.ts";
import type { SecurityDescriptorFact } from "../../src/model/gpo.ts";
import { applyGroupPolicy } from "../util/descriptor-writer.ts";

const domain = "S-1-5-21-1-2-3";
const root = "S-1-5-21-7-8-9";

function dacl(fact: SecurityDescriptorFact): unknown {
  return fact.state === "read" ? fact.descriptor.dacl : fact.state;
}

const sddl = (text: string): unknown => dacl(parseSddl(text, domain, root));
const ace = (spec: Partial<Record<string, unknown>>): unknown => ({
  type: "allow",
  conditional: false,
  inheritOnly: false,
  mask: 0x100,
  objectType: null,
  sid: "S-1-5-11",
  ...spec,
});

describe("SDDL", () => {
  test("as ldbsearch prints a GPO", () => {
    const text =
      "O:DAG:DAD:P(A;CI;RPWPCCDCLCLORCWOWDSDDTSW;;;DA)(A;CIIO;RPWPCCDCLCLORCWOWDSDDTSW;;;CO)(A;CI;RPLCLORC;;;AU)" +
      "(OA;CI;CR;edacfd8f-ffb3-11d1-b41d-00a0c968f939;;AU)(OA;CIIOID;SW;d31a8757-2447-4545-8081-3bb610cacbf2;" +
      "f0f8ffab-1191-11d0-a060-00aa006c33ed;RO)S:AI(OU;CIIOIDSA;WP;f30e3bbe-9ff0-11d1-b603-0000f80367c1;;WD)";
    expect(sddl(text)).toEqual([
      ace({ mask: 0xf00ff, sid: `${domain}-512` }),
      ace({ mask: 0xf00ff, sid: "S-1-3-0", inheritOnly: true }),
      ace({ mask: 0x20094 }),
      ace({ objectType: applyGroupPolicy }),
      ace({
        mask: 8,
        objectType: "d31a8757-2447-4545-8081-3bb610cacbf2",
        inheritOnly: true,
        sid: `${root}-498`,
      }),
    ]);
  });

  test.each([
    ["O:BAG:SY", null],
    ["O:SYG:SYD:NO_ACCESS_CONTROL", null],
    ["D:", []],
    ["O:S-1-5-21-1-2-3-512G:S-1-5-18D:PARAI", []],
    ["O:G:D:P", []],
    ["D:AIS:(ML;;NW;;;LW)", []],
    ['D:(A;;CR;;;AU)S:(RA;;;;;WD;("x)",TS,0,"a;b"))', [ace({})]],
    ["  D:P(A;;CR;;;AU) (A;;0x100;;;AU)\n", [ace({}), ace({})]],
    ["d:(a;;cr;;;au)", [ace({})]],
    ["D:(A;;256;;;S-1-5-11)", [ace({})]],
    ["D:(A;;0400;;;AU)", [ace({})]],
    ["D:(A;;GAGR;;;AU)", [ace({ mask: 0x90000000 })]],
    ["D:(A;;;;;AU)", [ace({ mask: 0 })]],
    ["D:(AU;SA;CR;;;WD)(XU;;CR;;;WD)(OL;;CR;;;WD)(A;;CR;;;AU)", [ace({})]],
    ['D:(XA;;CR;;;AU;(Member_of {SID(BA)} && @User.x == ")"))', [ace({ conditional: true })]],
    ["D:(XD;;CR;;;AU;(@a))", [ace({ conditional: true, type: "deny" })]],
    [`D:(ZA;;CR;${applyGroupPolicy};;AU;(@a))`, [ace({ conditional: true, objectType: applyGroupPolicy })]],
    [`D:(OD;;CR;${applyGroupPolicy};;AU)`, [ace({ type: "deny", objectType: applyGroupPolicy })]],
  ])("%s", (text, expected) => {
    expect(sddl(text)).toEqual(expected);
  });

  test.each([
    ["DA", `${domain}-512`],
    ["DD", `${domain}-516`],
    ["DC", `${domain}-515`],
    ["CA", `${domain}-517`],
    ["LA", `${domain}-500`],
    ["EA", `${root}-519`],
    ["SA", `${root}-518`],
    ["RO", `${root}-498`],
    ["EK", `${root}-527`],
    ["ED", "S-1-5-9"],
    ["AU", "S-1-5-11"],
    ["BA", "S-1-5-32-544"],
    ["RU", "S-1-5-32-554"],
    ["CY", "S-1-5-32-569"],
    ["SY", "S-1-5-18"],
    ["WD", "S-1-1-0"],
    ["ZZ", null],
  ])("trustee %s", (alias, sid) => {
    expect(sddl(`D:(A;;CR;;;${alias})`)).toEqual([ace({ sid })]);
  });

  test("aliases of a domain that is not known stay open (torture case 112: Domain Computers)", () => {
    expect(dacl(parseSddl("D:(A;;CR;;;DC)(A;;CR;;;AU)", null))).toEqual([ace({ sid: null }), ace({})]);
    expect(dacl(parseSddl("D:(A;;CR;;;EA)", domain))).toEqual([ace({ sid: null })]);
  });

  test.each([
    "nonsense",
    "",
    "S:AI(AU;;CR;;;WD)",
    "O:DAG:DAD:P(A;;CR;;;AU",
    "D:(A;;CR;;;AU)(A;;CR",
    "D:(A;;CR;;;AU)x",
    "D:(A;;CR;;;AU)D:(A;;CR;;;AU)",
    "D:(A;;CR;;AU)",
    "D:(Q;;CR;;;AU)",
    "D:(A;XX;CR;;;AU)",
    "D:(A;;CRX;;;AU)",
    "D:(A;;QQ;;;AU)",
    "D:(A;;0x1ffffffff;;;AU)",
    "D:(A;;CR;;;)",
    "D:(A;;CR;;;S-1-5-x)",
    "D:(OA;;CR;edacfd8f;;AU)",
    `D:(A;;CR;${applyGroupPolicy};;AU)`,
    "D:(A;;CR;;;AU;extra)",
    `D:${"(A;;CR;;;AU)".repeat(2001)}`,
  ])("malformed: %.40s", (text) => {
    expect(sddl(text)).toBe("malformed");
  });
});
