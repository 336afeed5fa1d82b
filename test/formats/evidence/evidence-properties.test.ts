import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEvidence } from "../../../src/formats/evidence/parse-evidence.ts";
import { decodeText } from "../../../src/formats/text/decode.ts";
import { splitLines } from "../../../src/formats/text/lines.ts";
import { DiagnosticCollector } from "../../../src/model/diagnostic.ts";
import type { SettingValue } from "../../../src/model/setting.ts";
import { registryValueKey } from "../../../src/model/setting.ts";
import { utf8 } from "../../util/bytes.ts";
import { utf16, utf16Bom } from "../../util/utf16.ts";

const guid = (xx: string) => `{0CCE92${xx}-69AE-11D9-BED3-505054503030}`;
const samples: readonly Uint8Array[] = [
  utf8(
    `Machine Name,,,,,,\r\nDC1,System,Logon,${guid("15")},Success,,1\r\nDC1,System,Logoff,${guid("16")},Failure,,2\r\n`,
  ),
  utf8(
    `Machine Name,,,,,\r\nDC1,System,Logon,${guid("15")},Success,\r\nDC1,System,Logoff,${guid("16")},Failure,\r\n`,
  ),
  utf16Bom(
    "[Unicode]\r\nUnicode=yes\r\n[Event Audit]\r\nAuditDSAccess = 3\r\n[Registry Values]\r\nMACHINE\\A\\N=4,7\r\n[Version]\r\nRevision=1\r\n",
  ),
  utf16Bom(
    'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\A]\r\n"n"=dword:7\r\n"m"=hex(7):61,00,\\\r\n  00,00\r\n"s"="x"\r\n\r\n',
  ),
];

/** Every measurement has a value or a doubt, and stands at the line that it quotes. */
function check(bytes: Uint8Array): void {
  const { state } = parseEvidence(bytes, "f");
  const { text } = decodeText(bytes, new DiagnosticCollector("f"));
  const lines = [...splitLines(text)].map((line) => line.text.trim());
  for (const { value, doubt, location, quote } of state.settings.values()) {
    expect(value === null).toBe(doubt !== null);
    expect(lines[location.line - 1]).toBe(quote);
  }
}

describe("evidence", () => {
  test("any bytes are read without an exception", () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(fc.property(bytes, (noise) => check(noise)));
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), bytes, (sample, at, noise) => {
        const changed = sample.slice();
        changed.set(noise.subarray(0, 20), at % Math.max(1, sample.length - 20));
        check(changed);
      }),
      { numRuns: 500 },
    );
  });

  test("a file that lost its end claims nothing that it did not say whole", () => {
    for (const sample of samples) {
      const whole = parseEvidence(sample, "f").state.settings;
      expect(whole.size).toBeGreaterThan(1);
      for (let length = 0; length < sample.length; length++) {
        const { settings } = parseEvidence(sample.subarray(0, length), "f").state;
        for (const [key, { value }] of settings) expect([null, whole.get(key)?.value]).toContainEqual(value);
      }
    }
  });

  const name = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 });
  const value: fc.Arbitrary<readonly [type: number, value: SettingValue]> = fc.oneof(
    fc.tuple(fc.constant(1), fc.string()),
    fc.tuple(fc.constant(4), fc.nat()),
    fc.tuple(fc.constant(7), fc.array(fc.string({ minLength: 1 }).filter((text) => !text.includes("\0")))),
  );
  test("reg export: what was written is read", () => {
    const rows = fc.uniqueArray(fc.tuple(name, value), { selector: ([text]) => text.toLowerCase() });
    fc.assert(
      fc.property(rows, (list) => {
        const lines = list
          .map(([text, [type, data]]) => `${regString(text)}=${write(type, data)}\r\n`)
          .join("");
        const file = `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\K]\r\n${lines}\r\n`;
        const { state, diagnostics } = parseEvidence(utf16Bom(file), "f");
        expect(diagnostics).toEqual([]);
        expect(state).toMatchObject({ complete: true, listedKeys: new Set(["registry-value/machine\\k\\"]) });
        const found = [...state.settings].map(([key, measured]) => [key, measured.type, measured.value]);
        expect(found).toEqual(list.map(([text, [type, data]]) => [registryValueKey("K", text), type, data]));
      }),
    );
  });
});

function regString(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

function write(type: number, value: SettingValue): string {
  if (typeof value === "number") return `dword:${value.toString(16).padStart(8, "0")}`;
  if (typeof value === "string") return regString(value);
  const bytes = [...utf16(`${value.map((item) => `${item}\0`).join("")}\0`)].map((byte) => byte.toString(16));
  return `hex(${type}):${bytes.join(",").replace(/(?<=.{60},)/g, "\\\r\n  ")}`;
}
