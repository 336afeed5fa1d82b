import { diagnosticText } from "../model/diagnostic.ts";
import type { InspectedFile } from "../model/inspect.ts";
import type { Proposal } from "../model/proposal.ts";
import type { UnjudgedRows } from "../model/unjudged-rows.ts";
import { UnjudgedCounter, unjudgedTemplateRow } from "../model/unjudged-rows.ts";
import type { Archive } from "../sources/archive/archive.ts";
import { FileReader } from "../sources/file-reader.ts";
import { nameInputs } from "../sources/name-inputs.ts";
import { isPolicyRules, readPolicyRules } from "../sources/policy-rules.ts";
import type { Inputs } from "../sources/read-inputs.ts";
import { readInputs } from "../sources/read-inputs.ts";
import type { Vfs } from "../sources/vfs.ts";
import { inspect } from "./inspect.ts";

/** A GPO to make a pack of, and what it sets that no pack can ask for. */
export interface ImportedGpo {
  readonly gpo: Proposal;
  readonly unjudged: readonly UnjudgedRows[];
}

export interface ImportSource {
  readonly gpos: readonly ImportedGpo[];
  /** What went wrong while reading; a line each. */
  readonly problems: readonly string[];
  /** Whatever else the engine wants to be given. */
  readonly inputs: Inputs;
}

/** Reads GPOs from whatever `scan` reads them from, or from a file of Policy Analyzer. Paths are absolute. */
export function readImportSource(
  base: Vfs,
  path: string,
  root: string,
  archives: ReadonlyMap<string, Archive>,
): ImportSource {
  const reader = new FileReader(base, nameInputs(base, root, [path]));
  if (!archives.has(path) && isPolicyRules(reader, path)) {
    const inputs = readInputs(base, { paths: [], directoryFiles: [], root });
    const gpos = readPolicyRules(reader, path) ?? [];
    return { gpos, problems: problemsOf(reader.diagnostics, ["error", "warning"]), inputs };
  }
  const inputs = readInputs(base, { paths: [path], archives, directoryFiles: [], root });
  const { files } = inspect(base, [path], root, archives);
  return {
    gpos: inputs.given.map((gpo) => ({ gpo, unjudged: countUnjudged(gpo, files) })),
    problems: [
      ...new Set([
        ...problemsOf(inputs.diagnostics, ["error"]),
        ...inputs.lostSources.map((lost) => `${lost.path}: ${lost.text}`),
      ]),
    ],
    inputs,
  };
}

function problemsOf(diagnostics: Inputs["diagnostics"], severities: readonly string[]): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severities.includes(severity))
    .map((diagnostic) => {
      const line = diagnostic.line === undefined ? "" : `:${diagnostic.line}`;
      return `${diagnostic.path}${line}: ${diagnosticText(diagnostic)}`;
    });
}

/** Every row of the files of a GPO that is about users, or about something that is no setting of a pack. */
function countUnjudged({ gpt }: Proposal, files: readonly InspectedFile[]): readonly UnjudgedRows[] {
  const counter = new UnjudgedCounter();
  for (const { file, entries } of files) {
    const below = namesBelow(gpt.path, file.path);
    const side = below?.find((name) => name === "machine" || name === "user");
    if (side === undefined) continue;
    if (side === "user") counter.add("settings of users", entries.length);
    else for (const entry of entries) countEntry(entry, counter);
  }
  return counter.rows();
}

const auditRows = {
  option: "audit options",
  "global-sacl": "global object access auditing",
  user: "audit rows for one user",
} as const;

function countEntry(entry: InspectedFile["entries"][number], counter: UnjudgedCounter): void {
  if ("section" in entry) {
    const what = unjudgedTemplateRow(entry.section, entry.key);
    if (what !== null) counter.add(what);
  } else if ("kind" in entry && entry.kind !== "subcategory") counter.add(auditRows[entry.kind]);
}

/** Names between a folder and a file in lower case; null where the file is not below. */
function namesBelow(folder: string, file: string): readonly string[] | null {
  if (folder !== "." && !file.startsWith(`${folder}/`)) return null;
  const rest = folder === "." ? file : file.slice(folder.length + 1);
  return rest.toLowerCase().split("/").slice(0, -1);
}
