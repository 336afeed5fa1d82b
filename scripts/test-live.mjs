// npm run test:live: tests against a real domain controller, a throw-away one of Samba. Extra arguments go to vitest.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ensureBuilt } from "./steps/build.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { root, runCommand, say, toolPath } from "./steps/project.mjs";

const programs =
  "samba samba-tool winbindd smbd smbclient ldbadd ldbmodify ldbdel ldbsearch ldapsearch openssl setpriv unshare ip bash";

/**
 * Mounts, processes and network of their own. Everything that the run starts or writes is gone when its first process
 * is, however that ends; and it has no network but its own loopback, so that nothing can be reached and no port is taken.
 */
const namespaces = ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child=SIGKILL"];

await runCommand(async () => {
  const missing = whatIsMissing();
  if (missing !== null) {
    const required = (process.env.GPOLINT_REQUIRE_SAMBA ?? "") !== "";
    say(`live tests ${required ? "cannot run" : "skipped"}: ${missing} (see CONTRIBUTING.md)`);
    return required ? 1 : 0;
  }
  ensureInstalled();
  await ensureBuilt();
  return runInNamespaces([toolPath("vitest"), "run", "--mode", "live", ...process.argv.slice(2)]);
});

/** What keeps the suite from running here, in a few words, or null. */
function whatIsMissing() {
  if (process.platform !== "linux") return "they need Linux and Samba";
  const path = `${process.env.PATH}:/usr/sbin:/sbin`;
  const find = (name) => spawnSync("sh", ["-c", 'command -v "$1"', "sh", name], { env: { PATH: path } });
  const absent = programs.split(" ").filter((name) => find(name).status !== 0);
  if (absent.length > 0) return `not installed: ${absent.join(", ")}`;
  if (process.getuid() !== 0) return "a domain controller needs root";
  const tried = spawnSync("unshare", [...namespaces, "--", "true"], { encoding: "utf8" });
  return tried.status === 0 ? null : `this system gives no namespaces (${tried.stderr.trim()})`;
}

async function runInNamespaces(args) {
  const folder = mkdtempSync(join(tmpdir(), "gpolint-live-"));
  const enter = ["bash", join(root, "test/live/enter.sh"), folder];
  // However this process ends, so do the namespaces.
  const leash = ["--pdeathsig", "KILL", "--", "unshare", ...namespaces, "--"];
  const run = spawn("setpriv", [...leash, ...enter, process.execPath, ...args], {
    cwd: root,
    env: { ...process.env, GPOLINT_LIVE_DIR: folder },
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to all of them; from elsewhere only this process gets the signal. unshare heeds no other one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill("SIGKILL"));
  try {
    return await new Promise((resolve, reject) => {
      run.on("error", reject);
      run.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
