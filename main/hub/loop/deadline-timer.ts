import type { Clock } from '../ports';
import { never } from '../state/timed';

/** Pause before the next tick after one that made no progress. */
const pauseMs = 1_000;

/**
 * The longest time between wake-ups: a wall clock that was set, and a machine that slept with nothing due, are noticed
 * within this.
 */
const wakeEveryMs = 60_000;

/**
 * A wake-up late by more than this means that the machine slept: half of the shortest redirect time (10 s), so that no
 * agent loses more than that to a short sleep, and far more than the hub's loop is ever blocked.
 */
const sleptAtLeastMs = 5_000;

/** TM1: one timer for all deadlines. */
export class DeadlineTimer {
  private cancel: (() => void) | null = null;
  private armedFor = never;
  private wakeAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly next: () => number,
    private readonly due: () => void,
  ) {}

  arm(): void {
    const next = this.next();
    if (next === this.armedFor && this.cancel) return;
    this.set(next);
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  /** How long the machine has just slept, reported once; 0: it has not. */
  takeSleptMs(): number {
    const lateMs = this.cancel ? this.clock.now() - this.wakeAt : 0;
    if (lateMs <= sleptAtLeastMs) return 0;
    this.stop();
    return lateMs;
  }

  private set(atMs: number) {
    this.stop();
    this.armedFor = atMs;
    this.wakeAt = Math.min(atMs, this.clock.now() + wakeEveryMs);
    this.cancel = this.clock.at(this.wakeAt, () => this.fire());
  }

  private fire() {
    const fired = this.armedFor;
    this.due();
    // `due` may have stopped the hub.
    if (!this.cancel) return;
    const next = this.next();
    const isStuck = next <= fired && next <= this.clock.now();
    if (isStuck) this.set(this.clock.now() + pauseMs);
    else this.set(next);
  }
}
