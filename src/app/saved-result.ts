import { validateResult } from "../checks/validate-result.gen.ts";
import { limits } from "../model/limits.ts";
import { severities } from "../model/requirement.ts";
import type { Finding, ScanResult, Summary } from "../model/result.ts";
import { verdicts } from "../model/result.ts";
import { sha256 } from "../sources/file-reader.ts";
import { fsVfs } from "../sources/fs-vfs.ts";
import { ReadError } from "../sources/vfs.ts";
import { countFailures, countVerdicts } from "./tally.ts";

/** What `scan --format json` wrote, read again. */
export interface SavedResult {
  /** As typed. */
  readonly path: string;
  readonly sha256: string;
  readonly result: ScanResult;
}

export type ReadResult =
  | { readonly ok: true; readonly saved: SavedResult }
  /** One phrase that says what is wrong. */
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a saved result and holds it against its schema, and its counts against its findings: a file that was cut or
 * edited must not pass for what a scan found. `path` is absolute, `shown` is what reports call it.
 */
export function readSavedResult(path: string, shown: string = path): ReadResult {
  let bytes: Uint8Array;
  try {
    bytes = fsVfs.read(path, limits.directoryFileBytes);
  } catch (error) {
    if (error instanceof ReadError) return { ok: false, problem: error.message };
    throw error;
  }
  const parsed = parse(bytes);
  if (!parsed.ok) return parsed;
  const problem = problemOf(parsed.data);
  if (problem !== null) return { ok: false, problem };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has just said so
  const result = parsed.data as ScanResult;
  const contradiction = contradictionIn(result);
  if (contradiction !== null) return { ok: false, problem: contradiction };
  return { ok: true, saved: { path: shown, sha256: sha256(bytes), result } };
}

type Parsed =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly problem: string };

function parse(bytes: Uint8Array): Parsed {
  // Windows PowerShell writes what is redirected in UTF-16.
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const data: unknown = JSON.parse(
      new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes),
    );
    return { ok: true, data };
  } catch (error) {
    // Not JSON, or not text.
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return { ok: false, problem: "it is not JSON; it may be cut, or in another format" };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const schemaVersion = "1.0";

function problemOf(data: unknown): string | null {
  if (!isObject(data) || typeof data["schemaVersion"] !== "string" || !("findings" in data))
    return "it is not a result of gpolint scan --format json";
  if (data["schemaVersion"] !== schemaVersion)
    return `it has schema version ${data["schemaVersion"]}, and this gpolint reads ${schemaVersion}`;
  const [error] = validateResult(data);
  if (error === undefined) return null;
  const { instancePath, keyword, params } = error;
  const detail = Object.values(params).filter((value) => typeof value === "string");
  return `it is not a result of gpolint scan: ${[instancePath === "" ? "/" : instancePath, keyword, ...detail].join(" ")}`;
}

function contradictionIn({ findings, summary, rules, targets }: ScanResult): string | null {
  const failures = countFailures(findings);
  const own = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const list = own.get(finding.target);
    if (list === undefined) own.set(finding.target, [finding]);
    else list.push(finding);
  }
  const agrees =
    isCountOf(summary.counts, findings) &&
    severities.every((severity) => failures[severity] === summary.failures[severity]) &&
    targets.every(({ dn, counts }) => isCountOf(counts, own.get(dn) ?? []));
  if (!agrees) return "its counts are not those of its findings: it was cut or edited";
  const ids = new Set(rules.map(({ id }) => id));
  const stray = findings.find(({ rule }) => !ids.has(rule));
  if (stray !== undefined) return `it has a finding of rule '${stray.rule}', which it does not list`;
  // An earlier gpolint wrote no waivers.
  const torn = findings.find(
    ({ verdict, waiver }) => waiver !== null && (verdict === "waived") !== (waiver.hold === "applied"),
  );
  return torn === undefined
    ? null
    : `it has a finding of rule '${torn.rule}' whose verdict and waiver contradict each other: it was edited`;
}

function isCountOf(counted: Summary["counts"], findings: readonly Finding[]): boolean {
  const counts = countVerdicts(findings);
  return verdicts.every((verdict) => counts[verdict] === counted[verdict]);
}
