import { scan } from "../../app/scan.ts";
import { sourceGapCodes } from "../../app/source-coverage.ts";
import { isReadiness } from "../../model/requirement.ts";
import type { PolicyPack, Severity } from "../../model/requirement.ts";
import type { ScanResult } from "../../model/result.ts";
import type { ReporterId } from "../../reporters/registry.ts";
import { isReporterId, loadReporter, reporterIds } from "../../reporters/registry.ts";
import { sha256 } from "../../sources/file-reader.ts";
import { version } from "../../version.gen.ts";
import type { CliIo } from "../io.ts";
import { tell, UsageError, wantsColor } from "../io.ts";
import type { InputArgs } from "../load.ts";
import { load } from "../load.ts";
import { loadPacks } from "../packs.ts";
import { toAbsolute } from "../paths.ts";
import { writeWhole } from "../write-files.ts";

export interface ScanArgs extends InputArgs {
  readonly policy: readonly string[];
  readonly format: ReporterId;
  /** `format=path`. */
  readonly out: readonly string[];
  readonly reportDir: string | null;
  readonly evidence: readonly string[];
  readonly failOn: Severity | "none";
  readonly failOnRegression: boolean;
  readonly allowIncomplete: boolean;
  readonly softFail: boolean;
  readonly deterministic: boolean;
  readonly serviceAccount: readonly string[];
  readonly honeytokens: string | null;
  /** The moment to judge by, as typed. */
  readonly asOf: string | null;
}

/** What `--report-dir` writes. */
const standardSet: readonly { readonly format: ReporterId; readonly name: string }[] = [
  { format: "html", name: "report.html" },
  { format: "sarif", name: "report.sarif" },
  { format: "json", name: "result.json" },
];

/** Reads, resolves, judges, reports. Returns the exit code. */
export async function runScan(io: CliIo, args: ScanArgs): Promise<number> {
  const outputs = args.out.map((text) => parseOut(io, text));
  const packs = loadPacks(io, args.policy);
  const now = readMoment(args.asOf) ?? (args.deterministic ? null : io.now());
  const readiness = readinessArgs(packs, args);
  if (args.failOnRegression && args.overlay.length === 0) {
    throw new UsageError("--fail-on-regression compares with what is proposed: add --overlay PATH");
  }
  const { inputs, computers, engine, proposals } = await load(io, { ...args, ...readiness });
  const result = scan(inputs, {
    packs,
    computers,
    selectedAll: args.target.length === 0,
    engine,
    proposals,
    assumptions: args.assume,
    gate: args,
    version,
    startTime: args.deterministic ? null : io.now(),
    now,
    command: args.deterministic ? null : ["gpolint", ...io.argv].map(quoteArgument).join(" "),
  });
  for (const { format, path } of outputs) writeWhole(path, await render(result, format, false));
  if (args.reportDir !== null) await writeSet(io, result, toAbsolute(io.cwd, args.reportDir));
  io.stdout.write(await render(result, args.format, wantsColor(io)));
  explainIncomplete(io, result);
  return result.summary.exitCode;
}

/** Only where a pack asks: what is named for nothing is a mistake. */
function readinessArgs(packs: readonly PolicyPack[], args: ScanArgs): Pick<InputArgs, "readiness"> {
  const { serviceAccount: serviceAccounts, honeytokens } = args;
  if (packs.some(({ requirements }) => requirements.some(isReadiness)))
    return { readiness: { serviceAccounts, honeytokens } };
  if (serviceAccounts.length === 0 && honeytokens === null) return {};
  throw new UsageError(
    "--service-account and --honeytokens are for a policy pack that asks about readiness: add --policy mdi-readiness",
  );
}

/** A day (its beginning, UTC) or a moment in ISO 8601. */
function readMoment(text: string | null): string | null {
  if (text === null) return null;
  const isIso = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/.test(text);
  const moment = new Date(text);
  // A day that its month does not have moves on to the next month, or is no date at all.
  if (!isIso || Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(text.slice(0, 10)))
    throw new UsageError(`--as-of '${text}' is no date: expected 2026-11-25 or 2026-11-25T14:30:00Z`);
  return moment.toISOString();
}

async function render(result: ScanResult, format: ReporterId, color: boolean): Promise<string> {
  const reporter = await loadReporter(format);
  return reporter.render(result, { color });
}

/** `FORMAT=PATH`, split at the first `=`: a path may hold more of them, and a Windows path a colon. */
function parseOut(io: CliIo, text: string): { readonly format: ReporterId; readonly path: string } {
  const at = text.indexOf("=");
  const format = text.slice(0, at);
  if (at < 1 || at === text.length - 1 || !isReporterId(format)) {
    throw new UsageError(
      `cannot write to '${text}': expected FORMAT=PATH with FORMAT one of ${reporterIds.join(", ")}`,
    );
  }
  return { format, path: toAbsolute(io.cwd, text.slice(at + 1)) };
}

async function writeSet(io: CliIo, result: ScanResult, folder: string): Promise<void> {
  const sums: string[] = [];
  for (const { format, name } of standardSet) {
    const text = await render(result, format, false);
    writeWhole(`${folder}/${name}`, text);
    sums.push(`${sha256(text)}  ${name}\n`);
  }
  writeWhole(`${folder}/SHA256SUMS`, sums.join(""));
  tell(io, `Reports: ${standardSet.map(({ name }) => `${folder}/${name}`).join(", ")}`);
}

const sourceGaps: ReadonlySet<string> = new Set(sourceGapCodes);

/** One line for whoever only looks at the exit code; the reports hold the rest. */
function explainIncomplete(io: CliIo, result: ScanResult): void {
  if (result.summary.exitCode !== 3) return;
  const { gaps } = result.coverage;
  // That no GPO was found, say, follows from a source that could not be used: the cause goes first.
  const first = gaps.find(({ code }) => sourceGaps.has(code)) ?? gaps[0];
  const more = gaps.length < 2 ? "" : ` (and ${gaps.length - 1} more)`;
  const what = first === undefined ? unknownText(result) : `${first.text}${more}`;
  tell(io, `gpolint: incomplete: ${what}`);
}

function unknownText({ findings, summary }: ScanResult): string {
  const { unknown } = summary.counts;
  const message = findings.find(({ verdict }) => verdict === "unknown")?.message ?? "";
  return unknown === 1 ? message : `${unknown} verdicts are unknown, the first: ${message}`;
}

function quoteArgument(text: string): string {
  return /^[\w@%+=:,./\\{}-]+$/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;
}
