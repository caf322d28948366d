import type { Clock } from '../ports';

/**
 * Tells what changes often at most once every `everyMs`, all of it together: at once when nothing was told for so long,
 * else when that time is over, as it is by then.
 */
export class Beat {
  /** Keys that have changed and are not told yet. */
  private readonly waiting = new Set<string>();
  private cancelTimer: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly tell: (keys: readonly string[]) => void,
  ) {}

  /** The keys that are not told yet. */
  get held(): Iterable<string> {
    return this.waiting;
  }

  changed(key: string): void {
    this.waiting.add(key);
    if (!this.cancelTimer) this.tellAll();
  }

  /** The key was told in another way. */
  settled(key: string): void {
    this.waiting.delete(key);
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  private tellAll() {
    this.cancelTimer = null;
    if (this.waiting.size === 0) return;
    const keys = [...this.waiting];
    this.waiting.clear();
    this.cancelTimer = this.clock.at(this.clock.now() + this.everyMs, () => this.tellAll());
    this.tell(keys);
  }
}
