import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ProposeOptions } from "../../src/app/apply-proposals.ts";
import { noProposals } from "../../src/app/apply-proposals.ts";
import { effective } from "../../src/app/effective.ts";
import { scan } from "../../src/app/scan.ts";
import { selectTargets } from "../../src/app/select-targets.ts";
import type { EngineOptions } from "../../src/engine/engine.ts";
import type { EffectiveResult } from "../../src/model/effective-result.ts";
import type { PolicyPack } from "../../src/model/requirement.ts";
import type { ScanResult } from "../../src/model/result.ts";
import { fsVfs } from "../../src/sources/fs-vfs.ts";
import type { Inputs } from "../../src/sources/read-inputs.ts";
import { readInputs } from "../../src/sources/read-inputs.ts";
import type { Vfs } from "../../src/sources/vfs.ts";
import { noAssumptions } from "./engine.ts";
import { validPack } from "./packs.ts";

/** Absolute path of something in this repository, `/` between names. */
export function repoPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url)).replaceAll("\\", "/");
}

export function bundledPack(name: string): PolicyPack {
  return validPack(readFileSync(repoPath(`policies/${name}.json`), "utf8"));
}

export function readExport(
  sysvol: string,
  directoryFiles: readonly string[],
  root = sysvol,
  vfs: Vfs = fsVfs,
): Inputs {
  return readInputs(vfs, { paths: [sysvol], directoryFiles, root });
}

/** The bundled example domain. */
export const example = {
  root: repoPath("examples/corp.example"),
  sysvol: repoPath("examples/corp.example/sysvol"),
  directory: repoPath("examples/corp.example/directory.ldif"),
};

function computersOf({ inventory: { directory } }: Inputs) {
  if (directory === null) return [];
  const selection = selectTargets(directory, []);
  return selection.ok ? selection.computers : [];
}

export function scanInputs(
  inputs: Inputs,
  packs: readonly PolicyPack[],
  options: Partial<EngineOptions> = {},
  proposals: ProposeOptions = noProposals,
): ScanResult {
  return scan(inputs, {
    packs,
    computers: computersOf(inputs),
    selectedAll: true,
    engine: { ...noAssumptions, ...options },
    proposals,
    assumptions: [],
    gate: {
      failOn: "low",
      allowIncomplete: false,
      softFail: false,
      failOnRegression: false,
      failOnNew: false,
    },
    version: "0.0.0",
    startTime: null,
    command: null,
  });
}

export function effectiveOf(inputs: Inputs): {
  readonly result: EffectiveResult;
  readonly incomplete: boolean;
} {
  return effective(inputs, { computers: computersOf(inputs), engine: noAssumptions, proposals: noProposals });
}
