import type { Clock } from './clock';

export interface HubTime {
  /** The hub's time now, epoch milliseconds, as far as it is known. */
  now(): number;
  /** The hub's clock showed this `tookMs` ago. */
  set(serverTime: number, tookMs: number): void;
  /** The hub's clock has passed this. Replayed events tell an older time, which changes nothing. */
  atLeast(serverTime: number): void;
}

/** The hub's clock, kept as an offset to our own; until the hub has told its time they are taken to be equal. */
export function createHubTime(clock: Clock): HubTime {
  let offsetMs = 0;
  const now = () => clock.now() + offsetMs;
  return {
    now,
    set(serverTime, tookMs) {
      offsetMs = Math.round(serverTime + tookMs - clock.now());
    },
    atLeast(serverTime) {
      if (serverTime > now()) offsetMs = serverTime - clock.now();
    },
  };
}
