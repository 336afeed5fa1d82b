import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScanResult } from "../../src/model/result.ts";
import { runCli } from "./cli.ts";
import { repoPath } from "./run.ts";

/** The domain of the what-if cases as a copy that can be edited and scanned again, quarter after quarter. */
export class Quarters {
  readonly folder = mkdtempSync(join(tmpdir(), "gpolint-quarters-"));

  constructor() {
    this.reset();
  }

  /** Back to what the fixture has. */
  reset(): void {
    rmSync(join(this.folder, "base"), { recursive: true, force: true });
    cpSync(repoPath("test/fixtures/what-if/base"), join(this.folder, "base"), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Edits the audit.csv of the GPO whose GUID ends in this number. */
  audit(gpo: number, from: string | RegExp, to: string): void {
    const guid = `{C0000000-0000-4000-8000-${String(gpo).padStart(12, "0")}}`;
    this.#edit(`sysvol/corp.example/Policies/${guid}/Machine/Microsoft/Windows NT/Audit/audit.csv`, from, to);
  }

  directory(from: string | RegExp, to: string): void {
    this.#edit("directory.ldif", from, to);
  }

  /** Scans into `name`.json. Returns the exit code. */
  async scan(name: string, ...flags: readonly string[]): Promise<number> {
    const typed = ["scan", "base/sysvol", "--directory", "base/directory.ldif", "--root", "base"];
    const run = await this.run(...typed, "--deterministic", "--out", `json=${name}.json`, ...flags);
    return run.code;
  }

  result(name: string): ScanResult {
    return JSON.parse(readFileSync(join(this.folder, `${name}.json`), "utf8")) as ScanResult;
  }

  write(name: string, result: unknown): void {
    writeFileSync(
      join(this.folder, `${name}.json`),
      typeof result === "string" ? result : JSON.stringify(result),
    );
  }

  run(...argv: readonly string[]) {
    return runCli(argv, { cwd: this.folder });
  }

  #edit(path: string, from: string | RegExp, to: string): void {
    const full = join(this.folder, "base", path);
    const text = readFileSync(full, "utf8");
    const edited = text.replace(from, to);
    if (edited === text) throw new Error(`the edit of ${path} changes nothing`);
    writeFileSync(full, edited);
  }
}
