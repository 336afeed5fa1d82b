import { join, resolve } from "node:path";
import { StepFailed } from "./project.mjs";

const example = "examples/corp.example";
/** What `npm start` scans when it is not told otherwise; relative to the project. */
const exampleArguments = [join(example, "sysvol"), "--directory", join(example, "directory.ldif")];

/**
 * How to call `gpolint`: its arguments, the folder that relative paths start from, and where the reports will be.
 * Arguments are the user's own, so their paths count from where the user called npm.
 */
export function planScan(args, env, root) {
  if (env.npm_config_directory !== undefined && !args.includes("--directory")) {
    // Without the "--" npm keeps the flags to itself, and the scan would silently lack the directory.
    throw new StepFailed("npm took the flags for itself; write: npm start -- PATH --directory FILE", 2);
  }
  const isExample = args.length === 0;
  const cwd = isExample ? root : (env.INIT_CWD ?? process.cwd());
  const scan = ["scan", ...(isExample ? exampleArguments : args)];
  const given = valueOf(args, "--report-dir");
  const reportDir = given === null ? join(root, "reports/latest") : resolve(cwd, given);
  return { cwd, reportDir, args: given === null ? [...scan, "--report-dir", reportDir] : scan };
}

/** A scan that worked is a start that worked, whatever it found (1) or could not decide (3). */
export function exitCodeOfStart(scanExitCode) {
  return [0, 1, 3].includes(scanExitCode) ? 0 : 2;
}

function valueOf(args, flag) {
  const inline = args.find((arg) => arg.startsWith(`${flag}=`));
  if (inline !== undefined) return inline.slice(flag.length + 1);
  const at = args.indexOf(flag);
  return at === -1 ? null : (args[at + 1] ?? null);
}
