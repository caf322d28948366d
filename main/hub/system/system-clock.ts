import type { Clock, HubClock } from '../ports';

/** The longest delay `setTimeout` takes; for a later moment the timer is armed again. */
const timeoutMaxMs = 2_147_483_647;

/**
 * TM1: the wall clock at the start plus monotonic time since, moved forward when the wall clock is ahead; a wall clock
 * set back later changes nothing. The wall clock is needed after sleep: Node's monotonic time goes on during sleep on
 * Windows (QueryPerformanceCounter) and macOS (mach_continuous_time), but stops on Linux (CLOCK_MONOTONIC).
 */
export function openSystemClock(): HubClock {
  let aheadMs = Date.now() - performance.now();
  const now = () => {
    const runningMs = performance.now();
    aheadMs = Math.max(aheadMs, Date.now() - runningMs);
    return Math.floor(aheadMs + runningMs);
  };
  return {
    now,
    wallNow: () => Date.now(),
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

/** TM1: never below the last recorded `at`, even when the wall clock was set back between two runs. */
export function notBefore(clock: Clock, lastAtMs: number): Clock {
  const aheadMs = Math.max(0, lastAtMs - clock.now());
  return {
    now: () => clock.now() + aheadMs,
    at: (atMs, run) => clock.at(atMs - aheadMs, run),
  };
}
