import type { Expectation, Mappings, ReadinessTest, ServerRole, Severity } from "../../model/requirement.ts";

/** A policy pack as it stands in its file: what policies/schema/pack.schema.json allows. */
export interface PackFile {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly date: string;
  readonly source: string;
  readonly licence: string;
  readonly extends?: string | readonly string[];
  readonly remove?: readonly string[];
  readonly parameters?: Readonly<Record<string, PackParameter>>;
  readonly set?: Readonly<Record<string, ParameterValue>>;
  readonly appliesTo?: AppliesToInFile;
  readonly requirements?: readonly RequirementInFile[];
  readonly tests?: readonly SelfTest[];
}

export type ParameterValue = number | string | readonly (number | string)[];

export interface PackParameter {
  readonly description: string;
  readonly value: ParameterValue;
}

export interface AppliesToInFile {
  readonly roles?: readonly ServerRole[];
  readonly operatingSystems?: readonly string[];
}

/** With these configured values, and nothing else configured, exactly these requirements fail. */
export interface SelfTest {
  readonly name: string;
  readonly settings: Readonly<Record<string, ParameterValue>>;
  readonly fails: readonly string[];
}

/** Ids are without the pack's name. Beside the id everything can be left out: inherited, or worked out from data. */
export interface RequirementInFile {
  readonly id: string;
  readonly setting?: string;
  readonly expect?: ExpectInFile;
  readonly whenNotConfigured?: "fail" | "pass";
  readonly nonWaivable?: boolean;
  readonly check?: ReadinessTest["check"];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly title?: string;
  readonly severity?: Severity;
  readonly settingName?: string;
  readonly expectText?: string;
  readonly events?: readonly (number | EventInFile)[];
  readonly rationale?: string;
  readonly remediation?: string;
  readonly source?: string;
  readonly notes?: string;
  readonly appliesTo?: AppliesToInFile;
  readonly mappings?: Partial<Mappings>;
  readonly detections?: readonly string[];
  readonly scale?: Readonly<Record<string, string>>;
}

export type RequirementField = keyof RequirementInFile;

export interface EventInFile {
  readonly id: number;
  readonly log: string;
  readonly gated: boolean;
}

/** Words for an audit value, a number for a REG_DWORD, or an operator with its values. */
export type ExpectInFile = string | number | OperatorInFile;

export interface OperatorInFile {
  readonly operator: Expectation["operator"];
  readonly value?: ScalarInFile;
  readonly values?: ParameterReference | readonly ScalarInFile[];
  readonly minimum?: ScalarInFile;
  readonly maximum?: ScalarInFile;
}

export type ScalarInFile = number | string | ParameterReference;

export interface ParameterReference {
  readonly parameter: string;
}
