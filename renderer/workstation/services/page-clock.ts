import type { Clock } from '../../../shared/client/clock';

/** The page's own clock: wall time at its start plus monotonic time since, so that it never goes backwards. */
export function createPageClock(): Clock {
  return {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    at(atMs, run) {
      const waitMs = Math.max(0, atMs - (performance.timeOrigin + performance.now()));
      const timer = setTimeout(run, waitMs);
      return () => clearTimeout(timer);
    },
  };
}
