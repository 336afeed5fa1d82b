// npm run build: dist, up to date. With packages installed already.
import { ensureBuilt } from "./steps/build.mjs";
import { runCommand } from "./steps/project.mjs";

await runCommand(async () => {
  await ensureBuilt();
  return 0;
});
