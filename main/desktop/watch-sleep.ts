/** The part of Electron's `powerMonitor` that speaks of sleep. */
export interface SleepEvents {
  on(event: 'suspend' | 'resume', heard: () => void): unknown;
}

/** Tells how long the machine slept, each time it is awake again. */
export function watchSleep(power: SleepEvents, now: () => number, slept: (sleptMs: number) => void): void {
  let sinceMs: number | null = null;
  power.on('suspend', () => {
    sinceMs = now();
  });
  power.on('resume', () => {
    // Some systems say it twice, and some for a sleep they did not announce: the hub notices that by itself.
    if (sinceMs === null) return;
    const sleptMs = now() - sinceMs;
    sinceMs = null;
    slept(sleptMs);
  });
}
