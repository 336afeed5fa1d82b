// npm test: everything a change must pass except the linters. Extra arguments go to vitest (a file, -t NAME).
import { ensureBuilt } from "./steps/build.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { runCommand, runNode, say, toolPath } from "./steps/project.mjs";

await runCommand(async () => {
  ensureInstalled();
  await ensureBuilt();
  say("checking types");
  const types = runNode([toolPath("typescript", "tsc"), "--noEmit", "-p", "test/tsconfig.json"]);
  if (types !== 0) return types;
  return runNode([toolPath("vitest"), "run", ...process.argv.slice(2)]);
});
