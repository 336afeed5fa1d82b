import type { ReportedGpo } from "../model/backup.ts";
import type { Gpt } from "../model/gpo.ts";
import type { PartKind, Write } from "../model/setting.ts";
import { partKinds } from "../model/setting.ts";
import type { FileReader } from "./file-reader.ts";

/** So many differences of one kind are told; more of them tell nothing new. */
const maxTold = 20;

/**
 * Says where gpreport.xml and the files of a backup disagree. The report is what the console saw when the backup was made,
 * the files are what an import would bring: where they differ, somebody changed one of them.
 */
export function reportDifferences(reader: FileReader, gpt: Gpt, report: ReportedGpo, folder: string): void {
  for (const kind of partKinds) {
    const saved = gpt.parts.find((part) => part.kind === kind);
    const shown = report.parts.find((part) => part.kind === kind);
    // Of a file or a section of which a part is lost, or that the report does not spell out, only what is there can differ.
    const fileIsWhole = saved === undefined || saved.open.length === 0;
    const reportIsWhole = shown === undefined || (shown.open.length === 0 && kind !== "registry.pol");
    const files = byTarget(saved?.writes ?? []);
    const shows = byTarget(shown?.writes ?? []);
    const told: string[] = [];
    for (const [target, write] of shows) {
      const other = files.get(target);
      if (other === undefined ? fileIsWhole : !mayAgree(write, other))
        told.push(describe(target, other, write));
    }
    if (reportIsWhole && shown !== undefined) {
      for (const [target, write] of files)
        if (!shows.has(target)) told.push(describe(target, write, undefined));
    }
    if (shown === undefined && files.size > 0) told.push(`the report shows nothing of ${kind}`);
    tell(reader, folder, kind, told);
  }
}

/** The last write to each setting or below each key. */
function byTarget(writes: readonly Write[]): ReadonlyMap<string, Write> {
  return new Map(writes.map((write) => ["key" in write ? write.key : write.keyPrefix, write]));
}

function mayAgree(a: Write, b: Write): boolean {
  if (a.action === "unusable" || b.action === "unusable") return true;
  if (a.action !== b.action) return false;
  const values = readings(a);
  return values.length === 0 || readings(b).some((value) => values.includes(value));
}

function readings(write: Write): readonly string[] {
  return "value" in write ? [write.value, ...write.alternatives].map((value) => JSON.stringify(value)) : [];
}

function describe(target: string, saved: Write | undefined, shown: Write | undefined): string {
  const text = (write: Write | undefined): string =>
    write === undefined ? "nothing" : "value" in write ? JSON.stringify(write.value) : write.action;
  return `file ${text(saved)}, report ${text(shown)}: ${target}`;
}

function tell(reader: FileReader, folder: string, kind: PartKind, told: readonly string[]): void {
  for (const detail of told.slice(0, maxTold)) reader.report("backup.report-differs", folder, detail);
  if (told.length > maxTold) {
    reader.report("backup.report-differs", folder, `${kind}: ${told.length - maxTold} more`);
  }
}
