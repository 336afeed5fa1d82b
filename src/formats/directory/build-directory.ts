import type { Diagnostic } from "../../model/diagnostic.ts";
import { dnKey, domainOfDn, parseDn } from "../../model/dn.ts";
import type { Computer, Directory, Gpc, Som, SomKind } from "../../model/gpo.ts";
import { buildComputer, isDcAccount } from "./build-computer.ts";
import type { Forest } from "./build-gpc.ts";
import { buildGpc } from "./build-gpc.ts";
import { buildMemberships } from "./build-groups.ts";
import { buildServers } from "./build-servers.ts";
import { buildSom } from "./build-som.ts";
import type { DirectoryObject } from "./directory-object.ts";
import { findText, mergeRecords } from "./directory-object.ts";
import { DirectoryReport } from "./directory-report.ts";
import { domainSids, forestRoot } from "./domain-sids.ts";
import type { ObjectKind } from "./object-class.ts";
import { objectKind } from "./object-class.ts";
import { readObjectSid } from "./read-value.ts";
import type { DirectoryRecord } from "./record.ts";
import { WmiFilters } from "./wmi-filters.ts";

export interface BuiltDirectory {
  readonly directory: Directory;
  readonly diagnostics: Diagnostic[];
}

/** Builds the directory from the records of any number of exports. Where two differ about an object, the later counts. */
export function buildDirectory(...exports: readonly (readonly DirectoryRecord[])[]): BuiltDirectory {
  const report = new DirectoryReport();
  const objects = mergeRecords(exports, (record, attribute) =>
    report.at("directory.object-twice", record.location, `${attribute} of ${record.dn}`),
  );
  for (const [key, object] of objects) if (!isLive(object, report)) objects.delete(key);
  const kinds = new Map<string, ObjectKind>();
  const byKind = new Map<ObjectKind, DirectoryObject[]>();
  for (const object of objects.values()) {
    const kind = objectKind(object);
    kinds.set(object.key, kind);
    const list = byKind.get(kind);
    if (list === undefined) byKind.set(kind, [object]);
    else list.push(object);
  }
  const ofKind = (kind: ObjectKind): readonly DirectoryObject[] => byKey(byKind.get(kind) ?? []);

  const { distributionGroups, ...memberships } = buildMemberships(objects, kinds, report);
  const dcs = [...ofKind("other"), ...ofKind("unclear")].filter(isDcAccount);
  const computers = byKey([...ofKind("computer"), ...dcs])
    .map((object) => buildComputer(object, report))
    .map((computer) => withoutGroups(computer, distributionGroups));
  const domains = new Map(
    ofKind("domain").map((head) => [domainOfDn(head.dn), { dn: head.dn, sid: readObjectSid(head, report) }]),
  );
  const sids = domainSids(domains, computers);
  const forest: Forest = {
    domainSid: (domain) => sids.get(domain) ?? null,
    rootSid: sids.get(forestRoot(objects.values(), computers) ?? "") ?? null,
    wmiFilters: new WmiFilters(ofKind("wmi-filter")),
  };
  const directory: Directory = {
    ...memberships,
    computers,
    soms: buildSoms(ofKind, report),
    gpcs: buildGpcs(ofKind("gpc"), forest, report),
    domains,
    servers: buildServers(ofKind("server"), computers),
    hasSites: ofKind("site").length > 0,
    mayHideObjects: false,
  };
  return { directory, diagnostics: report.items };
}

/** False for what was deleted or renamed in a replication conflict: Windows does not find it under its old name. */
function isLive(object: DirectoryObject, report: DirectoryReport): boolean {
  // The renamed RDN holds a line feed, then the mark and a GUID (MS-ADTS 3.1.1.1.5, 3.1.1.5.1.2).
  const renamed = /(?:\\0a|\n)(?:CNF|DEL):/i.test(object.dn) ? (parseDn(object.dn)?.[0]?.text ?? "") : "";
  const mark = /(?:\\0a|\n)(CNF|DEL):/i.exec(renamed)?.[1]?.toUpperCase();
  if (mark === "CNF") report.at("directory.conflict-object", object.location, object.dn);
  if (mark !== undefined || /,CN=Deleted Objects,/i.test(object.dn)) return false;
  return findText(object, "isdeleted")?.trim().toUpperCase() !== "TRUE";
}

const somKinds: readonly SomKind[] = ["site", "domain", "ou"];

function buildSoms(
  ofKind: (kind: ObjectKind) => readonly DirectoryObject[],
  report: DirectoryReport,
): ReadonlyMap<string, Som> {
  const soms = new Map<string, Som>();
  for (const kind of somKinds) {
    for (const object of ofKind(kind)) soms.set(object.key, buildSom(object, kind, report));
  }
  return soms;
}

function buildGpcs(
  objects: readonly DirectoryObject[],
  forest: Forest,
  report: DirectoryReport,
): ReadonlyMap<string, Gpc> {
  const gpcs = new Map<string, Gpc>();
  for (const object of objects) {
    const gpc = buildGpc(object, forest, report);
    if (gpc !== null) gpcs.set(object.key, gpc);
  }
  return gpcs;
}

function withoutGroups(computer: Computer, groups: ReadonlySet<string>): Computer {
  if (groups.size === 0) return computer;
  return { ...computer, memberOf: computer.memberOf.filter((dn) => !groups.has(dnKey(dn))) };
}

/** An order that does not depend on how a server happened to return its objects. */
function byKey(objects: readonly DirectoryObject[]): readonly DirectoryObject[] {
  return [...objects].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
