import { parseBackupInfo, parseManifest } from "../formats/gpmc/parse-backup-info.ts";
import type { BackupInfo } from "../formats/gpmc/parse-backup-info.ts";
import type { BackupXml, CoreSettings } from "../formats/gpmc/parse-backup-xml.ts";
import { parseBackupXml } from "../formats/gpmc/parse-backup-xml.ts";
import type { BackupGpo, ReportedGpo } from "../model/backup.ts";
import type { Gpt } from "../model/gpo.ts";
import type { Location } from "../model/location.ts";
import { reportDifferences } from "./backup-differences.ts";
import { backupGpc } from "./backup-gpc.ts";
import type { Identity } from "./backup-identity.ts";
import { folderGuid, identify } from "./backup-identity.ts";
import { addMissingParts } from "./backup-parts.ts";
import type { BackupPlace, ManifestPlace } from "./backup-layout.ts";
import type { FileReader, ReadFile } from "./file-reader.ts";
import { findByNames, listFolder } from "./folder-search.ts";
import { readParts } from "./gpt.ts";
import type { FoundBackups } from "./policy-search.ts";
import { findBackups } from "./policy-search.ts";
import { readReportedGpos } from "./report.ts";

/** Reads the backups of GPOs at or below a path: what `Backup-GPO`, the console or LGPO write, and copies of it. */
export function readBackups(reader: FileReader, path: string): BackupGpo[] {
  return readFoundBackups(reader, findBackups(reader, path));
}

export function readFoundBackups(reader: FileReader, { backups, manifests }: FoundBackups): BackupGpo[] {
  const read = new Map(backups.map((place) => [place, readBackup(reader, place)]));
  for (const manifest of manifests) checkManifest(reader, manifest, read);
  return [...read.values()];
}

function readBackup(reader: FileReader, place: BackupPlace): BackupGpo {
  reader.listings.clear();
  const entries = listFolder(reader, place.folder);
  const info = readOne(reader, place.folder, "bkupinfo.xml", parseBackupInfo);
  const backup = usable(readOne(reader, place.folder, "backup.xml", parseBackupXml));
  const report = readOwnReport(reader, place.folder);
  if (backup === null) reader.report("backup.no-backup-xml", place.folder);
  const core = backup?.core ?? null;
  const identity = identify(reader, place.folder, {
    core,
    info: info?.parsed.info ?? null,
    report,
  });
  const location: Location = core?.location ??
    info?.parsed.info?.location ?? { path: reader.naming.relative(place.folder), line: 1 };
  const gpt = readBackupGpt(reader, place, identity, backup, entries === null);
  if (report !== null) reportDifferences(reader, gpt, report, place.folder);
  return {
    guid: identity.guid,
    guidFrom: identity.guidFrom,
    domain: identity.domain,
    displayName: identity.displayName,
    backupId: info?.parsed.info?.backupId ?? folderGuid(place.folder),
    backupTime: info?.parsed.info?.backupTime ?? null,
    path: reader.naming.relative(place.folder),
    gpt,
    gpc: core === null || identity.domain === null ? null : backupGpc(core, identity, identity.domain),
    links: report?.links ?? null,
    location,
  };
}

function readBackupGpt(
  reader: FileReader,
  place: BackupPlace,
  identity: Identity,
  backup: UsableBackup | null,
  unlisted: boolean,
): Gpt {
  const parts = readParts(reader, place.folder, place.gptNames);
  const core = backup?.core ?? null;
  return {
    guid: identity.guid,
    domainLabel: identity.domain,
    path: reader.naming.relative(place.folder),
    // Only Backup.xml tells a GPO without files from one whose files were not copied.
    empty: parts.length === 0 && backup === null,
    unreadable: unlisted ? { code: "gpt.unreadable", text: "its folder cannot be listed" } : null,
    // A backup has no GPT.INI; Backup.xml holds the version that stood in it.
    gptIni:
      core === null
        ? null
        : {
            path: core.versionLocation.path,
            location: core.versionLocation,
            machineVersion: core.versions.sysvol,
          },
    parts: addMissingParts(reader, place, parts, backup?.files ?? []),
  };
}

interface UsableBackup {
  readonly core: CoreSettings;
  readonly files: BackupXml["files"];
}

/** A Backup.xml that breaks off may have listed more files: it proves nothing about what is missing. */
function usable(read: ReadFile<BackupXml> | null): UsableBackup | null {
  if (read === null || !read.parsed.complete || read.parsed.core === null) return null;
  return { core: read.parsed.core, files: read.parsed.files };
}

type Parsed = BackupXml | ReturnType<typeof parseBackupInfo>;

/** One of the small files. Of two that differ only by case nobody knows which one Windows would keep: none counts. */
function readOne<T extends Parsed>(
  reader: FileReader,
  folder: string,
  name: string,
  parse: (bytes: Uint8Array, path: string) => T,
): ReadFile<T> | null {
  const [found, ...twins] = findByNames(reader, folder, [name]).filter(({ kind }) => kind === "file");
  return found === undefined || twins.length > 0 ? null : reader.read(found.path, "GPO backup", parse);
}

/** gpreport.xml beside Backup.xml; it shows one GPO. */
function readOwnReport(reader: FileReader, folder: string): ReportedGpo | null {
  const found = findByNames(reader, folder, ["gpreport.xml"]).find(({ kind }) => kind === "file");
  return found === undefined ? null : (readReportedGpos(reader, found.path)?.gpos[0] ?? null);
}

/** The manifest is a table of contents, and only that: what is there is read whether it is listed or not. */
function checkManifest(
  reader: FileReader,
  { file, backups }: ManifestPlace,
  read: ReadonlyMap<BackupPlace, BackupGpo>,
): void {
  const manifest = reader.read(file, "GPO backup", parseManifest);
  if (manifest === null) return;
  const listed: readonly BackupInfo[] = manifest.parsed.backups;
  const here = backups.flatMap((place) => read.get(place) ?? []);
  for (const { backupId, displayName } of listed) {
    if (backupId === null || here.some((backup) => backup.backupId === backupId)) continue;
    reader.report("backup.manifest-missing", file, `{${backupId}} ${displayName ?? ""}`);
  }
  for (const { backupId, path } of here) {
    if (backupId === null || !listed.some((other) => other.backupId === backupId)) {
      reader.report("backup.manifest-unlisted", file, path);
    }
  }
}
