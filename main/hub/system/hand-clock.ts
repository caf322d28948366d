import type { Clock } from '../ports';

export interface HandClock extends Clock {
  /** Advances time and runs the timers due on the way, each at its own moment and in order. */
  advance(byMs: number): void;
}

/** A clock that stands still until it is moved. */
export function createHandClock(startMs: number): HandClock {
  let now = startMs;
  let waiting: { atMs: number; run: () => void }[] = [];
  const nextUpTo = (endMs: number) => {
    const due = waiting.filter((entry) => entry.atMs <= endMs).sort((left, right) => left.atMs - right.atMs);
    return due[0];
  };
  return {
    now: () => now,
    at(atMs, run) {
      const entry = { atMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(byMs) {
      const endMs = now + byMs;
      for (let next = nextUpTo(endMs); next; next = nextUpTo(endMs)) {
        const { atMs, run } = next;
        waiting = waiting.filter((other) => other !== next);
        now = Math.max(now, atMs);
        run();
      }
      now = endMs;
    },
  };
}
