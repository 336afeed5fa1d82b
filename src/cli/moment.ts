import { UsageError } from "./io.ts";

/** A day (its beginning, UTC) or a moment in ISO 8601. */
export function readMoment(text: string | null): string | null {
  if (text === null) return null;
  // The parser makes a list of an option that is given twice, whatever its type says.
  if (Array.isArray(text)) throw new UsageError("--as-of can be given only once");
  const isIso = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/.test(text);
  const moment = new Date(text);
  // A day that its month does not have moves on to the next month, or is no date at all.
  if (!isIso || Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(text.slice(0, 10)))
    throw new UsageError(`--as-of '${text}' is no date: expected 2026-11-25 or 2026-11-25T14:30:00Z`);
  return moment.toISOString();
}
