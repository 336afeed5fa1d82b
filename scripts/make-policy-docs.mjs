/**
 * Writes docs/policies: a page for each bundled policy pack, made from its data, and a list of them.
 * Usage: node scripts/make-policy-docs.mjs (after npm run build)
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs", "policies");
const gpolint = (...args) =>
  execFileSync(process.execPath, [join(root, "dist", "bin.js"), "policy", ...args], { encoding: "utf8" });

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const packs = JSON.parse(gpolint("list", "--format", "json"));
for (const { name } of packs)
  writeFileSync(join(folder, `${name}.md`), gpolint("show", name, "--format", "markdown"));
writeFileSync(join(folder, "README.md"), listPage());

function listPage() {
  const rows = packs.map(
    ({ name, title, version, date, requirements }) =>
      `| [\`${name}\`](${name}.md) | ${title} | ${version} | ${date} | ${requirements} |`,
  );
  return [
    "# Policy packs",
    "",
    "Made by `node scripts/make-policy-docs.mjs` from the files in `policies/`; what a source asks for and Group Policy cannot",
    "show stands in [policies/README.md](../../policies/README.md).",
    "",
    "| pack | what | version | state of | requirements |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
