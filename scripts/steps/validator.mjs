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
  const ajv = new Ajv2020({ allErrors: true, strict: true, code: { source: true, esm: true } });
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
import type { PackFile } from "./pack-file.ts";

${outputFiles[0].text}
export type PackValidation =
  | { readonly ok: true; readonly pack: PackFile }
  /** JSON pointers into the pack, and what is wrong there: every fault, not only the first. */
  | { readonly ok: false; readonly errors: readonly PackError[] };

export interface PackError {
  readonly instancePath: string;
  readonly message: string;
}

/** Whether parsed JSON is what the schema of a policy pack allows. */
export function validatePack(data: unknown): PackValidation {
  if (compiled.default(data)) return { ok: true, pack: data };
  const errors = compiled.default.errors.map(({ instancePath, message, params }) => ({
    instancePath,
    message: explain(message, params),
  }));
  return { ok: false, errors };
}

function explain(message, params) {
  const detail = params.additionalProperty ?? params.allowedValues ?? params.allowedValue;
  return detail === undefined ? message : \`\${message}: \${JSON.stringify(detail)}\`;
}
`;
}
