import type { Clock } from './ports';

/** A tick that moved nothing on is not tried again at once. */
const pauseMs = 1_000;

/** TM1: one timer for all deadlines of the core. */
export class DeadlineTimer {
  private cancel: (() => void) | null = null;
  private armedFor: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly next: () => number | null,
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

  private set(atMs: number | null) {
    this.stop();
    this.armedFor = atMs;
    if (atMs !== null) this.cancel = this.clock.at(atMs, () => this.fire());
  }

  private fire() {
    const fired = this.armedFor;
    this.cancel = null;
    this.armedFor = null;
    this.due();
    const next = this.next();
    if (next !== null && fired !== null && next <= fired) this.set(this.clock.now() + pauseMs);
    else this.arm();
  }
}
