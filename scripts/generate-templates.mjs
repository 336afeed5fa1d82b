// Precompiles reports/templates into src/reporters/html-template.gen.ts, so that the package needs neither the template
// compiler nor its files at run time. The style sheet goes into the page here, where its CSP hash can be computed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

const templatesFolder = new URL("../reports/templates/", import.meta.url);
const outputFile = new URL("../src/reporters/html-template.gen.ts", import.meta.url);

// Strict: a name that the view does not have is an error, not an empty place in the report.
const options = { strict: true, knownHelpersOnly: true, preventIndent: true };

/** Writes the precompiled templates; does nothing where they are up to date. Returns the path written. */
export function generateTemplates() {
  const style = minify(read("report.css"));
  const hash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
  const names = readdirSync(templatesFolder)
    .filter((name) => name.endsWith(".hbs"))
    .sort();
  const entries = names.map((name) => {
    const source = read(name)
      .replace("@@STYLE@@", () => style)
      .replace("@@STYLE_HASH@@", hash);
    return `  ${JSON.stringify(name.slice(0, -4))}: ${Handlebars.precompile(source, options)},\n`;
  });
  const text = [
    "// @ts-nocheck: generated from reports/templates by scripts/generate-templates.mjs\n",
    `export const templates: Readonly<Record<"compare" | "report", object>> & Readonly<Record<string, object>> = {\n`,
    ...entries,
    "};\n",
  ].join("");
  const path = fileURLToPath(outputFile);
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  return path;
}

/** Line ends are made LF first: the hash must not depend on how git checked the file out. */
function read(name) {
  return readFileSync(new URL(name, templatesFolder), "utf8").replaceAll("\r\n", "\n");
}

/** Comments and indentation only: the style sheet stays readable in the page. */
function minify(css) {
  return css
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\n\s+/g, "\n ")
    .replace(/\n\s*\n/g, "\n")
    .trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(generateTemplates());
