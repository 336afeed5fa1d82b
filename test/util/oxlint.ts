import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface LintError {
  /** Without its plugin: `no-cycle`. */
  readonly rule: string;
  /** `src/model/a.ts:3`, relative to the folder. */
  readonly place: string;
  readonly help: string;
}

interface LintOutput {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly filename: string;
    readonly help?: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/** Writes files into a new folder that this project's lint rules hold for. */
export function plantFiles(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "gpolint lint "));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  copyFileSync(
    fileURLToPath(new URL("../../.oxlintrc.json", import.meta.url)),
    join(folder, ".oxlintrc.json"),
  );
  const compilerOptions = {
    strict: true,
    target: "es2023",
    module: "nodenext",
    noEmit: true,
    allowImportingTsExtensions: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  return folder;
}

/** Runs the linter of this project in a folder. */
export function lint(folder: string, ...flags: readonly string[]): LintError[] {
  const args = [join(modules, "oxlint/bin/oxlint"), "--format=json", ...flags];
  const env = { ...process.env, OXLINT_TSGOLINT_PATH: join(modules, "oxlint-tsgolint/bin/tsgolint.js") };
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const output: LintOutput = JSON.parse(stdout);
  return output.diagnostics.map(({ code, filename, help = "", labels }) => ({
    rule: /\(([^)]+)\)/.exec(code)?.[1] ?? code,
    place: `${filename.replaceAll("\\", "/").replace(/^\.\//, "")}:${labels[0]?.span.line}`,
    help,
  }));
}
