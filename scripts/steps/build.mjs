import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, isGenerated } from "./fingerprint.mjs";
import { ensureGenerated } from "./generate.mjs";
import { StepFailed, root, runNode, say, toolPath } from "./project.mjs";

/** Everything that decides what dist holds. */
const inputs = [
  "src",
  "policies/schema",
  "policies/data",
  "reports/templates",
  "scripts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const dist = join(root, "dist");
/** Inside dist, so that whoever deletes dist deletes the claim that it is up to date. */
const stampName = ".build-stamp";

/** Builds dist unless it was built from exactly these sources. */
export async function ensureBuilt() {
  await ensureGenerated();
  const stamp = join(dist, stampName);
  const sources = fingerprint(root, inputs, (path) => !isGenerated(path));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  await build(sources);
}

async function build(sources) {
  say("building");
  // Written aside and swapped in whole: dist is never half, and holds nothing of a source that is gone.
  const fresh = `${dist}.${process.pid}.tmp`;
  try {
    if (runNode([toolPath("typescript", "tsc"), "-p", "tsconfig.json", "--outDir", fresh]) !== 0) {
      throw new StepFailed("the sources do not compile, see above", 2);
    }
    writeFileSync(join(fresh, stampName), sources);
    await swap(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Two renames. On Windows a scanner or an editor may hold a file for a moment, so they are tried for two seconds. */
async function swap(fresh) {
  const old = `${dist}.${process.pid}.old.tmp`;
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(fresh, dist);
      rmSync(old, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === 10) throw new StepFailed(`dist is in use and cannot be replaced: ${error.message}`, 2);
      await new Promise((done) => setTimeout(done, 40 * attempt));
    }
  }
}
