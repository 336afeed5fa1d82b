// node scripts/generate.mjs: the *.gen.ts files, up to date. For editors and watchers; build and test do it themselves.
import { ensureGenerated } from "./steps/generate.mjs";
import { runCommand } from "./steps/project.mjs";

await runCommand(async () => {
  await ensureGenerated();
  return 0;
});
