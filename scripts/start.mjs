// npm start: from a fresh clone to the first report. Extra arguments scan something else than the bundled example.
import { statSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./steps/build.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { root, runCommand, runNode } from "./steps/project.mjs";
import { exitCodeOfStart, planScan } from "./steps/start-plan.mjs";

await runCommand(async () => {
  const plan = planScan(process.argv.slice(2), process.env, root);
  ensureInstalled();
  await ensureBuilt();
  const started = Date.now();
  const code = runNode([join(root, "dist/bin.js"), ...plan.args], { cwd: plan.cwd });
  if (code !== 2) printReports(plan.reportDir, started);
  return exitCodeOfStart(code);
});

/** Says where the reports are. One of an earlier run is not this run's; some file systems keep time by two seconds. */
function printReports(folder, started) {
  const written = ["report.html", "report.csv", "report.md", "report.sarif", "result.json"]
    .map((name) => join(folder, name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > started - 2000);
  if (written.length > 0)
    process.stdout.write(`\nReports:\n${written.map((path) => `  ${path}\n`).join("")}`);
}
