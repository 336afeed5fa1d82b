/** What the head of a snapshot file says about how it came about. Described by policies/schema/snapshot.schema.json. */
export interface SnapshotHeader {
  readonly collected: CollectedBy;
  readonly domains: readonly SnapshotDomain[];
  /** What was left out on purpose, or for want of a right: nothing is missing that should be there. */
  readonly notCollected: readonly Remark[];
  /** What should be there and could not be read: any object may be missing. */
  readonly problems: readonly Remark[];
  readonly lookedUp: LookedUp;
}

/** What the server was asked for by name, in lower case where names are: what is not there then is missing. */
export interface LookedUp {
  /** sAMAccountNames without `$`. */
  readonly names: readonly string[];
  readonly principalNames: readonly string[];
}

export interface CollectedBy {
  /** ISO 8601 UTC; null where the run was to be deterministic. */
  readonly time: string | null;
  /** DNS name of the domain controller that answered. */
  readonly server: string;
  readonly transport: "ldaps" | "starttls" | "plaintext";
  readonly certificate: "verified" | "not-verified";
  /** `limited`: not known to be an administrator, so objects may have been hidden from it. */
  readonly account: "administrator" | "limited";
  readonly tool: string;
}

export interface SnapshotDomain {
  readonly dn: string;
  /** DNS name, lower case. */
  readonly name: string;
  readonly sid: string | null;
}

export interface Remark {
  readonly what: string;
  readonly why: string;
}

export const snapshotKind = "gpolint-directory";
export const snapshotVersion = "1.0";
export const noSecrets = "none: no password, hash or key attribute is asked for";
