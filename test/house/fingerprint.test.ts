import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fingerprint } from "../../scripts/steps/fingerprint.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gpolint fingerprint "));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src/a.ts"), "a");
  writeFileSync(join(folder, "lock"), "l");
});
afterEach(() => rmSync(folder, { recursive: true }));

const now = () => fingerprint(folder, ["src", "lock", "absent"]);

describe("the fingerprint that decides whether dist is up to date", () => {
  it("does not see time", () => {
    const before = now();
    utimesSync(join(folder, "src/a.ts"), 1, 1);
    expect(now()).toBe(before);
  });

  it.each<[string, () => void]>([
    ["content", () => writeFileSync(join(folder, "src/a.ts"), "b")],
    ["a new file", () => writeFileSync(join(folder, "src/b.ts"), "")],
    ["a file that is gone", () => rmSync(join(folder, "src/a.ts"))],
    ["a listed file that is gone", () => rmSync(join(folder, "lock"))],
    ["a listed file that appears", () => writeFileSync(join(folder, "absent"), "")],
  ])("sees %s", (_, change) => {
    const before = now();
    change();
    expect(now()).not.toBe(before);
  });

  it("leaves out what is not accepted", () => {
    const only = () => fingerprint(folder, ["src"], (path: string) => !path.endsWith("b.ts"));
    const before = only();
    writeFileSync(join(folder, "src/b.ts"), "");
    expect(only()).toBe(before);
  });
});
