import type { Gpt } from "../model/gpo.ts";
import type { FileReader } from "./file-reader.ts";
import { listFolder } from "./folder-search.ts";
import type { GptPlace } from "./gpt.ts";
import { readGpt } from "./gpt.ts";
import { baseName, joinPath } from "./naming.ts";

/** How deep below PATH a `Policies` folder or `{GUID}` folders may lie. */
const searchDepth = 3;

const guidFolder = /^\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}$/i;
/** What a replication conflict leaves beside the live folder. */
const morphedFolder = /^\{[0-9a-f-]{36}\}.+/i;

/** Reads every GPT below a path: a SYSVOL export, its `Policies` folder, or one `{GUID}` folder. */
export function readSysvol(reader: FileReader, path: string): Gpt[] {
  const places: GptPlace[] = [];
  search(reader, path, 0, places);
  return places.map((place) => readGpt(reader, place));
}

function search(reader: FileReader, folder: string, depth: number, places: GptPlace[]): void {
  const ownGuid = guidFolder.exec(baseName(folder))?.[1];
  if (ownGuid !== undefined) {
    places.push({ folder, guid: ownGuid.toLowerCase(), domainLabel: labelAbove(folder) });
    return;
  }
  for (const entry of listFolder(reader, folder) ?? []) {
    const path = joinPath(folder, entry.name);
    const guid = guidFolder.exec(entry.name)?.[1];
    if (entry.kind === "link") {
      if (guid !== undefined || depth < searchDepth) reader.report("file.link-skipped", path);
    } else if (entry.kind !== "folder") {
      continue;
    } else if (guid !== undefined) {
      places.push({ folder: path, guid: guid.toLowerCase(), domainLabel: labelAbove(path) });
    } else if (morphedFolder.test(entry.name)) {
      reader.report("file.morphed-folder", path);
    } else if (depth < searchDepth && !isPoliciesFolder(folder)) {
      search(reader, path, depth + 1, places);
    }
  }
}

/** Beside the GPOs, `Policies` holds ADMX files and starter GPOs: no policy of any computer. */
function isPoliciesFolder(path: string): boolean {
  return baseName(path).toLowerCase() === "policies";
}

/** The domain folder above `Policies`, lower case, if that is where the GPT stands. */
function labelAbove(guidPath: string): string | null {
  const policies = guidPath.slice(0, guidPath.lastIndexOf("/"));
  if (!isPoliciesFolder(policies)) return null;
  const domain = baseName(policies.slice(0, policies.lastIndexOf("/")));
  return domain === "" ? null : domain.toLowerCase();
}
