import type { Clock } from '../ports';

/**
 * Tells what changes often at most once every `everyMs` per key: at once when it was last told longer ago, else when
 * that time is over, as it is by then. One timer serves all keys.
 */
export class Throttle {
  /** When each key was last told, the oldest first; forgotten after `everyMs`. */
  private readonly toldAt = new Map<string, number>();
  /** Keys that have changed since they were told, all of them in `toldAt`. */
  private readonly waiting = new Set<string>();
  private cancelTimer: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly tell: (key: string) => void,
  ) {}

  isHeld(key: string): boolean {
    return this.waiting.has(key);
  }

  changed(key: string): void {
    if (this.toldAt.has(key)) this.waiting.add(key);
    else this.tellAt(this.clock.now(), key);
  }

  /** The key was told in another way. */
  settled(key: string): void {
    this.waiting.delete(key);
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  private tellAt(now: number, key: string) {
    this.toldAt.set(key, now);
    this.arm();
    this.tell(key);
  }

  private arm() {
    const [oldestMs] = this.toldAt.values();
    if (this.cancelTimer || oldestMs === undefined) return;
    this.cancelTimer = this.clock.at(oldestMs + this.everyMs, () => this.tellDue());
  }

  private tellDue() {
    this.cancelTimer = null;
    const now = this.clock.now();
    const due: string[] = [];
    for (const [key, atMs] of this.toldAt) {
      if (atMs + this.everyMs > now) break;
      this.toldAt.delete(key);
      if (this.waiting.delete(key)) due.push(key);
    }
    for (const key of due) this.tellAt(now, key);
    this.arm();
  }
}
