import type { CoreSettings } from "../formats/gpmc/parse-backup-xml.ts";
import type { Gpc } from "../model/gpo.ts";
import type { Identity } from "./backup-identity.ts";
import { gpcFrame } from "./report.ts";

/** The directory half that an import of the backup makes. */
export function backupGpc(core: CoreSettings, { guid, displayName }: Identity, domain: string): Gpc {
  return {
    ...gpcFrame(guid, domain),
    displayName,
    location: core.location,
    flags: core.flags,
    machineVersion: core.versions.directory,
    extensions: core.extensions,
    securityDescriptor: core.securityDescriptor,
    wmiFilter: core.wmiFilter,
  };
}
