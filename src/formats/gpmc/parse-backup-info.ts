import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { Guid } from "../../model/gpo.ts";
import type { TextLocation } from "../../model/location.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import type { Element } from "./element.ts";
import { childText, childWord, isNamed } from "./element.ts";
import { namespaces } from "./namespaces.ts";
import type { XmlFrame } from "./read-xml.ts";
import { readXml } from "./read-xml.ts";

/** One BackupInst: which GPO a backup is of. */
export interface BackupInfo {
  readonly guid: Guid | null;
  readonly domain: string | null;
  readonly displayName: string | null;
  readonly backupId: Guid | null;
  readonly backupTime: string | null;
  readonly location: TextLocation;
}

/** Reads a bkupInfo.xml; `info` is null where it holds no BackupInst. */
export function parseBackupInfo(
  bytes: Uint8Array,
  path: string,
): XmlFrame & { readonly info: BackupInfo | null } {
  let info: BackupInfo | null = null;
  const frame = readXml(bytes, path, (diagnostics) => ({
    choose(element) {
      if (isNamed(element, namespaces.manifest, "BackupInst")) return "keep";
      diagnostics.atLine("xml.root", element.line, element.name);
      return "skip";
    },
    take(element) {
      info = readInstance(element, path, diagnostics);
    },
    leave() {},
  }));
  return { ...frame, info };
}

/** Reads a manifest.xml: the backups that a folder should hold. */
export function parseManifest(
  bytes: Uint8Array,
  path: string,
): XmlFrame & { readonly backups: readonly BackupInfo[] } {
  const backups: BackupInfo[] = [];
  const frame = readXml(bytes, path, (diagnostics) => ({
    choose(element, around) {
      if (around.length > 0) return isNamed(element, namespaces.manifest, "BackupInst") ? "keep" : "skip";
      if (isNamed(element, namespaces.manifest, "Backups")) return "enter";
      diagnostics.atLine("xml.root", element.line, element.name);
      return "skip";
    },
    take(element) {
      backups.push(readInstance(element, path, diagnostics));
    },
    leave() {},
  }));
  return { ...frame, backups };
}

function readInstance(element: Element, path: string, diagnostics: DiagnosticCollector): BackupInfo {
  const guid = (name: string): Guid | null => {
    const text = childText(element, name);
    const value = parseGuidText(text ?? "");
    if (value === null && text !== null) diagnostics.atLine("backup.value", element.line, `${name}: ${text}`);
    return value;
  };
  return {
    guid: guid("GPOGuid"),
    domain: childWord(element, "GPODomain")?.toLowerCase() ?? null,
    displayName: childWord(element, "GPODisplayName"),
    backupId: guid("ID"),
    backupTime: childWord(element, "BackupTime"),
    location: { path, line: element.line },
  };
}
