import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNameList } from "../../../src/formats/readiness/parse-name-list.ts";

const read = (text: string | Uint8Array) =>
  parseNameList(typeof text === "string" ? new TextEncoder().encode(text) : text, "list.txt");
const names = (text: string) => read(text).names.map(({ name, location }) => [name, location]);
const line = (number: number) => ({ path: "list.txt", line: number });

describe("a list of accounts", () => {
  it.each<[string, readonly unknown[]]>([
    ["", []],
    [
      "a\nb",
      [
        ["a", line(1)],
        ["b", line(2)],
      ],
    ],
    ["\r\n  a  \r\n", [["a", line(2)]]],
    ["# a comment\na # another\n", [["a", line(2)]]],
    ["a#1\n", [["a#1", line(1)]]],
    ["a\nA\n", [["a", line(1)]]],
    ["CORP\\svc one\n", [["CORP\\svc one", line(1)]]],
    ["\uFEFFa\n", [["a", line(1)]]],
  ])("%j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("reads UTF-16 as Windows tools write it", () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Jürgen\r\n", "utf16le")]);
    expect(read(bytes).names).toEqual([{ name: "Jürgen", location: line(1) }]);
  });

  it("that lost bytes is not whole", () => {
    expect(read(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x62])).whole).toBe(false);
    expect(read("version https://git-lfs.github.com/spec/v1\noid x\n").whole).toBe(false);
    expect(read("a\n").whole).toBe(true);
  });

  it("never throws, and every name is on its line", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        for (const { name } of read(bytes).names) expect(name.trim()).not.toBe("");
      }),
    );
  });
});
