/** Days are UTC, wherever the office is. */

export const dayMs = 24 * 60 * 60_000;

/** When the day of this moment began. */
export function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** `2026-11-23` */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
