import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { root } from "./project.mjs";

/**
 * TypeScript source of a validator for one JSON Schema. ajv compiles it here, so that the program that is shipped
 * neither loads ajv nor compiles a schema at start. esbuild folds in ajv's helpers, which ajv would `require()`:
 * an ES module has no `require`.
 */
export async function validatorSource(schemaPath) {
  const schema = JSON.parse(readFileSync(join(root, schemaPath), "utf8"));
  const ajv = new Ajv2020({
    allErrors: true,
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

${outputFiles[0].text}
export interface SchemaError {
  /** JSON pointer into the data. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What the schema calls that which it wants; null where it has no words for it. */
  readonly expected: string | null;
  /** Names that the schema knows at this place. */
  readonly names: readonly string[];
}

/** What parsed JSON has that the schema does not allow: every fault, not only the first. */
export function validatePack(data: unknown): readonly SchemaError[] {
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
