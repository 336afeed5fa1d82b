import { existsSync } from "node:fs";
import { repoPath } from "./run.ts";

/** Material that stands beside the checkout where the project is developed, and nowhere else. */
export function sharedPath(path: string): string {
  return repoPath(`../shared/${path}`);
}

/** Whether it is there. Where GPOLINT_REQUIRE_CORPUS is set a missing one is an error, elsewhere one clear line says so. */
export function hasShared(path: string, what: string): boolean {
  if (existsSync(sharedPath(path))) return true;
  if (process.env["GPOLINT_REQUIRE_CORPUS"] !== undefined)
    throw new Error(`../shared/${path} is required and missing`);
  process.stderr.write(`${what} is not checked: ../shared/${path} is not here\n`);
  return false;
}
