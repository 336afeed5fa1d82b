import type { SavedResult } from "../../app/saved-result.ts";
import { scan } from "../../app/scan.ts";
import { sourceGapCodes } from "../../app/source-coverage.ts";
import { isReadiness } from "../../model/requirement.ts";
import type { PolicyPack, Severity } from "../../model/requirement.ts";
import type { ScanResult } from "../../model/result.ts";
import { version } from "../../version.gen.ts";
import { withNotices } from "../config/notice.ts";
import type { CliIo } from "../io.ts";
import { tell, UsageError } from "../io.ts";
import type { InputArgs } from "../load.ts";
import { load } from "../load.ts";
import { readMoment } from "../moment.ts";
import type { OutputArgs } from "../outputs.ts";
import { planOutputs } from "../outputs.ts";
import { loadPacks } from "../packs.ts";
import { requireResult } from "../results.ts";
import { nameBaseline, nameWaivers, reportPaths } from "../reported-path.ts";
import type { WaiverArgs } from "../waivers-load.ts";
import { waiversForScan } from "../waivers-load.ts";

export interface ScanArgs extends InputArgs, OutputArgs, WaiverArgs {
  readonly policy: readonly string[];
  readonly evidence: readonly string[];
  readonly failOn: Severity | "none";
  readonly failOnRegression: boolean;
  /** Saved result to hold this one against, as typed. */
  readonly baseline: string | null;
  readonly failOnNew: boolean;
  readonly allowIncomplete: boolean;
  readonly softFail: boolean;
  readonly deterministic: boolean;
  readonly serviceAccount: readonly string[];
  readonly honeytokens: string | null;
  /** The moment to judge by, as typed. */
  readonly asOf: string | null;
  /** What the command line does not show of the settings. */
  readonly notices: readonly string[];
}

/** Reads, resolves, judges, reports. Returns the exit code. */
export async function runScan(io: CliIo, args: ScanArgs): Promise<number> {
  const write = planOutputs(io, args);
  const packs = loadPacks(io, args.policy);
  const now = readMoment(args.asOf) ?? (args.deterministic ? null : io.now());
  const readiness = readinessArgs(packs, args);
  const register = waiversForScan(io, args, now);
  if (args.failOnRegression && args.overlay.length === 0) {
    throw new UsageError("--fail-on-regression compares with what is proposed: add --overlay PATH");
  }
  const older = readBaseline(io, args);
  const { inputs, computers, engine, proposals } = await load(io, { ...args, ...readiness });
  const report = reportPaths(io, args);
  const waivers = nameWaivers(register, report);
  const baseline = nameBaseline(older, report);
  const judged = scan(inputs, {
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
    ...(waivers === undefined ? {} : { waivers }),
    ...(baseline === null ? {} : { baseline }),
  });
  const result = withNotices(judged, args.notices);
  await write(result);
  explainIncomplete(io, result);
  tellWaivers(io, result);
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

function readBaseline(io: CliIo, { baseline, failOnNew, failOnRegression }: ScanArgs): SavedResult | null {
  if (failOnNew && baseline === null)
    throw new UsageError("--fail-on-new compares with an earlier result: add --baseline RESULT.json");
  if (failOnNew && failOnRegression)
    throw new UsageError("--fail-on-new and --fail-on-regression are two gates: choose one");
  return baseline === null ? null : requireResult(io, baseline);
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

const maxTold = 3;

/** A failure that was accepted once and counts again must not be overlooked, whatever the format. */
function tellWaivers(io: CliIo, { waivers }: ScanResult): void {
  const told = (waivers?.notices ?? []).filter(({ level }) => level === "error");
  for (const { text } of told.slice(0, maxTold)) tell(io, `gpolint: ${text}`);
  if (told.length > maxTold) tell(io, `gpolint: and ${told.length - maxTold} more waivers`);
}

function unknownText({ findings, summary }: ScanResult): string {
  const { unknown } = summary.counts;
  const message = findings.find(({ verdict }) => verdict === "unknown")?.message ?? "";
  return unknown === 1 ? message : `${unknown} verdicts are unknown, the first: ${message}`;
}

function quoteArgument(text: string): string {
  return /^[\w@%+=:,./\\{}-]+$/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;
}
