/**
 * Writes the example domain, examples/corp.example: SYSVOL export and directory. The same bytes every time.
 * Usage: node scripts/make-example.mjs [other folder]
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { directoryLdif } from "./example/directory.mjs";
import { gpos } from "./example/gpcs.mjs";
import { filesOf } from "./example/gpt.mjs";

const ownFolder = fileURLToPath(new URL("../examples/corp.example", import.meta.url));
const folder = process.argv[2] ?? ownFolder;

// Only the example itself is cleared: another folder may hold a real export.
if (folder === ownFolder) rmSync(join(folder, "sysvol"), { recursive: true, force: true });
write("directory.ldif", directoryLdif());
for (const gpo of Object.values(gpos)) {
  for (const [path, bytes] of Object.entries(filesOf(gpo))) {
    write(`sysvol/corp.example/Policies/${gpo.guid}/${path}`, bytes);
  }
}

function write(path, content) {
  const file = join(folder, ...path.split("/"));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
