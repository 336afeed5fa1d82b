import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** One line of progress. To stderr: stdout belongs to the tool that runs. */
export function say(text) {
  process.stderr.write(`gpolint: ${text}\n`);
}

/** A step failed and has already said why; the command ends with this exit code and no stack trace. */
export class StepFailed extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a Node program and returns its exit code. Never through a shell: quoting differs between systems, and on
 * Windows the `.cmd` files of node_modules/.bin need one.
 */
export function runNode(args, { cwd = root, env = process.env, stdio = "inherit" } = {}) {
  const { status, error, signal } = spawnSync(process.execPath, args, { cwd, env, stdio });
  if (error) throw new StepFailed(`could not start ${args[0]}: ${error.message}`);
  if (signal) throw new StepFailed(`${args[0]} was ended by ${signal}`);
  return status;
}

/** The script behind a command of an installed package, as its package.json names it. */
export function toolPath(packageName, command = packageName) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** Runs a command script: what failed is said in one line, what is a defect keeps its stack trace. */
export async function runCommand(main) {
  try {
    requireNode();
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(error.message);
    process.exitCode = error.exitCode;
  }
}

/** npm only warns when Node is too old; what fails later would be hard to understand. */
function requireNode() {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(">=", "");
  if (isOlder(process.versions.node, wanted)) {
    throw new StepFailed(`this is Node ${process.versions.node}; gpolint needs ${wanted} or newer`, 2);
  }
}

/** Whether one dotted version comes before another; parts that are missing count as 0. */
export function isOlder(version, than) {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
