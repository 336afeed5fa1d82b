import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { jsonReporter } from "../../src/reporters/json.ts";
import { passingResult, sampleResult, undirectedResult } from "../util/sample-result.ts";
import { whatIfResult } from "../util/sample-what-if.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../policies/schema/result.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(Object(schema));

const render = (result: typeof sampleResult): string => jsonReporter.render(result, { color: false });

describe("json", () => {
  it.each([
    ["rich", sampleResult],
    ["undirected", undirectedResult],
    ["passing", passingResult],
    ["whatif", whatIfResult],
  ])("%s: is the result itself and valid against the published schema", (_name, result) => {
    const parsed: unknown = JSON.parse(render(result));
    expect(parsed).toEqual(result);
    expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ["rich", sampleResult],
    ["whatif", whatIfResult],
  ])("%s: golden", async (name, result) => {
    await expect(render(result)).toMatchFileSnapshot(`goldens/${name}.json`);
  });
});

/** Every place in a document where a property can be taken away or one be added. */
function* objectsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* objectsIn(item, [...path, index]);
  else if (typeof value === "object" && value !== null) {
    yield path;
    for (const [key, item] of Object.entries(value)) yield* objectsIn(item, [...path, key]);
  }
}

function at(document: unknown, path: readonly (string | number)[]): Record<string, unknown> {
  return path.reduce((value, key) => Object(value)[key], Object(document));
}

describe("the schema", () => {
  // One place of each shape is enough: indexes are dropped from the key.
  const places = new Map(
    [sampleResult, whatIfResult].flatMap((result) =>
      [...objectsIn(result)].map((path) => {
        const shape = path.filter((part) => typeof part === "string").join(".");
        return [shape, { path, result }] as const;
      }),
    ),
  );

  it.each([...places])(
    "%s: refuses an unknown property and, but for optional ones, a missing one",
    (_name, { path, result }) => {
      const extra = structuredClone(result);
      at(extra, path)["unheardOf"] = 1;
      expect(validate(extra)).toBe(false);
      for (const key of Object.keys(at(result, path))) {
        const lacking = structuredClone(result);
        delete at(lacking, path)[key];
        const optional = path[0] === "diagnostics" && (key === "line" || key === "offset");
        expect(validate(lacking), key).toBe(optional);
      }
    },
  );
});
