import type { Location } from "./location.ts";
import type { Doubt, GptPart } from "./setting.ts";

/** GUID in lower case without braces. */
export type Guid = string;

/** The SYSVOL half of a GPO: one `{GUID}` folder. */
export interface Gpt {
  readonly guid: Guid;
  /** Name of the domain folder that holds `Policies`, lower case; null where the export does not show one. */
  readonly domainLabel: string | null;
  /** Path of the folder relative to the root of the run. */
  readonly path: string;
  /** Nothing in it: in an export over SMB that usually means "access denied", not "empty GPO". */
  readonly empty: boolean;
  readonly unreadable: Doubt | null;
  /** GPT.INI; null where it is missing or unreadable. */
  readonly gptIni: GptIni | null;
  readonly parts: readonly GptPart[];
  /** Only for what was saved before: what it holds now is certain only where the directory has this version. */
  readonly saved?: SavedGpt;
}

/** The version of the directory half when a backup or report was made; null where it does not say. */
export interface SavedGpt {
  readonly by: "backup" | "report";
  readonly machineVersion: number | null;
}

export interface GptIni {
  readonly path: string;
  readonly location: Location;
  /** Machine half of the version; null where it cannot be read (MS-GPOL 2.2.4). */
  readonly machineVersion: number | null;
}

/** The directory half of a GPO: one groupPolicyContainer object. */
export interface Gpc {
  readonly dn: string;
  readonly guid: Guid;
  /** DNS name of the domain, lower case. */
  readonly domain: string;
  readonly displayName: string | null;
  readonly location: Location;
  /** True where no attribute of it but the name could be read. */
  readonly opaque: boolean;
  /** gPCFunctionalityVersion; null absent, "malformed" not a number. */
  readonly functionalityVersion: number | null | "malformed";
  readonly flags: number | "malformed";
  /** Machine half of versionNumber; null where absent or malformed. */
  readonly machineVersion: number | null;
  /** gPCMachineExtensionNames, parsed. */
  readonly extensions: ExtensionList;
  readonly fileSysPath: string | null;
  readonly securityDescriptor: SecurityDescriptorFact;
  readonly wmiFilter: WmiFilterRef | null;
  /** Only for a GPO that a proposal replaces: what restoring brings along where importing keeps what is there. */
  readonly restored?: Pick<Gpc, "flags" | "securityDescriptor" | "wmiFilter">;
}

/** The extension list of one side of a GPO (MS-GPOL 2.2.4). */
export interface ExtensionList {
  /** Lower-case GUIDs of the extensions that Windows will call for this GPO. */
  readonly effective: readonly Guid[];
  /** Listed, but behind a group that stands out of order: not called. */
  readonly ineffective: readonly Guid[];
  /** The attribute is cut or malformed: more may have been listed. */
  readonly damaged: boolean;
}

export interface WmiFilterRef {
  /** Lower-case GUID; null where the reference is malformed. */
  readonly id: Guid | null;
  readonly name: string | null;
  readonly query: string | null;
  /** False where the filter object is not in the data: it may only be unreadable. */
  readonly found: boolean;
}

export type SecurityDescriptorFact =
  | { readonly state: "absent" }
  | { readonly state: "malformed"; readonly detail: string }
  | { readonly state: "read"; readonly descriptor: SecurityDescriptor };

/** What security filtering needs of a descriptor (MS-DTYP 2.4.6). */
export interface SecurityDescriptor {
  /** Null: no DACL, everything is allowed. Empty: everything is denied. */
  readonly dacl: readonly Ace[] | null;
}

export interface Ace {
  readonly type: "allow" | "deny";
  /** Callback ACE: it decides by a condition that cannot be evaluated from here. */
  readonly conditional: boolean;
  readonly inheritOnly: boolean;
  readonly mask: number;
  /** Lower-case GUID; null: the ACE is for the object as a whole. */
  readonly objectType: Guid | null;
  /** Null where the trustee of an SDDL alias depends on a domain that is not known. */
  readonly sid: string | null;
}

/** One `[LDAP://DN;options]` item of gPLink (MS-GPOL 2.2.2). */
export interface GpoLink {
  readonly gpoDn: string;
  readonly guid: Guid;
  /** DNS name of the GPO's domain, lower case. */
  readonly domain: string;
  readonly options: number;
  readonly disabled: boolean;
  readonly enforced: boolean;
}

export type SomKind = "site" | "domain" | "ou";

/** Scope of management: a site, domain or OU that can carry links. */
export interface Som {
  readonly dn: string;
  readonly kind: SomKind;
  /** In stored order: the last one is link order 1 and the strongest. */
  readonly links: readonly GpoLink[];
  /** gPLink is cut or holds something that is no link: more links may exist. */
  readonly linksDamaged: boolean;
  readonly blocksInheritance: boolean;
  readonly location: Location;
  /** Line of the gPLink attribute, where it has one. */
  readonly linkLocation: Location | null;
}

/** A computer that policy is worked out for. */
export interface Computer {
  readonly dn: string;
  readonly name: string;
  /** DNS name of its domain, lower case. */
  readonly domain: string;
  readonly sid: string | null;
  readonly dnsHostName: string | null;
  readonly operatingSystem: string | null;
  readonly role: "dc" | "rodc" | "member";
  readonly primaryGroupId: number | null;
  /** Transitive group SIDs as the directory computes them; null where not exported. */
  readonly tokenGroups: readonly string[] | null;
  readonly memberOf: readonly string[];
  /** DN of the server object that serverReferenceBL names, if the attribute is there. */
  readonly serverReferenceBl: string | null;
  readonly location: Location;
}

export interface DirectoryGroup {
  readonly dn: string;
  readonly sid: string;
  readonly members: readonly string[];
  /** The member list is only a range of it. */
  readonly membersIncomplete: boolean;
}

/** Everything the engine needs of the directory (formats: LDIF now, LDAP later). All maps are keyed by `dnKey`. */
export interface Directory {
  readonly computers: readonly Computer[];
  readonly soms: ReadonlyMap<string, Som>;
  readonly gpcs: ReadonlyMap<string, Gpc>;
  readonly groups: ReadonlyMap<string, DirectoryGroup>;
  /** DNs of all objects seen (as keys), to tell "not a group" from "not exported". */
  readonly knownDns: ReadonlySet<string>;
  /** SIDs of all objects seen that are no group. */
  readonly nonGroupSids: ReadonlySet<string>;
  /** DNS names of the domains whose head object was exported, with the domain's SID where known. */
  readonly domains: ReadonlyMap<string, { readonly dn: string; readonly sid: string | null }>;
  /** Server object DN to the site it stands in, by the computer it refers to (`dnKey` of the computer). */
  readonly servers: ReadonlyMap<string, readonly { readonly serverDn: string; readonly siteDn: string }[]>;
  /** SIDs of foreign security principals ("Authenticated Users" as a member, say), by `dnKey`. */
  readonly foreignPrincipals: ReadonlyMap<string, string>;
  /** False where no object carries member or memberOf: memberships were not exported and cannot be denied. */
  readonly membershipExported: boolean;
  /** False where no site object was exported: site links cannot be known. */
  readonly hasSites: boolean;
  /**
   * True where the data was read by an account that is known not to be an administrator: an object that is not there may
   * only be invisible to it.
   */
  readonly mayHideObjects: boolean;
}

/** One GPO seen from both halves, as far as they are there. */
export interface Inventory {
  readonly gpts: readonly Gpt[];
  /** Null: no directory data at all. */
  readonly directory: Directory | null;
}
