import type { Clock } from './clock';

/** Longer waits overflow a timer and would fire at once. */
const timerMaxMs = 2 ** 31 - 1;

/** Wall clock at the start plus time since, so that a corrected system clock never runs it backwards. */
export function createRuntimeClock(): Clock {
  const startedAtMs = Date.now() - performance.now();
  const now = () => Math.round(startedAtMs + performance.now());
  return {
    now,
    at(atMs, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, atMs - now()), timerMaxMs));
      return () => clearTimeout(timer);
    },
  };
}
