import type { Clock } from './clock';

const reconnectMinMs = 500;
export const reconnectMaxMs = 30_000;
/** A line that was up this long resets the backoff. */
const settledAfterMs = 10_000;

/** Full jitter: anywhere between the shortest pause and one that doubles with every failed attempt. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** Math.min(attempt + 1, 16));
  return Math.round(reconnectMinMs + random * (ceiling - reconnectMinMs));
}

export interface Backoff {
  /** When to try next, epoch milliseconds; every call makes the following pause longer. */
  nextAttemptAt(): number;
  /** A line ended that had been up for this long. */
  wasUpFor(durationMs: number): void;
  /** The hub has asked for no attempts during this time. */
  holdOff(forMs: number): void;
  /** False during a hold-off that the hub asked for, even if the user wants to reconnect. */
  mayTryNow(): boolean;
}

/** `random` gives 0 ≤ x < 1. */
export function createBackoff(clock: Clock, random: () => number): Backoff {
  let attempt = 0;
  let notBeforeAt = 0;
  return {
    nextAttemptAt() {
      const at = clock.now() + reconnectDelayMs(attempt, random());
      attempt += 1;
      return Math.max(at, notBeforeAt);
    },
    wasUpFor(durationMs) {
      if (durationMs >= settledAfterMs) attempt = 0;
    },
    holdOff(forMs) {
      notBeforeAt = clock.now() + forMs;
    },
    mayTryNow: () => clock.now() >= notBeforeAt,
  };
}
