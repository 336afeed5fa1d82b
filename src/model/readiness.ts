import type { Guid, SecurityDescriptorFact } from "./gpo.ts";
import type { Location } from "./location.ts";

/** An attribute with one number: null absent, "malformed" not a number. Times are milliseconds since 1970, UTC. */
export type NumberFact = number | null | "malformed";

/** `lastLogonTimestamp` and the like hold 0 for "never". */
export const neverTime = -11_644_473_600_000;

/** One audit entry of a SACL (MS-DTYP 2.4.4.10, 2.4.4.11). */
export interface AuditAce {
  readonly success: boolean;
  readonly failure: boolean;
  /** Callback entry: it audits by a condition that cannot be evaluated from here. */
  readonly conditional: boolean;
  readonly inheritOnly: boolean;
  /** Child objects inherit it. */
  readonly containerInherit: boolean;
  /** Children inherit it, their children do not. */
  readonly noPropagate: boolean;
  readonly mask: number;
  /** Lower-case GUID of the property or right; null: the object as a whole. */
  readonly objectType: Guid | null;
  /** Lower-case GUID of the class that inherits it; null: every class. */
  readonly inheritedObjectType: Guid | null;
  readonly sid: string | null;
}

export type SaclFact =
  /** Not in the data: not exported, or the account may not read it. */
  | { readonly state: "absent" }
  | { readonly state: "malformed"; readonly detail: string }
  | { readonly state: "read"; readonly aces: readonly AuditAce[] };

/** An object whose descriptor counts. */
export interface SecuredObject {
  readonly dn: string;
  readonly location: Location;
  readonly sacl: SaclFact;
  readonly dacl: SecurityDescriptorFact;
}

/** A container that need not exist. */
export type OptionalObject =
  | { readonly state: "found"; readonly object: SecuredObject }
  /** Its parent is in the data and it is not. */
  | { readonly state: "missing" }
  /** Nothing in the data tells whether it exists. */
  | { readonly state: "unknown" };

/** The head of a domain, and what is asked of it. */
export interface DomainFacts {
  /** DNS name, lower case. */
  readonly name: string;
  readonly sid: string | null;
  readonly head: SecuredObject;
  readonly adfs: OptionalObject;
  readonly deletedObjects: OptionalObject;
  /** Where domain controllers belong: the well-known container, or OU=Domain Controllers where it was not exported. */
  readonly controllersOu: string;
}

export interface KdsKey {
  readonly dn: string;
  readonly location: Location;
  readonly startTime: NumberFact;
}

export interface KdsFacts {
  readonly keys: readonly KdsKey[];
  /** CN=Master Root Keys; null where it was not exported. */
  readonly container: { readonly dn: string; readonly location: Location } | null;
  /**
   * True where the reader saw a SACL of the configuration partition. That takes the privilege of an administrator, and so
   * an empty container is taken for empty (MS-ADTS 6.1.3.2, MS-ADSC 2.159).
   */
  readonly readByAdministrator: boolean;
}

export type AccountKind = "gmsa" | "smsa" | "dmsa" | "computer" | "user" | "other";

/** A security principal that a check asks about. */
export interface AccountFacts {
  readonly dn: string;
  /** sAMAccountName without the trailing `$`. */
  readonly name: string;
  readonly domain: string;
  readonly sid: string | null;
  readonly kind: AccountKind;
  readonly location: Location;
  readonly userAccountControl: NumberFact;
  readonly primaryGroupId: number | null;
  readonly memberOf: readonly string[];
  readonly tokenGroups: readonly string[] | null;
  /** msDS-GroupMSAMembership. */
  readonly retrieval: SecurityDescriptorFact;
  readonly encryptionTypes: NumberFact;
  readonly passwordInterval: NumberFact;
  readonly passwordSet: NumberFact;
  readonly lastLogon: NumberFact;
  /** Some account of the same file shows lastLogonTimestamp: only then does its absence mean "never". */
  readonly logonsExported: boolean;
  readonly servicePrincipalNames: readonly string[];
  /** Some account of the same file shows servicePrincipalName, and none of this one's is missing. */
  readonly namesExported: boolean;
}

/** A name that somebody typed or listed, with every account that it fits. */
export interface NamedAccount {
  readonly name: string;
  /** Line of the list; null where it was typed. */
  readonly location: Location | null;
  readonly accounts: readonly AccountFacts[];
  /** The server was asked for this very name. */
  readonly lookedUp: boolean;
  /** False where it is said to be in a domain that is not in the data, or cannot be told from its name. */
  readonly domainKnown: boolean;
}

/** What an export demonstrably covers of one domain; only then is something that is not there known to be missing. */
export interface ExportedKinds {
  /** Both built-in users, Administrator and krbtgt, are in the data. */
  readonly users: boolean;
  /** Some managed service account is in the data. */
  readonly managedAccounts: boolean;
  /** Users and member computers are in the data with their service principal names. */
  readonly servicePrincipalNames: boolean;
}

/** What the readiness checks need of the directory. */
export interface ReadinessFacts {
  /** Service principal names, lower case, whose holders the server was asked for. */
  readonly lookedUpNames: ReadonlySet<string>;
  readonly domains: readonly DomainFacts[];
  /** By DNS name of the domain, lower case. */
  readonly exported: ReadonlyMap<string, ExportedKinds>;
  /** objectVersion of the schema. */
  readonly schemaVersion: NumberFact;
  readonly kds: KdsFacts;
  /** The configuration partition, where the Exchange container exists. */
  readonly exchange: OptionalObject;
  readonly serviceAccounts: readonly NamedAccount[];
  /** Null where no list was given, or it could not be read. */
  readonly listed: readonly NamedAccount[] | null;
  /** Accounts that carry a name of a service account too, by the name in lower case. */
  readonly nameHolders: ReadonlyMap<string, readonly string[]>;
  /** operatingSystemVersion of computers, by `dnKey`. */
  readonly systems: ReadonlyMap<string, string>;
}

/** Yes, no, or not to be told from the data, for one computer or account. */
export interface AccessAnswer {
  readonly name: string;
  readonly answer: "allowed" | "denied" | "unknown";
  /** Why, one clause. */
  readonly detail: string;
}

/** A domain controller as the checks see it. */
export interface ControllerFacts {
  readonly dn: string;
  readonly name: string;
  readonly domain: string;
  readonly sid: string | null;
  readonly location: Location;
  readonly operatingSystem: string | null;
  readonly operatingSystemVersion: string | null;
  /** Non-null: no computer stands behind it, and why. */
  readonly hostless: string | null;
}

/** Everything that a readiness check may look at: plain data. */
export interface ReadinessInput {
  readonly facts: ReadinessFacts;
  readonly controllers: readonly ControllerFacts[];
  /** Who may read the password of a service account, by the account's DN: every domain controller in the data. */
  readonly retrieval: ReadonlyMap<string, readonly AccessAnswer[]>;
  /** Whether an account may list and read CN=Deleted Objects, by `${container DN}\n${account DN}`. */
  readonly deletedObjects: ReadonlyMap<string, AccessAnswer>;
  /** Milliseconds since 1970; null where the run has no clock (--deterministic). */
  readonly now: number | null;
  /** A part of the data is lost, or the account may not see everything: what is not there may exist. */
  readonly mayLackObjects: boolean;
  /** A list of honeytokens was given. */
  readonly listGiven: boolean;
}

/** What a finding is about. */
export interface Subject {
  /** Null where no object is known. */
  readonly dn: string | null;
  readonly name: string;
  readonly domain: string;
  /** What the fingerprint tells it by: a SID, else a DN or a name. */
  readonly identity: string;
  readonly location: Location | null;
}

export type ReadinessOutcome = { readonly subject: Subject } & (
  | { readonly verdict: "pass" | "fail"; readonly actual: string; readonly text: string }
  | {
      readonly verdict: "unknown";
      /** Why, one sentence. */
      readonly text: string;
      /** Ways to complete the missing knowledge: one that passes, one that fails. */
      readonly passes: string;
      readonly fails: string;
    }
  | { readonly verdict: "not-applicable"; readonly text: string }
);
