import type { Guid } from "./gpo.ts";
import type { SettingKey } from "./setting.ts";

export const severities = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof severities)[number];

/** What a requirement asks of a setting. */
export type Expectation =
  /** Audit value must have at least these bits: 1 success, 2 failure. */
  | { readonly operator: "audit-at-least"; readonly value: 1 | 2 | 3 }
  /** Audit value must be this one and no other. */
  | { readonly operator: "audit-exactly"; readonly value: 0 | 1 | 2 | 3 }
  /** REG_DWORD must be one of these numbers. */
  | { readonly operator: "dword-any-of"; readonly values: readonly number[] }
  /** Forbidden numbers of a REG_DWORD. */
  | { readonly operator: "dword-none-of"; readonly values: readonly number[] }
  /** REG_DWORD within these bounds, both included. */
  | { readonly operator: "dword-between"; readonly minimum: number; readonly maximum: number }
  /** REG_DWORD with all of these bits set. */
  | { readonly operator: "dword-all-bits"; readonly value: number }
  /** REG_SZ or REG_EXPAND_SZ, one of these texts, without case. */
  | { readonly operator: "text-any-of"; readonly values: readonly string[] }
  /** Text with each of these in it, without case: an entry of a security descriptor, say. */
  | { readonly operator: "text-contains"; readonly values: readonly string[] }
  /** User right held by each of these SIDs, whoever else holds it. */
  | { readonly operator: "right-includes"; readonly values: readonly string[] }
  /** User right held by none but these SIDs. */
  | { readonly operator: "right-only"; readonly values: readonly string[] }
  /** Maximum size of an event log in KB, whichever of its three places and units it is set in. */
  | { readonly operator: "log-size-at-least"; readonly value: number };

export const serverRoles = ["dc", "rodc", "adfs", "adcs", "entra-connect"] as const;
export type ServerRole = (typeof serverRoles)[number];

/**
 * Which computers a requirement is for. The directory shows who is a domain controller; who is an AD FS server, a
 * certification authority or runs Entra Connect is the word of whoever names it with `--target`.
 */
export interface AppliesTo {
  readonly roles: readonly ServerRole[];
  /** Pieces of operatingSystem such as "2022", one of which must be in it; empty: any. */
  readonly operatingSystems: readonly string[];
}

/** Identifiers in public frameworks, never their words. */
export interface Mappings {
  /** ATT&CK techniques. */
  readonly attack: readonly string[];
  readonly nist80053: readonly string[];
  readonly pciDss: readonly string[];
  readonly iso27001: readonly string[];
  readonly cis: readonly string[];
}

/** What every requirement says of itself. */
interface RequirementBase {
  /** `pack.name`: rule id everywhere (JSON, SARIF, HTML, docs). */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Human name of what is looked at: a setting as GPMC shows it, or a thing in the directory. */
  readonly settingName: string;
  /** The expectation in words: "Success and Failure", "7 (Enable all)". */
  readonly expectText: string;
  readonly events: readonly { readonly id: number; readonly log: string; readonly gated: boolean }[];
  readonly rationale: string;
  readonly remediation: string;
  readonly source: string;
  readonly notes: string | null;
  readonly appliesTo: AppliesTo;
  readonly mappings: Mappings;
  /** What Defender for Identity (or whoever reads the events) no longer sees where it fails; one phrase each. */
  readonly detections: readonly string[];
  /** No waiver holds for it; left out where one may. */
  readonly nonWaivable?: true;
}

/** An expectation of a setting on every target computer. */
export interface SettingRequirement extends RequirementBase {
  readonly setting: SettingKey;
  readonly expect: Expectation;
  /** Words for numbers: {"0": "Disable"}. */
  readonly scale: Readonly<Record<string, string>>;
  /** "pass": the requirement only says what must not be configured otherwise ("if it is set, then so"). */
  readonly whenNotConfigured: "fail" | "pass";
}

/** An expectation of the directory itself: a check in code (src/checks/readiness), with its parameters. */
export type ReadinessRequirement = RequirementBase & ReadinessTest;

export type ReadinessTest =
  | { readonly check: PlainCheck }
  /** Kerberos encryption types as bits: any of these, or none of these (MS-KILE 2.2.7). */
  | {
      readonly check: "service-account-encryption";
      readonly parameters: { readonly anyOf: number } | { readonly noneOf: number };
    }
  | {
      readonly check: "service-account-password-interval";
      readonly parameters: { readonly maximumDays: number };
    }
  | { readonly check: "object-auditing"; readonly parameters: ObjectAuditing }
  | { readonly check: "container-auditing"; readonly parameters: ContainerAuditing }
  | {
      readonly check: "operating-system";
      /** The first build that the sensor supports, and what it is called. */
      readonly parameters: { readonly minimumBuild: number; readonly minimumYear: number };
    }
  | { readonly check: "honeytoken-dormant"; readonly parameters: { readonly days: number } };

export type PlainCheck =
  | "kds-root-key"
  | "service-account-exists"
  | "service-account-retrieval"
  | "service-account-names"
  | "service-account-password-time"
  | "deleted-objects-read"
  | "controller-placement"
  | "honeytoken-exists"
  | "honeytoken-enabled";

/** Audit entries that descendants of one class must inherit from the head of the domain. */
export interface ObjectAuditing {
  readonly className: string;
  /** schemaIDGUID of the class. */
  readonly classGuid: Guid;
  readonly mask: number;
  /** The class exists only from this objectVersion of the schema on. */
  readonly minimumSchema?: number;
}

/** Audit entries, for success and failure, on a container and everything below. */
export interface ContainerAuditing {
  readonly container: "adfs" | "exchange-configuration";
  readonly mask: number;
}

/** One expectation of a policy pack, as loaded. */
export type Requirement = SettingRequirement | ReadinessRequirement;

export function isReadiness(requirement: Requirement): requirement is ReadinessRequirement {
  return "check" in requirement;
}

export function isSetting(requirement: Requirement): requirement is SettingRequirement {
  return "setting" in requirement;
}

/** A pack that another one extends: evidence, like the hash of the pack itself. */
export interface PackOrigin {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

export interface PolicyPack {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly date: string;
  readonly source: string;
  readonly licence: string;
  readonly sha256: string;
  /** The packs that it extends, and theirs; left out where it extends none. */
  readonly inherits?: readonly PackOrigin[];
  readonly requirements: readonly Requirement[];
}
