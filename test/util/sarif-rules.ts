import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import type { ScanResult } from "../../src/model/result.ts";
import type { SarifProfile } from "../../src/reporters/sarif-profile.ts";

// What a SARIF file must satisfy beyond its schema: rules of the specification that no validator checks, and what GitHub
// code scanning silently drops, rejects or turns into an alert.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface SarifLocation {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
  readonly region: Readonly<Record<string, number | { readonly text: string }>>;
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly kind?: string;
  readonly suppressions?: readonly {
    readonly kind: string;
    readonly status: string;
    readonly justification: string;
  }[];
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: SarifLocation }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly {
      readonly locations: readonly {
        readonly importance: string;
        readonly executionOrder: number;
        readonly location: {
          readonly physicalLocation: SarifLocation;
          readonly message: { readonly text: string };
        };
      }[];
    }[];
  }[];
  readonly properties: {
    readonly verdict: string;
    readonly targets: readonly { readonly dn: string | null; readonly fingerprint: string }[];
  };
}

interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly tags: readonly string[]; readonly "security-severity"?: string };
}

export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly SarifRule[];
      readonly notifications: readonly { readonly id: string }[];
    };
  };
  readonly automationDetails?: {
    readonly id: string;
    readonly properties?: Readonly<Record<string, string>>;
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly exitCode: number;
    readonly startTimeUtc?: string;
    readonly toolExecutionNotifications: readonly {
      readonly level: string;
      readonly descriptor: { readonly id: string };
      readonly message: { readonly text: string };
    }[];
  }[];
  readonly columnKind: string;
  readonly newlineSequences: readonly string[];
  readonly originalUriBaseIds: Readonly<Record<string, object>>;
  readonly artifacts: readonly {
    readonly location: { readonly uri: string };
    readonly encoding?: string;
    readonly hashes?: object;
  }[];
  readonly results: readonly SarifResult[];
}

const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(new URL("../reporters/schema/sarif-2.1.0.json", import.meta.url), "utf8"));
// The official schema is draft 04; nothing in it but the two names removed above differs from what ajv knows.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** Parses a SARIF text and holds it against all rules; returns its only run. */
export function expectSarif(text: string, result: ScanResult, profile: SarifProfile = "github"): SarifRun {
  const log: { readonly runs: readonly [SarifRun] } & Json = JSON.parse(text);
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(log.runs.length).toBe(1);
  const [run] = log.runs;
  expect(run.columnKind).toBe("utf16CodeUnits");
  expect(run.newlineSequences).toEqual(["\r\n", "\n"]);
  expect(run.originalUriBaseIds["SRCROOT"]).not.toHaveProperty("uri");
  if (profile === "ado")
    expect(run.automationDetails?.id ?? "azuredevops/pipeline/build/").toMatch(
      /^azuredevops\/pipeline\/build\//,
    );
  else expect(run.automationDetails?.id).toMatch(/^gpolint\/[\w.+-]+\/[\w.+-]+\/$/);
  expectRules(run);
  expectInvocation(run, result);
  for (const item of run.results) expectResult(item, run, profile);
  const identities = run.results.map(
    ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints["primaryLocationLineHash"]}`,
  );
  expect(new Set(identities).size, "identities are unique").toBe(identities.length);
  if (profile !== "full") expect(run.results.length).toBeLessThanOrEqual(5000);
  return run;
}

function expectRules(run: SarifRun): void {
  const { rules } = run.tool.driver;
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.name).toMatch(/^\w{1,255}$/);
    expect(rule.name).not.toBe(rule.id);
    for (const text of [rule.shortDescription.text, rule.fullDescription.text]) {
      expect(text.length).toBeLessThanOrEqual(1024);
      expectMessage(text);
    }
    expectMessage(rule.help.text);
    expect(rule.help.markdown).not.toMatch(/[{}]/);
    expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
    expect(rule.properties.tags).toContain("security");
    const severity = rule.properties["security-severity"];
    const bands: Readonly<Record<string, RegExp>> = {
      error: /^(9\.5|8\.0)$/,
      warning: /^5\.5$/,
      note: /^2\.0$/,
    };
    if (severity !== undefined) expect(severity).toMatch(bands[rule.defaultConfiguration.level] ?? /^$/);
    if (rule.id.endsWith("/undecided")) expect(rule.defaultConfiguration.level).toBe("warning");
  }
}

function expectInvocation(run: SarifRun, result: ScanResult): void {
  const [invocation] = run.invocations;
  if (invocation === undefined) throw new Error("no invocation");
  const {
    executionSuccessful,
    exitCode,
    startTimeUtc,
    toolExecutionNotifications: notifications,
  } = invocation;
  expect(exitCode).toBe(result.summary.exitCode);
  expect(startTimeUtc ?? null).toBe(result.run.startTime);
  for (const { level, message, descriptor } of notifications) {
    expect(level).toMatch(/^(error|warning)$/);
    expectMessage(message.text);
    expect(run.tool.driver.notifications.map(({ id }) => id)).toContain(descriptor.id);
  }
  // Level error says that the run failed, and nothing else may.
  const hasError = notifications.some(({ level }) => level === "error");
  expect(executionSuccessful).toBe(!hasError && exitCode !== 2);
}

function expectResult(result: SarifResult, run: SarifRun, profile: SarifProfile): void {
  const states = ["kind", "suppressions", "baselineState"];
  for (const key of ["relatedLocations", "taxa", "fixes", ...(profile === "full" ? [] : states)])
    expect(result).not.toHaveProperty(key);
  const rule = run.tool.driver.rules[result.ruleIndex];
  expect(rule?.id).toBe(result.ruleId);
  if (profile === "full") expectState(result);
  if (result.level !== "none") expect(rule?.defaultConfiguration.level).toBe(result.level);
  else expect(profile).toBe("full");
  expectMessage(result.message.text);
  expect(result.locations.length).toBe(1);
  for (const { physicalLocation } of result.locations) expectLocation(physicalLocation, run, profile);
  expect(result.partialFingerprints["primaryLocationLineHash"]).toMatch(/^[0-9a-f]{16}:1$/);
  for (const { threadFlows } of result.codeFlows ?? []) {
    for (const { locations } of threadFlows) {
      expect(locations.length).toBeGreaterThan(0);
      expect(locations.map(({ executionOrder }) => executionOrder)).toEqual(
        locations.map((_, index) => index + 1),
      );
      expect(locations.map(({ importance }) => importance === "essential")).toEqual(
        locations.map((_, index) => index === locations.length - 1),
      );
      for (const step of locations) {
        expect(step).not.toHaveProperty("index");
        expectMessage(step.location.message.text);
        expectLocation(step.location.physicalLocation, run, profile);
      }
    }
  }
}

/** 3.27.10 and 3.27.23: what is no failure has no level, and whether it is suppressed is said of all or of none. */
function expectState({ kind, level, suppressions, properties }: SarifResult): void {
  const kinds: Readonly<Record<string, string>> = { pass: "pass", "not-applicable": "notApplicable" };
  expect(kind).toBe(kinds[properties.verdict] ?? "fail");
  expect(level === "none").toBe(kind !== "fail");
  expect(suppressions?.length).toBe(properties.verdict === "waived" ? 1 : 0);
  for (const suppression of suppressions ?? []) {
    expect(suppression).toMatchObject({ kind: "external", status: "accepted" });
    expectMessage(suppression.justification);
  }
}

/** No placeholder, no link, nothing invisible, and a full stop at the end of what becomes a title. */
function expectMessage(text: string): void {
  if (/[{}]|\]\(|[\p{Cc}\p{Cf}\p{Cs}]/u.test(text) || !/[.!?]$/.test(text)) expect.fail(text.slice(0, 200));
}

function expectLocation(
  { artifactLocation, region }: SarifLocation,
  run: SarifRun,
  profile: SarifProfile,
): void {
  const { uri, uriBaseId } = artifactLocation;
  expect(uriBaseId).toBe("SRCROOT");
  if (uri !== ".") for (const segment of uri.split("/")) expectSegment(segment);
  const artifact = run.artifacts.find(({ location }) => location.uri === uri);
  expect(artifact, uri).toBeDefined();
  if (profile === "full" && "byteOffset" in region) {
    // A binary file has no lines (3.30.3).
    expect(Object.keys(region)).toEqual(["byteOffset", "byteLength"]);
    expect(artifact).not.toHaveProperty("encoding");
    return;
  }
  expect(region).not.toHaveProperty("byteOffset");
  const { startLine, startColumn, endLine, endColumn } = region;
  expect(Number(startLine)).toBeGreaterThanOrEqual(1);
  if (startColumn !== undefined) {
    expect([startLine, startColumn, endLine, endColumn]).toEqual([1, 1, 1, 2]);
    expect(region).not.toHaveProperty("snippet");
    expect(artifact).not.toHaveProperty("encoding");
  } else {
    expect(Object.keys(region).filter((key) => key !== "snippet")).toEqual(["startLine"]);
  }
}

function expectSegment(segment: string): void {
  expect(segment).toMatch(/^[\w.~!'()*%-]+$/);
  expect([".", ".."]).not.toContain(decodeURIComponent(segment));
}
