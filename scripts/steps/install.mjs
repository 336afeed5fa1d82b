import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { StepFailed, root, runNode, say } from "./project.mjs";

/** Installs what package-lock.json asks for, unless it is all there. */
export function ensureInstalled() {
  const why = whyInstall(readPackages("package-lock.json"), readPackages("node_modules/.package-lock.json"));
  if (why === null) return;
  say(`installing packages (${why})`);
  const npm = process.env.npm_execpath;
  if (npm === undefined || !basename(npm).startsWith("npm-cli")) {
    throw new StepFailed('packages are missing; run "npm ci" here, then try again', 2);
  }
  // Development packages hold the compiler: they are needed even where NODE_ENV or a setting leaves them out.
  const args = [
    npm,
    "ci",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  if (runNode(args, { stdio: ["ignore", 2, 2] }) !== 0) {
    throw new StepFailed('"npm ci" failed, see above; it needs the package registry once', 2);
  }
}

/**
 * Why node_modules differs from the lock, or null. npm writes what it installed, at the very end, into a lock of its
 * own inside node_modules, so a broken-off install is noticed as well as a newer lock.
 *
 * @param {{ platform: string, arch: string }} machine
 */
export function whyInstall(wanted, installed, machine = process) {
  if (installed === null) return "first run";
  for (const [path, entry] of Object.entries(wanted ?? {})) {
    if (path === "") continue;
    const there = installed[path];
    if (there === undefined ? isNeeded(entry, machine) : there.version !== entry.version) {
      return `${path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)} ${entry.version} is not there`;
    }
  }
  return null;
}

/**
 * Optional packages are mostly builds for one platform. Those of this platform are needed (node_modules may come from
 * another system, a folder shared with WSL, say); where the C library decides, npm knows better and is not second-guessed.
 */
function isNeeded(entry, { platform, arch }) {
  if (!entry.optional) return true;
  if (entry.os === undefined || entry.cpu === undefined || entry.libc !== undefined) return false;
  return entry.os.includes(platform) && entry.cpu.includes(arch);
}

function readPackages(path) {
  const full = join(root, path);
  return existsSync(full) ? JSON.parse(readFileSync(full, "utf8")).packages : null;
}
