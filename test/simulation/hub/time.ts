import type { HubClock } from '../../../main/hub/ports';
import type { Clock } from '../../../shared/client/clock';

interface Timer {
  atMs: number;
  setAtMs: number;
  run: () => void;
  cancelled: boolean;
}

/** Microtask turns after each timer, enough for all its promises; so the order is the same in every run. */
const turnsPerTimer = 16;

/** More timers than this, set for the very moment in which they were set, mean an endless loop. */
const callsPerMomentMax = 5_000;

/** The time of a simulated world: it moves only on request and runs the due timers in order. */
export class SimTime implements Clock {
  /** Sorted by time; at equal times the older first. */
  private timers: Timer[] = [];

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  at(atMs: number, run: () => void): () => void {
    const timer: Timer = { atMs, setAtMs: this.time, run, cancelled: false };
    let index = this.timers.length;
    while (index > 0 && this.timers[index - 1]!.atMs > atMs) index -= 1;
    this.timers.splice(index, 0, timer);
    return () => {
      timer.cancelled = true;
    };
  }

  async advance(byMs: number): Promise<void> {
    const end = this.time + byMs;
    let calls = 0;
    for (let first = this.timers[0]; first && first.atMs <= end; first = this.timers[0]) {
      this.timers.shift();
      if (first.cancelled) continue;
      if (first.atMs > this.time) calls = 0;
      // Timers set earlier do not count: after a long sleep thousands of them may fall due together.
      else if (first.setAtMs === this.time) calls += 1;
      if (calls > callsPerMomentMax) throw new Error('time stands still: timers that set themselves again at once');
      this.time = Math.max(this.time, first.atMs);
      first.run();
      for (let turn = 0; turn < turnsPerTimer; turn += 1) await null;
    }
    this.time = end;
  }
}

/** The hub's machine clock, as `openSystemClock` has it: it can sleep, be set, and end with the process. */
export class MachineClock implements HubClock {
  private aheadMs: number;
  private asleep = false;
  private dead = false;
  private overdue: (() => void)[] = [];

  constructor(
    private readonly time: SimTime,
    /** The wall clock's offset from the true time. */
    private wallAheadMs: number,
  ) {
    this.aheadMs = wallAheadMs;
  }

  now(): number {
    return this.time.now() + this.aheadMs;
  }

  wallNow(): number {
    return this.time.now() + this.wallAheadMs;
  }

  /** Sets the wall clock. */
  setWall(byMs: number): void {
    this.wallAheadMs += byMs;
    this.aheadMs = Math.max(this.aheadMs, this.wallAheadMs);
  }

  at(atMs: number, run: () => void): () => void {
    let cancelled = false;
    const fire = () => {
      if (cancelled || this.dead) return;
      if (this.asleep) this.overdue.push(fire);
      else run();
    };
    this.time.at(this.time.now() + Math.max(0, atMs - this.now()), fire);
    return () => {
      cancelled = true;
    };
  }

  /** Runs after this many milliseconds of the machine's own time; for input from outside. */
  after(delayMs: number, run: () => void): void {
    this.at(this.now() + delayMs, run);
  }

  get isAsleep(): boolean {
    return this.asleep;
  }

  sleep(): void {
    this.asleep = true;
  }

  wake(): void {
    this.asleep = false;
    const late = this.overdue;
    this.overdue = [];
    for (const run of late) run();
  }

  kill(): void {
    this.dead = true;
  }
}
