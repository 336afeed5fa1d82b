import type { DirectoryRecord } from "../formats/directory/record.ts";
import { buildReadiness } from "../formats/readiness/build-readiness.ts";
import type { LookUp } from "../formats/readiness/look-ups.ts";
import { parseNameList } from "../formats/readiness/parse-name-list.ts";
import type { ReadinessFacts } from "../model/readiness.ts";
import { FileReader } from "./file-reader.ts";
import { PathNaming } from "./naming.ts";
import type { Vfs } from "./vfs.ts";

/** What the readiness checks are asked about. */
export interface ReadinessSpec {
  /** Names of the sensor's accounts, as typed. */
  readonly serviceAccounts: readonly string[];
  /** Absolute path of a list of honeytokens; null where there is none. */
  readonly listFile: string | null;
}

export interface ReadReadiness {
  readonly facts: ReadinessFacts;
  readonly listGiven: boolean;
}

/** Takes what readiness needs out of what was read of the directory; a list that cannot be read whole is none. */
export function readReadiness(
  reader: FileReader,
  exports: readonly (readonly DirectoryRecord[])[],
  { serviceAccounts, listFile }: ReadinessSpec,
  lookUps: readonly LookUp[],
): ReadReadiness {
  const list = listFile === null ? null : reader.read(listFile, "list of accounts", parseNameList);
  const listed = list?.parsed.whole === true ? list.parsed.names : null;
  const { facts, diagnostics } = buildReadiness(exports, { serviceAccounts, listed, lookUps });
  for (const item of diagnostics)
    if (!reader.diagnostics.some((known) => isSame(known, item))) reader.diagnostics.push(item);
  return { facts, listGiven: listFile !== null };
}

/** The names that readiness asks about, to be looked up where a directory is read live. */
export function namesToLookUp(vfs: Vfs, { serviceAccounts, listFile }: ReadinessSpec): readonly string[] {
  const reader = new FileReader(vfs, new PathNaming("/"));
  const list = listFile === null ? null : reader.read(listFile, "list of accounts", parseNameList);
  return [...serviceAccounts, ...(list?.parsed.names ?? []).map(({ name }) => name)];
}

type Told = FileReader["diagnostics"][number];

/** An attribute that precedence needs too was complained about when the directory was built. */
function isSame(a: Told, b: Told): boolean {
  return a.code === b.code && a.path === b.path && a.line === b.line && a.detail === b.detail;
}
