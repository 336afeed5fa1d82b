export const dayLength = 86_400_000;

/** The beginning of a day such as "2026-12-31", UTC, in milliseconds; null where the calendar has no such day. */
export function dayStart(day: string): number | null {
  const moment = Date.parse(`${day}T00:00:00.000Z`);
  // A day that its month does not have is no date at all, or moves on to the next month.
  return Number.isNaN(moment) || dayOf(moment) !== day ? null : moment;
}

/** The day, UTC, that a moment is in. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** How many days later the second day is. Both are days of the calendar: registers hold no others. */
export function daysBetween(from: string, to: string): number {
  return Math.round(((dayStart(to) ?? 0) - (dayStart(from) ?? 0)) / dayLength);
}
