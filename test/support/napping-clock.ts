import { createHandClock, type HandClock } from './hand-clock';

export interface NappingClock extends HandClock {
  /** Advances time without running timers, which then fire late, as after a machine's sleep. */
  nap(byMs: number): void;
}

export function createNappingClock(startMs: number): NappingClock {
  const hand = createHandClock(startMs);
  let sleptMs = 0;
  return {
    now: () => hand.now() + sleptMs,
    at: (atMs, run) => hand.at(atMs - sleptMs, run),
    advance: (byMs) => hand.advance(byMs),
    nap(byMs) {
      sleptMs += byMs;
    },
  };
}
