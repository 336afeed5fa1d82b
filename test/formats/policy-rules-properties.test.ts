import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePolicyRules } from "../../src/formats/policy-rules/parse-policy-rules.ts";
import { utf8 } from "../util/bytes.ts";

const word = fc.oneof(
  fc.constantFrom("Key", "Value", "RegType", "RegData", "GUID", "Setting", "LineItem", "PolicyName", "Odd"),
  fc.stringMatching(/^[a-z]{1,3}$/),
);
const text = fc.oneof(
  fc.constantFrom(
    "REG_DWORD",
    "**del.",
    "**DeleteKeys",
    "1",
    "SeAbcRight = *S-1-1-0",
    "MACHINE\\A\\B=4,1",
    "",
    "{}",
  ),
  fc.string({ maxLength: 12 }).map((own) => own.replace(/[<&\]]/g, "")),
);
const child = fc.tuple(word, text).map(([name, own]) => `<${name}>${own}</${name}>`);
const row = fc
  .tuple(
    fc.constantFrom("ComputerConfig", "UserConfig", "AuditSubcategory", "SecurityTemplate", "CSE-User", "X"),
    fc.constantFrom("", ' Section="Privilege Rights"', ' Section="Registry Values"', ' Section="[x"'),
    fc.array(child, { maxLength: 6 }),
  )
  .map(([name, section, children]) => `<${name}${section}>${children.join("")}</${name}>`);

describe("PolicyRules, any content", () => {
  it("never throws, and every row that is read has its line in the file", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const source = `<PolicyRules>\n${rows.join("\n")}\n</PolicyRules>`;
        const lines = source.split(/\r\r\n|\r\n|\n|\r/).length;
        const { policies } = parsePolicyRules(utf8(source), "a");
        for (const { writes } of policies.flatMap(({ parts }) => parts)) {
          for (const { location } of writes) {
            const line = "line" in location ? location.line : 0;
            expect(line).toBeGreaterThanOrEqual(2);
            expect(line).toBeLessThan(lines);
          }
        }
      }),
    );
  });

  it("never throws on bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parsePolicyRules(bytes, "a").readable).toBe(false);
      }),
    );
  });
});
