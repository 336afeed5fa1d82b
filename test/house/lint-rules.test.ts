import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { lint, plantFiles } from "../util/oxlint.ts";

/** One offence each: a rule that the linter quietly does not know, or does not apply here, would let it through. */
const offences: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["no-default-export", "src/model/default.ts", "export default 1;"],
  ["no-console", "src/app/console.ts", "console.log(1);"],
  ["no-explicit-any", "src/model/any.ts", "export const a = (b: any): unknown => b;"],
  ["no-non-null-assertion", "src/model/bang.ts", "export const a = (b: string | null): string => b!;"],
  ["no-cycle", "src/model/one.ts", 'import { two } from "./two.ts";\nexport const one = (): unknown => two;'],
  ["no-cycle", "src/model/two.ts", 'import { one } from "./one.ts";\nexport const two = (): unknown => one;'],
  ["consistent-type-imports", "src/engine/inline.ts", 'export type A = import("../formats/x.ts").A;'],
  ["eqeqeq", "src/model/equal.ts", "export const a = (b: unknown): boolean => b == 1;"],
  ["no-restricted-globals", "src/engine/process.ts", "export const a = process.argv;"],
  ["no-restricted-globals", "src/formats/buffer.ts", 'export const a = Buffer.from("");'],
  [
    "no-floating-promises",
    "src/app/floating.ts",
    "export const a = (b: () => Promise<void>): void => {\n  b();\n};",
  ],
  [
    "switch-exhaustiveness-check",
    "src/checks/switch.ts",
    'export function a(b: "c" | "d"): number {\n  switch (b) {\n    case "c":\n      return 1;\n  }\n  return 2;\n}',
  ],
  ["no-focused-tests", "test/focused.test.ts", 'import { it } from "vitest";\nit.only("a", () => {});'],
];

describe("the linter", () => {
  const folder = plantFiles(new Map(offences.map(([, path, text]) => [path, `${text}\n`])));
  afterAll(() => rmSync(folder, { recursive: true }));
  const found = lint(folder, "--type-aware");

  it.each(offences)("knows %s, in %s", (rule, path) => {
    const rules = found.filter(({ place }) => place.startsWith(`${path}:`)).map((error) => error.rule);
    expect(rules).toContain(rule);
  });
});
