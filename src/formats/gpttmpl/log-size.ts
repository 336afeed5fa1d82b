import { parseInteger } from "../text/numbers.ts";

/** Kilobytes of an event log (MS-GPSB 2.2.3). */
const bounds = { min: 64, max: 4_194_240 };

/** Whether a row of an event log section is the one for its size. */
export function isLogSizeKey(key: string): boolean {
  return key.toLowerCase() === "maximumlogsize";
}

/** MaximumLogSize; null: no number, or one that Windows does not accept. */
export function readLogSize(text: string): number | null {
  const size = parseInteger(text);
  return size === null || size < bounds.min || size > bounds.max ? null : size;
}
