import type { GptPart } from "../model/setting.ts";
import { partKinds } from "../model/setting.ts";
import type { BackupPlace } from "./backup-layout.ts";
import type { FileReader } from "./file-reader.ts";
import { missingPart, partKindOf } from "./gpt.ts";
import { joinPath } from "./naming.ts";

/**
 * Adds the parts whose files Backup.xml lists and the folder does not hold: an incomplete copy must not look like a GPO
 * without settings. The paths are only compared, never followed.
 */
export function addMissingParts(
  reader: FileReader,
  place: BackupPlace,
  parts: readonly GptPart[],
  files: readonly (readonly string[])[],
): readonly GptPart[] {
  const kinds = new Set(files.map((names) => partKindOf(belowGpt(names))));
  const missing = partKinds.filter((kind) => kinds.has(kind) && !parts.some((part) => part.kind === kind));
  if (missing.length === 0) return parts;
  const path = reader.naming.relative(joinPath(place.folder, "Backup.xml"));
  const added = missing.map((kind) => {
    reader.report("backup.file-missing", place.folder, kind);
    return missingPart(kind, path, {
      code: "backup.file-missing",
      text: `Backup.xml lists a ${kind} that is not in the folder`,
    });
  });
  return [...parts, ...added].sort((a, b) => partKinds.indexOf(a.kind) - partKinds.indexOf(b.kind));
}

/** Every place in a backup begins with `DomainSysvol\GPO`. */
function belowGpt(names: readonly string[]): readonly string[] {
  return names[0] === "domainsysvol" && names[1] === "gpo" ? names.slice(2) : [];
}
