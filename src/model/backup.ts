import type { EvidenceKind } from "./evidence.ts";
import type { Gpc, Gpt, Guid, SecurityDescriptorFact } from "./gpo.ts";
import type { Location, TextLocation } from "./location.ts";
import type { Doubt, GptPart, SettingKey, SettingValue } from "./setting.ts";
import type { SourceKind } from "./source.ts";

/** A link as a report shows it: where to, but not in which order among the links there. */
export interface ReportedLink {
  /** Canonical name of the site, domain or OU as written: `corp.example/Domain Controllers`. */
  readonly somPath: string;
  /** Null where it cannot be read. */
  readonly enabled: boolean | null;
  readonly enforced: boolean | null;
  readonly location: TextLocation;
}

/** Both halves of a version, of the machine side. Null where one cannot be read. */
export interface MachineVersions {
  readonly directory: number | null;
  readonly sysvol: number | null;
}

/** One GPO of a Get-GPOReport XML, as the report shows it. */
export interface ReportedGpo {
  readonly guid: Guid;
  /** DNS name, lower case; null where the report does not say. */
  readonly domain: string | null;
  readonly displayName: string | null;
  readonly location: TextLocation;
  /** When the report was made, as written. */
  readonly readTime: string | null;
  /** The computer side; null where it cannot be read. */
  readonly enabled: boolean | null;
  readonly versions: MachineVersions;
  readonly securityDescriptor: SecurityDescriptorFact;
  /** "unknown" where the report says that it could not look, or does not say. */
  readonly wmiFilter: { readonly name: string } | "none" | "unknown";
  readonly links: readonly ReportedLink[];
  /** One for each section that the report shows: Windows writes one only where the GPO lists the extension. */
  readonly parts: readonly GptPart[];
}

/** A GPO taken from a report: both halves as far as it shows them. */
export interface ReportGpo extends Pick<
  ReportedGpo,
  "guid" | "domain" | "displayName" | "readTime" | "links"
> {
  readonly gpt: Gpt;
  /** Null where the report does not name the domain. */
  readonly gpc: Gpc | null;
}

export interface GpoReport {
  readonly path: string;
  readonly gpos: readonly ReportGpo[];
  /** False where the file breaks off or a GPO was skipped: any GPO may be missing. */
  readonly complete: boolean;
}

/** One backup of a GPO: what an import would bring, and what the GPO was when it was saved. */
export interface BackupGpo {
  readonly guid: Guid;
  /** What the GUID was taken from. "path": nothing names the GPO, and the GUID only tells it from others. */
  readonly guidFrom: "Backup.xml" | "bkupInfo.xml" | "gpreport.xml" | "folder name" | "path";
  readonly domain: string | null;
  readonly displayName: string | null;
  /** ID of the backup, which is not that of the GPO. */
  readonly backupId: Guid | null;
  /** As written: local time of the machine that made it, without zone. */
  readonly backupTime: string | null;
  /** Reported path of the folder. */
  readonly path: string;
  readonly gpt: Gpt;
  /** The directory half as Backup.xml tells it; null where there is none that can be read. */
  readonly gpc: Gpc | null;
  /** Links when the backup was made, not now; null where no gpreport.xml shows them. */
  readonly links: readonly ReportedLink[] | null;
  readonly location: Location;
}

/** Evidence that is no source by itself. */
type BlindEvidence = Exclude<EvidenceKind, "auditpol csv" | "RSoP report">;

/** What a source cannot show, whatever it holds. Told to people beside any verdict that rests on it. */
export const blindSpots = {
  sysvol: ["the list of extensions, security filtering, links and status: they stand in the directory"],
  backup: [
    "where the GPO is linked now",
    "whether its WMI filter is true on a computer",
    "the security filtering, WMI filter and status after an import, which keeps those of the GPO that it goes into",
  ],
  report: [
    "the list of extensions and its order",
    "the order of the links of a site, domain or OU, and which of them block inheritance",
    "the registry values behind administrative templates",
    "the registry type of a security option",
    "whether a WMI filter is true on a computer",
  ],
  gpresult: [
    "settings that another GPO beats",
    "the registry values behind administrative templates",
    "merged preference items",
    "what local policy and programs changed after policy was applied",
  ],
  auditpol: [
    "which GPO, local policy or program set the audit policy",
    "registry values and legacy audit categories",
    "what changed after it was measured",
  ],
  "security template": [
    "which GPO, local policy or program set a value",
    "advanced audit policy",
    "registry values that are no security option",
    "what changed after it was measured",
  ],
  "registry export": [
    "which GPO, local policy or program set a value",
    "what stands in keys that were not exported",
    "what changed after it was measured",
  ],
} as const satisfies Readonly<Record<SourceKind | BlindEvidence, readonly string[]>>;

export type RsopState =
  | "applied"
  | "disabled"
  | "link-disabled"
  | "invalid"
  | "wmi-filter"
  | "access-denied"
  | "not-applied";

/** A GPO in the result of one computer. */
export interface RsopGpo {
  /** Null: the local GPO. */
  readonly guid: Guid | null;
  readonly domain: string | null;
  readonly name: string;
  readonly state: RsopState;
  readonly versions: MachineVersions;
  readonly links: readonly (ReportedLink & {
    /** 0: not applied. Otherwise a higher number was applied later and is stronger. */
    readonly appliedOrder: number | null;
  })[];
  readonly location: TextLocation;
}

/** A setting that a GPO won. */
export interface RsopSetting {
  readonly key: SettingKey;
  readonly value: SettingValue;
  /** Registry type number where the report tells it. */
  readonly type: number | null;
  /** Null: the report names none that can be read. */
  readonly winner: { readonly guid: Guid } | "local" | null;
  readonly location: TextLocation;
  readonly quote: string;
}

/** `gpresult /x` of one computer: the winners as Windows worked them out when it was made. */
export interface RsopReport {
  readonly path: string;
  /** `DOMAIN\HOST$` as written. */
  readonly computer: string | null;
  readonly domain: string | null;
  readonly site: string | null;
  /** Canonical name of the OU or domain that the computer stands in. */
  readonly som: string | null;
  readonly readTime: string | null;
  /** "logged": what was applied. "planned": a simulation. */
  readonly data: "logged" | "planned" | "unknown";
  readonly gpos: readonly RsopGpo[];
  readonly settings: readonly RsopSetting[];
  /** Settings that may have any value all the same. */
  readonly open: readonly { readonly keyPrefix: SettingKey; readonly doubt: Doubt }[];
  /** False where the file breaks off or has no results of the computer. */
  readonly complete: boolean;
}
