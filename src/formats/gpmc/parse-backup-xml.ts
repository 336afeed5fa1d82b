import type { MachineVersions } from "../../model/backup.ts";
import type { DiagnosticCollector } from "../../model/diagnostic.ts";
import type { ExtensionList, Guid, SecurityDescriptorFact, WmiFilterRef } from "../../model/gpo.ts";
import type { TextLocation } from "../../model/location.ts";
import { parseExtensionList } from "../directory/extension-list.ts";
import { parseGuidText } from "../security-descriptor/guid.ts";
import { parseSecurityDescriptor } from "../security-descriptor/parse-binary.ts";
import { maxUint32 } from "../text/numbers.ts";
import type { Element } from "./element.ts";
import { childOf, childText, childWord, isNamed } from "./element.ts";
import { namespaces } from "./namespaces.ts";
import type { XmlFrame } from "./read-xml.ts";
import { readXml } from "./read-xml.ts";

/** GroupPolicyCoreSettings: the directory half of the GPO as it was. */
export interface CoreSettings {
  readonly guid: Guid | null;
  readonly domain: string | null;
  readonly displayName: string | null;
  readonly flags: number | "malformed";
  readonly versions: MachineVersions;
  readonly versionLocation: TextLocation;
  readonly extensions: ExtensionList;
  readonly securityDescriptor: SecurityDescriptorFact;
  readonly wmiFilter: WmiFilterRef | null;
  readonly location: TextLocation;
}

export interface BackupXml extends XmlFrame {
  readonly core: CoreSettings | null;
  /** Files that were saved: the names below the folder of the backup, lower case. Never followed, only looked for. */
  readonly files: readonly (readonly string[])[];
}

/** Reads a Backup.xml. */
export function parseBackupXml(bytes: Uint8Array, path: string): BackupXml {
  let core: CoreSettings | null = null;
  const files: (readonly string[])[] = [];
  const frame = readXml(bytes, path, (diagnostics) => ({
    choose(element, around) {
      if (around.length === 0) {
        if (isNamed(element, namespaces.backup, "GroupPolicyBackupScheme")) return "enter";
        diagnostics.atLine("xml.root", element.line, element.name);
        return "skip";
      }
      if (element.name === "GroupPolicyObject") return "enter";
      return element.name === "GroupPolicyCoreSettings" || element.name === "GroupPolicyExtension"
        ? "keep"
        : "skip";
    },
    take(element) {
      if (element.name === "GroupPolicyCoreSettings") core = readCore(element, path, diagnostics);
      else files.push(...savedFiles(element));
    },
    leave() {},
  }));
  return { ...frame, core, files };
}

/** A pattern that matched no file has no place in the backup. */
function savedFiles(extension: Element): (readonly string[])[] {
  return extension.children
    .filter(({ name }) => name === "FSObjectFile")
    .map(({ attributes }) => attributes.get("Location"))
    .filter((place) => place !== undefined)
    .map((place) => place.toLowerCase().split(/[\\/]/));
}

function readCore(element: Element, path: string, diagnostics: DiagnosticCollector): CoreSettings {
  const report = (name: string, detail: string | null): void =>
    diagnostics.atLine(
      "backup.value",
      childOf(element, name)?.line ?? element.line,
      `${name}: ${detail ?? "absent"}`,
    );
  const at = (name: string): TextLocation => ({ path, line: childOf(element, name)?.line ?? element.line });
  const idText = childText(element, "ID");
  const guid = parseGuidText(idText ?? "");
  if (guid === null) report("ID", idText);
  return {
    guid,
    domain: childWord(element, "Domain")?.toLowerCase() ?? null,
    displayName: childWord(element, "DisplayName"),
    flags: readFlags(childText(element, "Options"), report),
    versions: readVersions(childText(element, "MachineVersionNumber"), report),
    versionLocation: at("MachineVersionNumber"),
    extensions: readExtensions(childText(element, "MachineExtensionGuids"), report),
    securityDescriptor: readDescriptor(childText(element, "SecurityDescriptor"), report),
    wmiFilter: readWmiFilter(childText(element, "WMIFilter"), report),
    location: { path, line: element.line },
  };
}

type Report = (name: string, detail: string | null) => void;

/** The flags of the GPC under another name. */
function readFlags(text: string | null, report: Report): number | "malformed" {
  const flags = readUint32(text);
  if (flags === null) report("Options", text);
  return flags ?? "malformed";
}

/**
 * Not packed as in GPT.INI: one number for each side, which holds the SYSVOL version above the directory version
 * (MS-GPOL 3.2.1.4).
 */
function readVersions(text: string | null, report: Report): MachineVersions {
  const version = readUint32(text);
  if (version === null) report("MachineVersionNumber", text);
  return version === null
    ? { directory: null, sysvol: null }
    : { directory: version & 0xffff, sysvol: version >>> 16 };
}

function readUint32(text: string | null): number | null {
  if (text === null || !/^\d{1,10}$/.test(text)) return null;
  const number = Number(text);
  return number <= maxUint32 ? number : null;
}

function readExtensions(text: string | null, report: Report): ExtensionList {
  const list = text === null ? { effective: [], ineffective: [], damaged: true } : parseExtensionList(text);
  if (list.damaged) report("MachineExtensionGuids", text);
  return list;
}

/** Bytes of a self-relative descriptor in hexadecimal, parted by blanks. */
function readDescriptor(text: string | null, report: Report): SecurityDescriptorFact {
  if (text === null || text === "") return { state: "absent" };
  const hex = text.replace(/\s+/g, "");
  const fact: SecurityDescriptorFact = /^([0-9a-f]{2})+$/i.test(hex)
    ? parseSecurityDescriptor(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)))
    : { state: "malformed", detail: "not hexadecimal" };
  if (fact.state === "malformed") report("SecurityDescriptor", fact.detail);
  return fact;
}

/** The form of the reference is not documented; the GUID in it names the filter, whose query no backup holds. */
function readWmiFilter(text: string | null, report: Report): WmiFilterRef | null {
  if (text === null || text === "") return null;
  const id = parseGuidText(/\{[0-9a-f-]{36}\}/i.exec(text)?.[0] ?? "");
  if (id === null) report("WMIFilter", text);
  return { id, name: null, query: null, found: false };
}
