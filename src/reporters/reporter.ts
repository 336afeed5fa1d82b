import type { ScanResult } from "../model/result.ts";
import type { AzurePipeline, SarifProfile } from "./sarif-profile.ts";

/** Turns a result into text. Pure and deterministic: no clock, no environment, no file. */
export interface Reporter {
  readonly id: string;
  readonly mediaType: string;
  readonly fileExtension: string;
  render(result: ScanResult, options: ReporterOptions): string;
}

export interface ReporterOptions {
  readonly color: boolean;
  /** Left out: GitHub. */
  readonly sarifProfile?: SarifProfile;
  /** For the SARIF profile of Azure; left out outside of a pipeline. */
  readonly pipeline?: AzurePipeline;
}
