import type { ScanResult } from "../model/result.ts";
import type { ReporterId } from "../reporters/registry.ts";
import { isReporterId, loadReporter, reporterIds } from "../reporters/registry.ts";
import type { ReporterOptions } from "../reporters/reporter.ts";
import type { SarifProfile } from "../reporters/sarif-profile.ts";
import { sha256 } from "../sources/file-reader.ts";
import { readPipeline } from "./azure-pipeline.ts";
import type { CliIo } from "./io.ts";
import { tell, wantsColor } from "./io.ts";
import { parseOut } from "./parse-out.ts";
import { toAbsolute } from "./paths.ts";
import { writeWhole } from "./write-files.ts";

/** Where a result goes, as typed. */
export interface OutputArgs {
  readonly format: ReporterId;
  /** `format=path`. */
  readonly out: readonly string[];
  readonly reportDir: string | null;
  readonly sarifProfile: SarifProfile;
}

/**
 * What `--report-dir` writes: a report and a table for auditors, a summary for people in a hurry, SARIF for dashboards, and
 * the result that all of them can be made from again.
 */
const standardSet: readonly { readonly format: ReporterId; readonly name: string }[] = [
  { format: "html", name: "report.html" },
  { format: "csv", name: "report.csv" },
  { format: "markdown", name: "report.md" },
  { format: "sarif", name: "report.sarif" },
  { format: "json", name: "result.json" },
];

/** Checks what was typed before anything long is done; the function that it gives back writes a result. */
export function planOutputs(io: CliIo, args: OutputArgs): (result: ScanResult) => Promise<void> {
  const files = args.out.map((text) => parseOut(io, text, { isFormat: isReporterId, names: reporterIds }));
  return async (result) => {
    const options = { ...optionsOf(io, args, result), color: false };
    for (const { format, path } of files) writeWhole(path, await render(result, format, options));
    if (args.reportDir !== null) await writeSet(io, result, toAbsolute(io.cwd, args.reportDir), options);
    io.stdout.write(await render(result, args.format, { ...options, color: wantsColor(io) }));
  };
}

function optionsOf(
  io: CliIo,
  { sarifProfile }: OutputArgs,
  { run }: ScanResult,
): Omit<ReporterOptions, "color"> {
  // A deterministic result tells nothing of where it was made.
  const pipeline = sarifProfile === "ado" && run.startTime !== null ? readPipeline(io.env) : null;
  return { sarifProfile, ...(pipeline === null ? {} : { pipeline }) };
}

async function render(result: ScanResult, format: ReporterId, options: ReporterOptions): Promise<string> {
  const reporter = await loadReporter(format);
  return reporter.render(result, options);
}

async function writeSet(
  io: CliIo,
  result: ScanResult,
  folder: string,
  options: ReporterOptions,
): Promise<void> {
  const sums: string[] = [];
  for (const { format, name } of standardSet) {
    const text = await render(result, format, options);
    writeWhole(`${folder}/${name}`, text);
    sums.push(`${sha256(text)}  ${name}\n`);
  }
  writeWhole(`${folder}/SHA256SUMS`, sums.join(""));
  tell(io, `Reports: ${standardSet.map(({ name }) => `${folder}/${name}`).join(", ")}`);
}
