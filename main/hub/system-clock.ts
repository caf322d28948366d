import type { Clock } from './ports';

/** Longest delay `setTimeout` takes; a later moment is armed again on the way. */
const timeoutMaxMs = 2_147_483_647;

/** TM1: the wall clock as it was at the start, plus monotonic time since; a wall clock set back later changes nothing. */
export function openSystemClock(): Clock {
  const startedAt = Date.now();
  const startedMonotonic = performance.now();
  const now = () => Math.floor(startedAt + (performance.now() - startedMonotonic));
  return {
    now,
    at(atMs, run) {
      let timer: ReturnType<typeof setTimeout>;
      const arm = () => {
        const waitMs = atMs - now();
        timer = setTimeout(() => (now() >= atMs ? run() : arm()), Math.min(Math.max(waitMs, 0), timeoutMaxMs));
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

/** TM1: never below the last recorded `at`, also when the wall clock was set back between two runs. */
export function notBefore(clock: Clock, lastAtMs: number): Clock {
  const aheadMs = Math.max(0, lastAtMs - clock.now());
  return {
    now: () => clock.now() + aheadMs,
    at: (atMs, run) => clock.at(atMs - aheadMs, run),
  };
}
