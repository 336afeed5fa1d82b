import { describe, expect, test } from "vitest";
import { parseSid, parseSidText } from "../../src/formats/security-descriptor/sid.ts";
import { writeSid } from "../util/descriptor-writer.ts";

describe("SIDs", () => {
  test.each([
    "S-1-5-11",
    "S-1-5-21-1004336348-1177238915-682003330-512",
    "S-1-1-0",
    "S-1-0x010203040506-7",
    "S-1-5",
  ])("%s", (text) => {
    expect(parseSidText(text)).toBe(text);
    expect(parseSid({ text: null, bytes: writeSid(text) })).toBe(text);
    expect(parseSid({ text, bytes: new TextEncoder().encode(text) })).toBe(text);
  });

  test("one SID, one spelling", () => {
    expect(parseSidText(" s-1-0x5-032-0544 ")).toBe("S-1-5-32-544");
  });

  test.each(["", "S-1", "S-2-5-11", "S-1-5-4294967296", "S-1-5-", "S-1-5-11x", `S-1-5${"-1".repeat(16)}`])(
    "no SID: %j",
    (text) => {
      expect(parseSidText(text)).toBeNull();
      expect(parseSid({ text, bytes: new TextEncoder().encode(text) })).toBeNull();
    },
  );

  test("more sub-authorities than a SID can have", () => {
    expect(parseSid({ text: null, bytes: writeSid(`S-1-5${"-1".repeat(15)}`) })).not.toBeNull();
    expect(parseSid({ text: null, bytes: writeSid(`S-1-5${"-1".repeat(16)}`) })).toBeNull();
  });

  test("binary with a byte too many or too few", () => {
    const bytes = Buffer.from(writeSid("S-1-5-11"));
    expect(parseSid({ text: null, bytes: bytes.subarray(0, -1) })).toBeNull();
    expect(parseSid({ text: null, bytes: Buffer.concat([bytes, Buffer.alloc(1)]) })).toBeNull();
  });
});
