/** The part of Electron's `powerMonitor` about sleep. */
export interface SleepEvents {
  on(event: 'suspend' | 'resume', listener: () => void): unknown;
}

/** Calls `slept` with the duration after each sleep of the machine. */
export function watchSleep(power: SleepEvents, now: () => number, slept: (sleptMs: number) => void): void {
  let sinceMs: number | null = null;
  power.on('suspend', () => {
    sinceMs = now();
  });
  power.on('resume', () => {
    // Some systems send `resume` twice or without `suspend`; the hub notices such a sleep by itself.
    if (sinceMs === null) return;
    const sleptMs = now() - sinceMs;
    sinceMs = null;
    slept(sleptMs);
  });
}
