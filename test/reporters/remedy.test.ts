import { describe, expect, it } from "vitest";
import { remedyBlocks } from "../../src/reporters/remedy.ts";

describe("remedyBlocks", () => {
  it.each([
    [null, []],
    ["", []],
    ["Do it.", [{ advice: "Do it.", commands: [] }]],
    [
      "Here:\n  a b\r\n  c\nThere:\n\td\n\nEnd.",
      [
        { advice: "Here:", commands: ["a b", "c"] },
        { advice: "There:", commands: ["d"] },
        { advice: "End.", commands: [] },
      ],
    ],
    ["  only", [{ advice: "", commands: ["only"] }]],
  ])("%j", (remedy, blocks) => {
    expect(remedyBlocks(remedy)).toEqual(blocks);
  });
});
