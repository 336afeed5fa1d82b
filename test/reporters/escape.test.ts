import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible, visibleDeep } from "../../src/reporters/escape.ts";

describe("visible", () => {
  it.each([
    ["plain, ünïcode 日本 😀", "plain, ünïcode 日本 😀"],
    ["a\u202Eb", "a\\u{202E}b"],
    ["a\u001B[31mb", "a\\u{1B}[31mb"],
    ["a\r\nb\tc\u0000", "a\\u{D}\\u{A}b\\u{9}c\\u{0}"],
    ["\u0085\u2028\u2029", "\\u{85}\\u{2028}\\u{2029}"],
    ["\uFEFF\u200B\u2066", "\\u{FEFF}\\u{200B}\\u{2066}"],
    ["\uD800x", "\\u{D800}x"],
    ["\u{E0041}", "\\u{E0041}"],
    ["\u007F\u009B31m", "\\u{7F}\\u{9B}31m"],
  ])("%j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("leaves nothing that changes how other text looks, and nothing else untouched", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  it("goes to every depth and keeps everything else", () => {
    expect(visibleDeep({ a: ["\u202E", { b: "\u0007" }], c: 1, d: null, e: true })).toEqual({
      a: ["\\u{202E}", { b: "\\u{7}" }],
      c: 1,
      d: null,
      e: true,
    });
  });
});
