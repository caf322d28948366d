/** Days are UTC, independent of the office's time zone. */

export const dayMs = 24 * 60 * 60_000;

/** The start of the UTC day that holds `at`. */
export function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** `2026-11-23` */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** ISO 8601, UTC: `2026-11-23T08:00:00.000Z` */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
