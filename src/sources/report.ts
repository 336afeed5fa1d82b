import { domainDn } from "../model/dn.ts";
import { GpoReportReader } from "../formats/gpmc/gpo-report-reader.ts";
import type { GpmcKind } from "../formats/gpmc/recognise-xml.ts";
import { recogniseXml } from "../formats/gpmc/recognise-xml.ts";
import { RsopReader } from "../formats/gpmc/rsop-reader.ts";
import type { GpoReport, ReportedGpo, ReportGpo, RsopReport } from "../model/backup.ts";
import type { Gpc, WmiFilterRef } from "../model/gpo.ts";
import type { FileReader } from "./file-reader.ts";
import { chunksOf } from "./report-chunks.ts";
import { streamXml } from "./report-stream.ts";
import { ReadError } from "./vfs.ts";

/** What a file is that the console or gpresult may have written, by its first bytes; null: nothing of theirs. */
export function recogniseReport(reader: FileReader, path: string): GpmcKind | null {
  try {
    for (const chunk of chunksOf(reader.vfs, path)) return recogniseXml(chunk);
    return null;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    reader.report("file.unreadable", path, error.message);
    return null;
  }
}

/** Reads a Get-GPOReport XML of one GPO or of all, as a stream. Null where the file cannot be read (reported). */
export function readReport(reader: FileReader, path: string): GpoReport | null {
  const reported = readReportedGpos(reader, path);
  if (reported === null) return null;
  return { ...reported, gpos: reported.gpos.map(toReportGpo) };
}

/** The GPOs of a report as it shows them. */
export function readReportedGpos(
  reader: FileReader,
  path: string,
): (Omit<GpoReport, "gpos"> & { readonly gpos: readonly ReportedGpo[] }) | null {
  const gpos: ReportedGpo[] = [];
  const streamed = streamXml(
    reader,
    path,
    "GPO report",
    (name, diagnostics) => new GpoReportReader(name, diagnostics, (gpo) => gpos.push(gpo)),
  );
  if (streamed === null) return null;
  if (!streamed.complete) streamed.visitor.abandon();
  if (gpos.length === 0 && streamed.complete) reader.report("report.no-gpo", path);
  const complete = streamed.complete && streamed.visitor.skipped === 0 && gpos.length > 0;
  return { path: reader.naming.relative(path), gpos, complete };
}

/** Reads what `gpresult /x` writes. Null where the file cannot be read (reported). */
export function readRsopReport(reader: FileReader, path: string): RsopReport | null {
  const streamed = streamXml(
    reader,
    path,
    "RSoP report",
    (name, diagnostics) => new RsopReader(name, diagnostics),
  );
  return streamed === null ? null : streamed.visitor.finish(streamed.complete);
}

function toReportGpo(gpo: ReportedGpo): ReportGpo {
  const { guid, domain, displayName, readTime, links, location, versions, parts } = gpo;
  return {
    guid,
    domain,
    displayName,
    readTime,
    links,
    gpt: {
      guid,
      domainLabel: domain,
      path: location.path,
      empty: false,
      unreadable: null,
      gptIni: { path: location.path, location, machineVersion: versions.sysvol },
      parts,
    },
    gpc: domain === null ? null : gpcOf(gpo, domain),
  };
}

function gpcOf(gpo: ReportedGpo, domain: string): Gpc {
  return {
    ...gpcFrame(gpo.guid, domain),
    displayName: gpo.displayName,
    location: gpo.location,
    flags: gpo.enabled === null ? "malformed" : gpo.enabled ? 0 : 2,
    machineVersion: gpo.versions.directory,
    // The report shows a section for an extension that is listed, but neither the list nor its order, and Windows stops
    // at the first group out of order (MS-GPOL 2.2.4).
    extensions: { effective: [], ineffective: [], damaged: true },
    securityDescriptor: gpo.securityDescriptor,
    wmiFilter: wmiFilterOf(gpo.wmiFilter),
  };
}

function wmiFilterOf(filter: ReportedGpo["wmiFilter"]): WmiFilterRef | null {
  if (filter === "none") return null;
  return { id: null, name: filter === "unknown" ? null : filter.name, query: null, found: false };
}

/**
 * What every GPO has that the console can save or show: it makes only such of functionality version 2, and its folder
 * stands below SYSVOL of its domain (MS-GPOL 2.2.4).
 */
export function gpcFrame(
  guid: string,
  domain: string,
): Pick<Gpc, "dn" | "guid" | "domain" | "opaque" | "functionalityVersion" | "fileSysPath"> {
  const name = `{${guid.toUpperCase()}}`;
  return {
    dn: `CN=${name},CN=Policies,CN=System,${domainDn(domain)}`,
    guid,
    domain,
    opaque: false,
    functionalityVersion: 2,
    fileSysPath: `\\\\${domain}\\sysvol\\${domain}\\Policies\\${name}`,
  };
}
