import { namespaces } from "./namespaces.ts";
import { readXml } from "./read-xml.ts";

/** What the console and gpresult write, told by the root element and its namespace. */
export type GpmcKind = "backup-info" | "backup" | "manifest" | "gpo-report" | "rsop-report";

const roots = new Map<string, GpmcKind>([
  [`${namespaces.manifest} BackupInst`, "backup-info"],
  [`${namespaces.manifest} Backups`, "manifest"],
  [`${namespaces.backup} GroupPolicyBackupScheme`, "backup"],
  [`${namespaces.settings} GPO`, "gpo-report"],
  [`${namespaces.rsop} Rsop`, "rsop-report"],
]);

/** More than enough for the tags in front of the first GPO. */
const headLength = 64 * 1024;

/** What kind of document begins with these bytes; null: none of ours. The name of the file does not matter. */
export function recogniseXml(bytes: Uint8Array): GpmcKind | null {
  let kind: GpmcKind | null = null;
  readXml(bytes.subarray(0, headLength), "", () => ({
    choose(element, path) {
      // The root around the GPOs of a report of all has a name that nobody documents.
      const own = roots.get(`${element.uri} ${element.name}`) ?? null;
      if (path.length === 0 || own === "gpo-report") kind ??= own;
      return kind === null && path.length === 0 ? "enter" : "skip";
    },
    take() {},
    leave() {},
  }));
  return kind;
}

/** Whether a document begins with a DOCTYPE, for which it is refused whatever it is. */
export function hasDoctype(bytes: Uint8Array): boolean {
  const visitor = { choose: () => "skip" as const, take() {}, leave() {} };
  const { diagnostics } = readXml(bytes.subarray(0, headLength), "", () => visitor);
  return diagnostics.some(({ code }) => code === "xml.refused");
}
