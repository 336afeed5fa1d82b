import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fingerprint, isGenerated } from "./fingerprint.mjs";
import { root, say } from "./project.mjs";

/** Everything that decides what the generated files say. */
const inputs = [
  "package.json",
  "package-lock.json",
  "policies/schema",
  "policies/data",
  "reports/templates",
  "scripts",
];
const stamp = join(root, "node_modules/.cache/gpolint/generate.json");

/** Writes every src/**\/*.gen.ts, unless inputs and outputs are as the last run left them. */
export async function ensureGenerated() {
  const before = readStamp();
  if (before?.inputs === fingerprint(root, inputs) && before.outputs === outputsNow()) return;
  say("generating sources");
  write("src/version.gen.ts", versionSource());
  write("src/model/audit-subcategories.gen.ts", dataSource("audit-subcategories", "subcategoryData"));
  write("src/model/audit-events.gen.ts", dataSource("audit-events", "eventData"));
  write("src/model/attack-techniques.gen.ts", dataSource("attack-techniques", "techniqueData"));
  const { validatorSource } = await import("./validator.mjs");
  for (const [name, validator, options] of [
    ["pack", "validatePack"],
    ["waivers", "validateWaivers"],
    ["config", "validateConfig"],
    ["result", "validateResult", { saved: true }],
  ]) {
    const schema = `policies/schema/${name}.schema.json`;
    write(`src/checks/validate-${name}.gen.ts`, await validatorSource(schema, validator, options));
  }
  const { generateTemplates } = await import("../generate-templates.mjs");
  generateTemplates();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ inputs: fingerprint(root, inputs), outputs: outputsNow() }));
}

function outputsNow() {
  return fingerprint(root, ["src"], isGenerated);
}

/** A stamp that cannot be read is no stamp: the files are generated again. */
function readStamp() {
  if (!existsSync(stamp)) return null;
  try {
    return JSON.parse(readFileSync(stamp, "utf8"));
  } catch {
    return null;
  }
}

// `src` does not import package.json: that would make it part of the build and move everything to dist/src.
function versionSource() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `/** Generated from package.json. */\nexport const version = ${JSON.stringify(version)};\n`;
}

/** A data file as a module: nothing to find and parse at run time, and the compiler checks it against its type. */
function dataSource(name, variable) {
  const type = variable.charAt(0).toUpperCase() + variable.slice(1);
  const path = `policies/data/${name}.json`;
  const data = JSON.stringify(JSON.parse(readFileSync(join(root, path), "utf8")));
  return `/** Generated from ${path}. */
import type { ${type} } from "./audit-data.ts";

export const ${variable}: ${type} = ${data};
`;
}

function write(path, text) {
  const full = join(root, path);
  if (existsSync(full) && readFileSync(full, "utf8") === text) return;
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}
