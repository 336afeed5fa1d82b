import type { ScanResult } from "../model/result.ts";

/** Turns a result into text. Pure and deterministic: no clock, no environment, no file. */
export interface Reporter {
  readonly id: string;
  readonly mediaType: string;
  readonly fileExtension: string;
  render(result: ScanResult, options: ReporterOptions): string;
}

export interface ReporterOptions {
  readonly color: boolean;
}
