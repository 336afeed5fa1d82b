import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { root } from "./project.mjs";

/**
 * TypeScript source of a validator for one JSON Schema. ajv compiles it here, so that the program that is shipped
 * neither loads ajv nor compiles a schema at start. esbuild folds in ajv's helpers, which ajv would `require()`:
 * an ES module has no `require`. `name` is what the function is to be called. `saved`: for documents that a program of
 * another version wrote, of any size: fields that are not known are let through, one that is not there gets the default
 * of the schema, if it has one, and the first fault ends it.
 */
export async function validatorSource(schemaPath, name, { saved = false } = {}) {
  const text = readFileSync(join(root, schemaPath), "utf8");
  const schema = JSON.parse(text, (key, value) =>
    saved && (key === "additionalProperties" || key === "format") ? undefined : value,
  );
  const ajv = new Ajv2020({
    allErrors: !saved,
    useDefaults: saved,
    strict: true,
    allowUnionTypes: true,
    // Errors carry the schema that was not met: its title says what is expected.
    verbose: true,
    code: { source: true, esm: true },
  });
  const { outputFiles } = await build({
    stdin: { contents: standalone.default(ajv, ajv.compile(schema)), resolveDir: root },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "compiled",
    target: "es2023",
    legalComments: "none",
  });
  return `// @ts-nocheck: machine-made JavaScript with a typed door at the end.
// Generated from ${schemaPath}.
import type { SchemaError } from "./files/schema-error.ts";

${outputFiles[0].text}
/** What parsed JSON has that the schema does not allow: ${saved ? "the first fault" : "every fault, not only the first"}. */
export function ${name}(data: unknown): readonly SchemaError[] {
  if (compiled.default(data)) return [];
  return compiled.default.errors.map(({ instancePath, keyword, params, parentSchema }) => ({
    instancePath,
    keyword,
    params,
    expected: parentSchema.title ?? null,
    names: Object.keys(parentSchema.properties ?? {}),
  }));
}
`;
}
