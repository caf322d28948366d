import type { Clock } from './clock';

export interface HubTime {
  /** The estimated present time of the hub, epoch milliseconds. */
  now(): number;
  /** The hub's clock showed this `tookMs` ago. */
  set(serverTime: number, tookMs: number): void;
  /** A lower bound of the hub's time. Replayed events have an older time and change nothing. */
  atLeast(serverTime: number): void;
}

/** The hub's clock as an offset to our own; 0 until the hub has sent its time. */
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
