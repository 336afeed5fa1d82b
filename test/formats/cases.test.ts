import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The torture cases of the formats: each must have a test. */
const required = range(1, 138);

/** Numbers of the test titles `case N: …` in all test sources. */
function casesTested(): ReadonlySet<number> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const sources = files
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(root, name), "utf8"));
  return new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/["'`]case (\d+): \w/g)].map((match) => Number(match[1])),
    ),
  );
}

test("every torture case has a test of its own", () => {
  const found = casesTested();
  expect(required.filter((number) => !found.has(number))).toEqual([]);
});
