import type { HubClock } from '../../../main/hub/ports';
import type { Clock } from '../../../shared/client/clock';

interface Timer {
  atMs: number;
  setAtMs: number;
  run: () => void;
  cancelled: boolean;
}

/** Long enough for every promise that a timer's callback has settled; the order is the same in every run. */
const turnsPerTimer = 16;

/** More calls than this that were asked for in the moment they are made, and somebody runs in circles. */
const callsPerMomentMax = 5_000;

/** The one time of a simulated world: it moves only when told to, and calls what falls due, in order. */
export class SimTime implements Clock {
  /** In order; of the same moment the older first. */
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
      // After a long sleep thousands that were set before may fall due together.
      else if (first.setAtMs === this.time) calls += 1;
      if (calls > callsPerMomentMax) throw new Error('time stands still: timers that set themselves again at once');
      this.time = Math.max(this.time, first.atMs);
      first.run();
      for (let turn = 0; turn < turnsPerTimer; turn += 1) await null;
    }
    this.time = end;
  }
}

/** The clock of the hub's machine and process, as `openSystemClock` reads one: it sleeps, is set, and dies with the process. */
export class MachineClock implements HubClock {
  private aheadMs: number;
  private asleep = false;
  private dead = false;
  private overdue: (() => void)[] = [];

  constructor(
    private readonly time: SimTime,
    /** What the wall clock shows beyond the true time. */
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

  /** Somebody sets the wall clock. */
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

  /** In so many milliseconds of this machine's own time; for what reaches it from outside. */
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
