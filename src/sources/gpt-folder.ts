import { baseName } from "./naming.ts";
import type { VfsEntry } from "./vfs.ts";

const guidFolder = /^\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}$/i;
const morphedFolder = /^\{[0-9a-f-]{36}\}.+/i;

/** The GUID that a `{GUID}` folder is named by, lower case; null for any other name. */
export function guidOfFolder(folder: string): string | null {
  return guidFolder.exec(baseName(folder))?.[1]?.toLowerCase() ?? null;
}

/** What a replication conflict leaves beside the live folder. */
export function isMorphed(folder: string): boolean {
  return morphedFolder.test(baseName(folder));
}

/** Whether a folder directly holds what only a GPT has. */
export function holdsGpt(entries: readonly VfsEntry[]): boolean {
  return entries.some(({ name, kind }) => {
    const lower = name.toLowerCase();
    return kind === "file" ? lower === "gpt.ini" : lower === "machine" || lower === "user";
  });
}

/** Beside the GPOs, `Policies` holds ADMX files and starter GPOs: no policy of any computer. */
export function isPoliciesFolder(path: string): boolean {
  return baseName(path).toLowerCase() === "policies";
}

/** The domain folder above `Policies`, lower case, if that is where the GPT stands. */
export function labelAbove(guidPath: string): string | null {
  const policies = guidPath.slice(0, guidPath.lastIndexOf("/"));
  if (!isPoliciesFolder(policies)) return null;
  const domain = baseName(policies.slice(0, policies.lastIndexOf("/")));
  return domain === "" ? null : domain.toLowerCase();
}
